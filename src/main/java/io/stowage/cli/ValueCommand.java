package io.stowage.cli;

import io.stowage.api.AssetValue;
import io.stowage.api.AssetValues;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.protocol.AsOf;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "value",
    mixinStandardHelpOptions = true,
    description = {
      "Shows an asset's stored value.",
      "The control plane says what is stored, this machine's settings how to read it."
    },
    footer = {
      "",
      "Examples:",
      "  stowage value weather/monthly --partition 2012-03",
      "  stowage value weather/monthly --as-of 2026-11-23T08:00:00Z --json",
      "  stowage value weather/observations --output observations.csv"
    })
final class ValueCommand implements Runnable {
  private static final int SHOWN = 20;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "ASSET", description = "The asset's key.")
  private String asset = "";

  @Option(
      names = {"-p", "--partition"},
      paramLabel = "KEY",
      description = "A partition, and more by repeating it (default: all that are stored).")
  private List<String> partitions = List.of();

  @Option(
      names = "--as-of",
      paramLabel = "TIME|RUN",
      description =
          "As it was at that time (2026-11-23T08:00:00Z, or a date for its start), or as that run left it.")
  private @Nullable String asOf;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Overrides a setting for this reading: io.<key>.<setting>=…")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = "Tells the manager something about this reading.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--manager",
      paramLabel = "KEY",
      description = "The IO manager that loads it (default: the asset's own).")
  private @Nullable String manager;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "How many rows (default: " + SHOWN + "; of --output all).")
  private @Nullable Integer limit;

  @Option(names = "--json", description = "Print the rows as a JSON array.")
  private boolean json;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the rows there, - for the terminal: JSON lines, or CSV.")
  private @Nullable String output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Of --output: csv or jsonl (default: by the file's name, else jsonl).")
  private RowFile.@Nullable Format format;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The control plane (default: stowage.control.url).")
  private @Nullable String url;

  @Override
  public void run() {
    if (limit != null && limit < 0) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST, "--limit is " + limit + ", but a number of rows is 0 or more");
    }
    if (json && output != null) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST, "--json and --output are both given: one of them says how");
    }
    settings.keySet().forEach(ValueCommand::settingName);
    if (url != null) {
      Launch.option("stowage.control.url", url);
    }
    ValueApplication.reads(this);
    Launch.application(ValueApplication.class);
  }

  /** Reads and shows it, in an application that was started for it. */
  void show(AssetValues values) {
    try (Stream<Map<String, @Nullable Object>> rows = asked(values).rows()) {
      if (output != null) {
        RowFile.Format form = format != null ? format : RowFile.Format.of(output);
        new RowFile(output, form).write(limit == null ? rows : rows.limit(limit), out());
        return;
      }
      int shown = limit == null ? SHOWN : limit;
      var all = rows.limit(shown + 1L).toList();
      var first = all.subList(0, Math.min(shown, all.size()));
      if (json) {
        out().println(RowFile.text(first));
      } else {
        new RowTable(first).print(out());
      }
      out().flush();
      if (all.size() > shown) {
        err().println("(there are more rows: --limit N shows more, --output FILE writes them all)");
        err().flush();
      }
    }
  }

  private AssetValue asked(AssetValues values) {
    AssetValue asked = values.of(asset);
    for (String partition : partitions) {
      asked = asked.partition(partition);
    }
    for (var setting : settings.entrySet()) {
      String[] name = settingName(setting.getKey());
      asked = asked.setting(name[1], name[2], setting.getValue());
    }
    for (var option : options.entrySet()) {
      asked = asked.option(option.getKey(), option.getValue());
    }
    if (manager != null) {
      asked = asked.manager(manager);
    }
    return asOf == null ? asked : asOf(asked, asOf);
  }

  private static String[] settingName(String name) {
    String[] parts = name.split("\\.", 3);
    if (parts.length < 3 || !parts[0].equals("io")) {
      throw new StowageException(
          ErrorCode.UNKNOWN_SETTING,
          "'" + name + "' is no setting of an IO manager: write io.<key>.<setting>=…");
    }
    return parts;
  }

  private static AssetValue asOf(AssetValue value, String text) {
    // A time without a zone is this machine's.
    var asOf = AsOf.parse(text, ZoneId.systemDefault());
    Instant at = asOf.at();
    return at == null ? value.asOfRun(String.valueOf(asOf.run())) : value.asOf(at);
  }

  PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }
}
