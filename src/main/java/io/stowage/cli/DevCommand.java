package io.stowage.cli;

import picocli.CommandLine.Command;

@Command(
    name = "dev",
    mixinStandardHelpOptions = true,
    description =
        "Runs control plane and worker in one process, on files; migrates the schema of the database it is given.")
final class DevCommand implements Runnable {
  @Override
  public void run() {
    Launch.role("dev");
  }
}
