package io.stowage.control.page;

import io.stowage.protocol.Json;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.RunEvent;
import io.stowage.protocol.RunView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run.
 *
 * @param events the last of them, in order
 * @param earlier how many events before are not shown
 * @param failure null where it did not fail
 */
public record RunPage(
    RunView run,
    Gantt gantt,
    Map<String, Integer> steps,
    List<Line> events,
    int earlier,
    long lastEvent,
    @Nullable Advice failure,
    List<MaterializationView> materializations) {
  private static final int MOST_LINES = 400;

  /**
   * An event.
   *
   * @param data as JSON; empty where there is none
   */
  public record Line(RunEvent event, String tone, String says, String data) {}

  static RunPage of(
      RunView run, List<RunEvent> events, List<MaterializationView> materializations) {
    int earlier = Math.max(0, events.size() - MOST_LINES);
    return new RunPage(
        run,
        Gantt.of(events, Instant.now()),
        Gantt.counts(events),
        events.subList(earlier, events.size()).stream().map(RunPage::line).toList(),
        earlier,
        events.isEmpty() ? 0 : events.getLast().n(),
        advice(run, events),
        materializations);
  }

  private static Line line(RunEvent event) {
    String type = event.type();
    String tone =
        type.endsWith("failed") || type.equals("dead")
            ? "failed"
            : type.endsWith("succeeded") || type.equals("materialized")
                ? "succeeded"
                : type.endsWith("skipped") || type.contains("cancel") ? "skipped" : "";
    String data = event.data().isEmpty() ? "" : Json.text(event.data());
    boolean silent = event.message().isEmpty() && !data.isEmpty();
    return new Line(event, tone, silent ? "details" : event.message(), data);
  }

  private static @Nullable Advice advice(RunView run, List<RunEvent> events) {
    if (run.state().equals("succeeded")) {
      return null;
    }
    String step = "";
    List<String> causes = List.of();
    RunEvent failed = failed(run, events);
    if (failed != null) {
      step =
          String.valueOf(failed.step())
              + (failed.partition() == null || failed.partition().isEmpty()
                  ? ""
                  : " " + failed.partition());
      causes =
          failed.data().get("causes") instanceof List<?> list
              ? list.stream().map(String::valueOf).toList()
              : List.of();
    }
    return Advice.of(run.state(), run.error(), step, causes);
  }

  /** Of several steps that failed, the last one whose failure is the run's. */
  private static @Nullable RunEvent failed(RunView run, List<RunEvent> events) {
    Object message = run.error() == null ? null : run.error().get("message");
    RunEvent last = null;
    RunEvent same = null;
    for (RunEvent event : events) {
      if (event.type().equals("step_failed")) {
        last = event;
        same = event.message().equals(message) ? event : same;
      }
    }
    return same == null ? last : same;
  }

  public boolean live() {
    return run.finishedAt() == null;
  }

  public String what() {
    return ShownRun.what(run);
  }

  public String overrides() {
    return run.spec().overrides().isEmpty() ? "" : Json.text(run.spec().overrides());
  }

  public String options() {
    return run.spec().options().isEmpty() ? "" : Json.text(run.spec().options());
  }

  /** What it gave beside the numbers of its steps, which stand with them; empty for nothing. */
  public String result() {
    if (run.result() == null) {
      return "";
    }
    var result = new LinkedHashMap<>(run.result());
    result.remove("steps");
    return result.isEmpty() ? "" : Json.text(result);
  }
}
