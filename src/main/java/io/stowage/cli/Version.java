package io.stowage.cli;

import io.stowage.protocol.StowageVersion;
import picocli.CommandLine.IVersionProvider;

final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"stowage " + StowageVersion.CURRENT};
  }
}
