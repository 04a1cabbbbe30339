package io.stowage.control.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Offset.offset;

import io.stowage.protocol.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GanttTest {
  private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");

  private final List<RunEvent> events = new ArrayList<>();

  private void event(double second, String type, String step, Map<String, Object> data) {
    events.add(
        new RunEvent(
            events.size() + 1, START.plusMillis((long) (second * 1000)), type, step, "", "", data));
  }

  private Gantt drawn() {
    return Gantt.of(events, START.plusSeconds(10));
  }

  @Test
  void aStepIsSplitIntoLoadComputeStoreAndCommit() {
    event(0, "step_started", "a", Map.of());
    event(8, "output_stored", "a", Map.of());
    event(
        10,
        "step_succeeded",
        "a",
        Map.of("load_seconds", 2.0, "compute_seconds", 4.0, "store_seconds", 4.0));
    var parts = drawn().rows().getFirst().parts();
    assertThat(parts)
        .extracting(Gantt.Part::kind, Gantt.Part::says)
        .containsExactly(
            tuple("load", "load 2.0 s"),
            tuple("compute", "compute 4.0 s"),
            tuple("store", "store 2.0 s"),
            tuple("commit", "commit 2.0 s"));
    for (int i = 1; i < parts.size(); i++) {
      Gantt.Part before = parts.get(i - 1);
      assertThat(Double.parseDouble(parts.get(i).x()))
          .isCloseTo(
              Double.parseDouble(before.x()) + Double.parseDouble(before.width()), offset(0.2));
    }
  }

  @Test
  void whatNoPartExplainsIsTheRest() {
    event(0, "step_started", "a", Map.of());
    event(10, "step_succeeded", "a", Map.of("load_seconds", 2.0, "compute_seconds", 4.0));
    assertThat(drawn().rows().getFirst().parts())
        .extracting(Gantt.Part::says)
        .containsExactly("load 2.0 s", "compute 4.0 s", "the rest 4.0 s");
  }

  @Test
  void aStepUnderWayReachesToNow() {
    event(0, "step_started", "a", Map.of());
    event(5, "step_started", "b", Map.of());
    assertThat(drawn().rows())
        .extracting(Gantt.Row::step, Gantt.Row::took)
        .containsExactly(tuple("a", "10.0 s"), tuple("b", "5.0 s"));
    assertThat(drawn().rows().getFirst().parts())
        .extracting(Gantt.Part::kind)
        .containsExactly("open");
  }

  @Test
  void everyAttemptHasItsRow() {
    event(0, "step_started", "a", Map.of());
    event(1, "step_started", "a", Map.of());
    event(2, "step_failed", "a", Map.of());
    assertThat(drawn().rows()).hasSize(2);
    assertThat(drawn().rows().getLast().parts())
        .extracting(Gantt.Part::kind)
        .containsExactly("failed");
  }

  @Test
  void aRunWithoutStepsIsNotDrawn() {
    event(0, "run_started", "", Map.of());
    assertThat(Gantt.of(List.of(), START).rows()).isEmpty();
    assertThat(drawn().rows()).isEmpty();
  }
}
