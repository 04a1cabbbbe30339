package io.stowage.cli;

import picocli.CommandLine.Command;

@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = "Brings the database's schema up to this version, and exits.")
final class MigrateCommand implements Runnable {
  @Override
  public void run() {
    Launch.option("quarkus.http.host-enabled", false);
    Launch.option("quarkus.scheduler.enabled", false);
    Launch.role("migrate");
  }
}
