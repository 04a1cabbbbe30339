package io.stowage.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs the control plane: the queue, the ledger and their HTTP interface.")
final class ServeCommand implements Runnable {
  @Option(names = "--port", paramLabel = "PORT", description = "Listen there (default: 8080).")
  private @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Listen on that address (default: 127.0.0.1; another one needs tokens or OpenID Connect).")
  private @Nullable String host;

  @Option(
      names = "--migrate",
      description = "Migrate the schema before starting; else `stowage migrate` does.")
  private boolean migrate;

  @Override
  public void run() {
    if (port != null) {
      Launch.option("quarkus.http.port", port);
    }
    if (host != null) {
      Launch.option("quarkus.http.host", host);
    }
    if (migrate) {
      Launch.option("stowage.control.migrate", true);
    }
    Launch.role("serve");
  }
}
