package io.stowage.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.testing.InputContexts;
import io.stowage.testing.OutputContexts;
import io.stowage.testing.RecordedOutput;
import io.stowage.testing.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Partitions of time whose rows are those with a time within the window. */
class TimeWindowsIT extends TablesUnderTest {
  record Event(Instant at, long id) {}

  record Sale(LocalDate day, long id) {}

  record Local(LocalDateTime at, long id) {}

  record MaybeSale(@Nullable LocalDate day, long id) {}

  record Visit(LocalDate day, String city, long id) {}

  private RecordedOutput stored(
      Class<?> row, PartitionsDefinition partitions, String partition, Object value) {
    var context =
        OutputContexts.of("shop/timed", Types.listOf(row))
            .partitions(partitions)
            .partition(partition)
            .options(
                Map.of("partitionColumn", row == Event.class || row == Local.class ? "at" : "day"))
            .build();
    tables.handleOutput(context, value);
    return context;
  }

  private Object loaded(RecordedOutput... stored) {
    return Objects.requireNonNull(tables.loadInput(InputContexts.of(stored).build()));
  }

  @Test
  @Tag("C61")
  void aMonthIsTheRowsFromItsFirstDayToBeforeTheNextMonth() {
    var months = PartitionsDefinition.monthly("2012-01");
    var march = List.of(sale("2012-03-01", 1), sale("2012-03-31", 2));
    var april = List.of(sale("2012-04-01", 3));
    var third = stored(Sale.class, months, "2012-03", march);
    var fourth = stored(Sale.class, months, "2012-04", april);
    stored(Sale.class, months, "2012-04", april);
    assertThat(loaded(third)).isEqualTo(march);
    assertThat(loaded(fourth)).isEqualTo(april);
    assertThat(loaded(fourth, third))
        .isEqualTo(List.of(april.getFirst(), march.getFirst(), march.getLast()));
    stored(Sale.class, months, "2012-03", List.of());
    assertThat(loaded(third)).isEqualTo(List.of());
    assertThat(warehouse.query("SELECT id FROM shop.timed")).containsExactly("3");
  }

  @Test
  @Tag("C61")
  void aRowOfAnotherWindowIsRefused() {
    var months = PartitionsDefinition.monthly("2012-01");
    assertThatThrownBy(() -> stored(Sale.class, months, "2012-03", List.of(sale("2012-04-01", 1))))
        .hasMessageContaining("record 1")
        .hasMessageContaining(
            "it is '2012-04-01', but the partition is '2012-03', from 2012-03-01 to before 2012-04-01");
    assertThatThrownBy(
            () -> stored(MaybeSale.class, months, "2012-03", List.of(new MaybeSale(null, 1))))
        .hasMessageContaining("it is 'null', but the partition is '2012-03'");
  }

  private static Sale sale(String day, long id) {
    return new Sale(LocalDate.parse(day), id);
  }

  @Test
  @Tag("C61")
  void anInstantIsWithinTheWindowOfTheDefinitionsZone() {
    var days = PartitionsDefinition.daily("2024-03-01").in(ZoneId.of("Europe/Berlin"));
    var first = new Event(Instant.parse("2024-03-30T23:00:00Z"), 1);
    var last = new Event(Instant.parse("2024-03-31T21:59:59.999999Z"), 2);
    var shortDay = stored(Event.class, days, "2024-03-31", List.of(first, last));
    stored(
        Event.class,
        days,
        "2024-04-01",
        List.of(new Event(Instant.parse("2024-03-31T22:00:00Z"), 3)));
    stored(Event.class, days, "2024-03-31", List.of(first, last));
    assertThat(loaded(shortDay)).isEqualTo(List.of(first, last));
    assertThat(warehouse.query("SELECT count(*) FROM shop.timed")).containsExactly("3");
  }

  @Test
  @Tag("C61")
  void aTimeWithoutAZoneIsOfTheDefinitionsZone() {
    var hours = PartitionsDefinition.hourly("2024-01-01-00:00").in(ZoneId.of("America/New_York"));
    var row = new Local(LocalDateTime.parse("2024-01-01T05:30"), 1);
    var stored = stored(Local.class, hours, "2024-01-01-05:00", List.of(row));
    assertThat(loaded(stored)).isEqualTo(List.of(row));
    assertThatThrownBy(() -> stored(Local.class, hours, "2024-01-01-06:00", List.of(row)))
        .hasMessageContaining("2024-01-01T06:00 to before 2024-01-01T07:00");
  }

  @Test
  @Tag("C61")
  void oneDimensionMayBeARangeAndTheOtherAKey() {
    var partitions =
        PartitionsDefinition.multi(
            Map.of(
                "date",
                PartitionsDefinition.monthly("2012-01"),
                "city",
                PartitionsDefinition.ofStatic("Seattle", "New York")));
    var visit = new Visit(LocalDate.parse("2012-03-09"), "Seattle", 1);
    var context =
        OutputContexts.of("shop/visits", Types.listOf(Visit.class))
            .partitions(partitions)
            .partition(PartitionKey.of(Map.of("date", "2012-03", "city", "Seattle")))
            .options(Map.of("partitionColumn", "date=day, city=city"))
            .build();
    tables.handleOutput(context, List.of(visit));
    tables.handleOutput(context, List.of(visit));
    assertThat(loaded(context)).isEqualTo(List.of(visit));
    assertThatThrownBy(
            () ->
                tables.handleOutput(
                    context, List.of(new Visit(LocalDate.parse("2012-03-09"), "New York", 1))))
        .hasMessageContaining("it is 'New York', but the partition is 'Seattle'");
  }
}
