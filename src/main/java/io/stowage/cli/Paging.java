package io.stowage.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a long list. */
final class Paging {
  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many (default: ${DEFAULT-VALUE}; at most 200).")
  private int limit;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Go on where the last list ended.")
  private @Nullable String cursor;

  /** How the query of a list begins. */
  String query() {
    return "?limit=" + limit + RunsCommand.parameter("cursor", cursor);
  }
}
