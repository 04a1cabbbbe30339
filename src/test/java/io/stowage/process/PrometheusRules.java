package io.stowage.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The texts of {@code deploy/prometheus}. */
final class PrometheusRules {
  static final Path FOLDER = Path.of("deploy", "prometheus");
  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
  private static final Pattern EXPRESSION = Pattern.compile("expr: (.*)");
  private static final Pattern METRIC = Pattern.compile("\\bstowage_\\w+");

  private PrometheusRules() {}

  static List<String> alerts() throws IOException {
    return ALERT.matcher(rules()).results().map(found -> found.group(1)).toList();
  }

  /** All metrics of ours that an expression names. */
  static Set<String> metrics() throws IOException {
    var names = new TreeSet<String>();
    EXPRESSION
        .matcher(rules())
        .results()
        .forEach(
            line ->
                METRIC
                    .matcher(line.group(1))
                    .results()
                    .map(MatchResult::group)
                    .forEach(names::add));
    return names;
  }

  static String tests() throws IOException {
    return Files.readString(FOLDER.resolve("stowage.rules.test.yaml"));
  }

  private static String rules() throws IOException {
    return Files.readString(FOLDER.resolve("stowage.rules.yaml"));
  }
}
