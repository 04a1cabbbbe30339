package io.stowage.cli;

import io.quarkus.arc.InactiveBeanException;
import io.quarkus.runtime.QuarkusBindException;
import io.smallrye.config.ConfigValidationException;
import io.stowage.app.RoleApplication;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Says why the application did not start. Quarkus does not, where somebody else decides what its
 * failure ends the process with.
 */
final class StartFailure {
  private static final String NOT_CONVERTED =
      "The config property (\\S+) with the config value \"(.*?)\" threw an Exception whilst being converted (.*)";

  private StartFailure() {}

  /** One line, or one for each setting that is wrong. */
  static String told(Throwable thrown) {
    Throwable last = thrown;
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      switch (each) {
        case InactiveBeanException _ -> {
          return RoleApplication.NO_DATABASE;
        }
        case ConfigValidationException wrong -> {
          return settings(wrong);
        }
        // not repeated: a password may stand in it
        case IllegalArgumentException wrong
            when String.valueOf(wrong.getMessage()).contains("connection URI") -> {
          return "QUARKUS_DATASOURCE_REACTIVE_URL is no address of a PostgreSQL: write it as postgresql://host:5432/stowage";
        }
        case QuarkusBindException taken -> {
          return "nothing can listen there: %s; name another port by --port, or 0 for any"
              .formatted(taken.getMessage());
        }
        default -> last = each;
      }
    }
    String message = String.valueOf(last.getMessage()).lines().findFirst().orElse("");
    return "it does not start: "
        + (last.getMessage() == null ? last.getClass().getName() : message);
  }

  private static String settings(ConfigValidationException wrong) {
    return IntStream.range(0, wrong.getProblemCount())
        .mapToObj(i -> wrong.getProblem(i).getMessage())
        // what Quarkus puts before its messages says nothing to who set this
        .map(message -> message.replaceAll("\\b(?:[\\w.]+Exception|[A-Z]{4,}\\d+): ", ""))
        .map(message -> message.replaceAll(NOT_CONVERTED, "$1 cannot be \"$2\": $3"))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
