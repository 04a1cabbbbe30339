package io.stowage.cli;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.protocol.AsOf;
import io.stowage.protocol.RunView;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.SubmitRequest;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = "Asks for a run.",
    footer = {
      "",
      "Examples:",
      "  stowage submit weather/monthly --partition 2012-03",
      "  stowage submit '*weather/report' --from 2012-01 --to 2012-12",
      "  stowage submit --job almanac",
      "  stowage submit weather/monthly --partition 2012-03 --as-of 2026-11-23T08:00:00Z",
      "  stowage submit weather/monthly --partition 2012-03 --set io.lake.codec=zstandard"
    })
final class SubmitCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();

  @Parameters(
      paramLabel = "ASSETS",
      arity = "0..*",
      description = "Keys, 'prefix/*', '*key', 'key+', 'group:name', 'tag:name=value'.")
  private List<String> assets = List.of();

  @Option(
      names = {"-j", "--job"},
      paramLabel = "NAME",
      description = "A job, in place of assets.")
  private @Nullable String job;

  @Option(
      names = {"-p", "--partition"},
      paramLabel = "KEY",
      description = "A partition; of several dimensions 'a|b', by the dimensions' names.")
  private List<String> partitions = List.of();

  @Option(names = "--from", paramLabel = "KEY", description = "The first partition of a range.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "KEY", description = "The last partition of a range.")
  private @Nullable String to;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Overrides a setting for this run: io.<key>.<setting>=…")
  private Map<String, String> settings = Map.of();

  @Option(
      names = "--as-of",
      paramLabel = "TIME|RUN",
      description =
          "Read what is not part of the run as it was at that time (2026-11-23T08:00:00Z, or a date for its start), or as that run left it.")
  private @Nullable String asOf;

  @Option(names = "--queue", paramLabel = "NAME", description = "The queue (default: default).")
  private @Nullable String queue;

  @Option(names = "--priority", paramLabel = "0-9", description = "0 goes first (default: 5).")
  private @Nullable Integer priority;

  @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "A tag of the run.")
  private Map<String, String> tags = Map.of();

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Submitting again with the same key finds the same run.")
  private @Nullable String idempotencyKey;

  @Option(
      names = {"-w", "--wait"},
      description = "Follow the run until it ends; exit with 1 if it did not succeed.")
  private boolean wait;

  @Override
  public Integer call() {
    SubmitRequest request = request().asOf(asOf == null ? null : past(asOf));
    SubmitAnswer answer =
        idempotencyKey == null
            ? remote.post("/v1/runs", request, SubmitAnswer.class)
            : remote.post("/v1/runs", request, SubmitAnswer.class, idempotencyKey);
    if (remote.asJson()) {
      return json(answer);
    }
    remote
        .out()
        .println(
            "run "
                + answer.id()
                + " is "
                + answer.state()
                + (answer.replayed() ? " (submitted before)" : ""));
    remote.out().flush();
    return wait ? new Follow(remote).follow(answer.id().toString()) : 0;
  }

  /** One document, whether the run is waited for or not. */
  private int json(SubmitAnswer answer) {
    String id = answer.id().toString();
    int code = wait ? new Follow(remote).quietly(id) : 0;
    remote.printJson(wait ? remote.get("/v1/runs/" + id, RunView.class) : answer);
    remote.out().flush();
    return code;
  }

  /** A time without a zone is this machine's, which the control plane cannot know. */
  private static String past(String text) {
    var asOf = AsOf.parse(text, ZoneId.systemDefault());
    return String.valueOf(asOf.at() == null ? asOf.run() : asOf.at());
  }

  private SubmitRequest request() {
    return SubmitRequest.of(assets.isEmpty() ? null : assets)
        .job(job)
        .partition(partitions.size() == 1 ? partitions.getFirst() : null)
        .partitions(range())
        .config(config(settings))
        .queue(queue)
        .priority(priority)
        .tags(tags.isEmpty() ? null : tags)
        .build();
  }

  private @Nullable Object range() {
    if (from != null && to != null && partitions.isEmpty()) {
      return Map.of("from", from, "to", to);
    }
    if (from != null || to != null) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST, "a range has both --from and --to, and no --partition");
    }
    return partitions.size() > 1 ? partitions : null;
  }

  @SuppressWarnings("unchecked")
  static @Nullable Map<String, Object> config(Map<String, String> settings) {
    var config = new LinkedHashMap<String, Object>();
    settings.forEach(
        (name, value) -> {
          String[] parts = name.split("\\.", 3);
          if (parts.length < 3 || !parts[0].equals("io")) {
            throw new StowageException(
                ErrorCode.UNKNOWN_SETTING,
                "'" + name + "' is no setting of an IO manager: write io.<key>.<setting>=…");
          }
          var io =
              (Map<String, Object>)
                  config.computeIfAbsent("io", _ -> new LinkedHashMap<String, Object>());
          ((Map<String, Object>)
                  io.computeIfAbsent(parts[1], _ -> new LinkedHashMap<String, Object>()))
              .put(parts[2], value);
        });
    return config.isEmpty() ? null : config;
  }
}
