package io.stowage.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The dashboard of {@code deploy/grafana}. */
final class GrafanaDashboard {
  static final Path FILE = Path.of("deploy", "grafana", "stowage.dashboard.json");

  private static final Pattern METRIC = Pattern.compile("\\bstowage_\\w+");

  private GrafanaDashboard() {}

  static JsonNode read() throws IOException {
    return new ObjectMapper().readTree(FILE.toFile());
  }

  /** What is shown, without the headings between. */
  static List<JsonNode> panels() throws IOException {
    return read().path("panels").valueStream().filter(each -> !type(each).equals("row")).toList();
  }

  static String type(JsonNode panel) {
    return panel.path("type").asText();
  }

  static List<String> expressions() throws IOException {
    return panels().stream()
        .flatMap(panel -> panel.path("targets").valueStream())
        .map(target -> target.path("expr").asText())
        .toList();
  }

  /** All metrics of ours that a panel or a variable names. */
  static Set<String> metrics() throws IOException {
    var names = new TreeSet<String>();
    Stream.concat(
            expressions().stream(),
            read().path("templating").path("list").findValuesAsText("query").stream())
        .forEach(
            text -> METRIC.matcher(text).results().map(MatchResult::group).forEach(names::add));
    return names;
  }
}
