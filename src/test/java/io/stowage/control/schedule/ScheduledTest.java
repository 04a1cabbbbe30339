package io.stowage.control.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.api.schedule.CatchUp;
import io.stowage.catalog.ScheduleDeclaration;
import io.stowage.protocol.SubmitRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a tick asks for. */
class ScheduledTest {
  private static final Instant TICK = Instant.parse("2026-06-10T06:00:00Z");
  private static final PartitionsDefinition DAYS = PartitionsDefinition.daily("2026-01-01");
  private static final PartitionsDefinition TOWNS =
      PartitionsDefinition.ofStatic("Basel", "Chur", "Davos");

  private static Optional<SubmitRequest> request(@Nullable PartitionsDefinition partitions) {
    return request(partitions, false, List.of());
  }

  private static Optional<SubmitRequest> request(
      @Nullable PartitionsDefinition partitions, boolean upstream, List<String> dynamic) {
    var schedule = new ScheduleDeclaration("0 6 * * *", "", CatchUp.LAST, 100, upstream);
    return new Scheduled(
            "default", "t/a", null, List.of("t/a"), schedule, Optional.ofNullable(partitions))
        .request(TICK, PartitionContext.at(TICK).withDynamicKeys(_ -> dynamic));
  }

  @Test
  void theAssetAndTheTickAsTags() {
    assertThat(request(null))
        .hasValueSatisfying(
            asked -> {
              assertThat(asked.assets()).containsExactly("t/a");
              assertThat(asked.partition()).isNull();
              assertThat(asked.partitions()).isNull();
              assertThat(asked.tags())
                  .isEqualTo(Map.of("schedule", "t/a", "tick", "2026-06-10T06:00:00Z"));
            });
  }

  @Test
  void whatItIsComputedFromAsWell() {
    assertThat(request(null, true, List.of()).orElseThrow().assets()).containsExactly("*t/a");
  }

  @Test
  void theWindowThatEndedLast() {
    assertThat(request(DAYS).orElseThrow().partition()).isEqualTo("2026-06-09");
    assertThat(request(PartitionsDefinition.monthly("2026-01")).orElseThrow().partition())
        .isEqualTo("2026-05");
    assertThat(request(PartitionsDefinition.hourly("2026-01-01")).orElseThrow().partition())
        .isEqualTo("2026-06-10-05:00");
  }

  @Test
  void thatWindowForEachKeyOfOtherDimensions() {
    var both = PartitionsDefinition.multi(Map.of("date", DAYS, "town", TOWNS));
    assertThat(request(both).orElseThrow().partitions())
        .isEqualTo(Map.of("from", "2026-06-09|Basel", "to", "2026-06-09|Davos"));
  }

  @Test
  void allPartitionsWhereNoneAreOfTime() {
    assertThat(request(TOWNS).orElseThrow().partitions())
        .isEqualTo(Map.of("from", "Basel", "to", "Davos"));
    assertThat(
            request(PartitionsDefinition.dynamic("d"), false, List.of("x"))
                .orElseThrow()
                .partition())
        .isEqualTo("x");
  }

  @Test
  void nothingWhereThereIsNoPartitionYet() {
    assertThat(request(PartitionsDefinition.daily("2026-06-10"))).isEmpty();
    assertThat(request(PartitionsDefinition.dynamic("d"))).isEmpty();
    assertThat(
            request(
                PartitionsDefinition.multi(
                    Map.of("date", DAYS, "town", PartitionsDefinition.dynamic("d")))))
        .isEmpty();
  }
}
