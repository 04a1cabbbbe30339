package io.stowage.io.avro;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.GenericType;
import io.stowage.api.IoManager;
import io.stowage.fixture.RecordedOutput;
import io.stowage.fixture.StoreSettings;
import io.stowage.io.csv.CsvIoManager;
import io.stowage.io.csv.CsvSettings;
import io.stowage.store.memory.MemoryObjectStore;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C64")
class UntypedRowsTest {
  enum Sky {
    SUN
  }

  record Inner(String name, List<Integer> numbers) {}

  record Everything(
      String text,
      long whole,
      double number,
      boolean flag,
      LocalDate date,
      LocalTime time,
      LocalDateTime local,
      Instant instant,
      BigDecimal decimal,
      UUID id,
      byte[] bytes,
      Sky sky,
      Optional<String> maybe,
      @Nullable Long nothing,
      Map<String, Integer> counts,
      Inner inner) {}

  private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");

  private final MemoryObjectStore store = new MemoryObjectStore("test");
  private final IoManager avro =
      new AvroIoManager(store, StoreSettings.of(AvroSettings.class, Map.of()));

  private static List<Map<String, @Nullable Object>> rows(IoManager by, RecordedOutput... stored)
      throws Exception {
    assertThat(by.loadsRows()).isTrue();
    try (var rows =
        (Stream<?>) Objects.requireNonNull(by.loadInput(input(GenericType.ROWS, stored)))) {
      return rows.map(UntypedRowsTest::row).collect(Collectors.toList());
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> row(Object row) {
    return (Map<String, @Nullable Object>) row;
  }

  private RecordedOutput stored(Type type, @Nullable Object value) throws Exception {
    var context = output("a/b", type);
    avro.handleOutput(context, value);
    return context;
  }

  @Test
  void givesTheValuesAsTheyWereStored() throws Exception {
    var everything =
        new Everything(
            "ü",
            1,
            0.5,
            true,
            LocalDate.of(2012, 3, 1),
            LocalTime.of(1, 2, 3),
            LocalDateTime.of(2012, 3, 1, 4, 5),
            Instant.parse("2012-03-01T00:00:00.000001Z"),
            new BigDecimal("1.50"),
            ID,
            new byte[] {1, 2},
            Sky.SUN,
            Optional.empty(),
            7L,
            Map.of("k", 1),
            new Inner("x", List.of(1, 2)));

    var row = rows(avro, stored(generic(List.class, Everything.class), List.of(everything)));

    assertThat(row)
        .singleElement()
        .satisfies(
            fields -> {
              assertThat(fields.keySet()).startsWith("text", "whole", "number");
              assertThat(fields)
                  .containsEntry("text", "ü")
                  .containsEntry("whole", 1L)
                  .containsEntry("number", 0.5)
                  .containsEntry("flag", true)
                  .containsEntry("date", LocalDate.of(2012, 3, 1))
                  .containsEntry("time", LocalTime.of(1, 2, 3))
                  .containsEntry("local", LocalDateTime.of(2012, 3, 1, 4, 5))
                  .containsEntry("instant", Instant.parse("2012-03-01T00:00:00.000001Z"))
                  .containsEntry("decimal", new BigDecimal("1.50"))
                  .containsEntry("id", ID.toString())
                  .containsEntry("bytes", new byte[] {1, 2})
                  .containsEntry("sky", "SUN")
                  .containsEntry("maybe", null)
                  .containsEntry("nothing", 7L)
                  .containsEntry("counts", Map.of("k", 1))
                  .containsEntry("inner", Map.of("name", "x", "numbers", List.of(1, 2)));
            });
  }

  @Test
  void makesARowOfWhatIsNone() throws Exception {
    assertThat(rows(avro, stored(String.class, "text"))).containsExactly(Map.of("value", "text"));
    assertThat(rows(avro, stored(generic(List.class, Long.class), List.of(1L, 2L))))
        .containsExactly(Map.of("value", 1L), Map.of("value", 2L));
    assertThat(rows(avro, stored(Inner.class, new Inner("x", List.of()))))
        .containsExactly(Map.of("name", "x", "numbers", List.of()));
    assertThat(rows(avro, stored(generic(List.class, Inner.class), List.of()))).isEmpty();
    assertThat(rows(avro, stored(generic(Map.class, String.class, Long.class), Map.of("k", 1L))))
        .containsExactly(Map.of("k", 1L));
    assertThat(rows(avro, stored(String.class, null))).isEmpty();
  }

  @Test
  void chainsPartitions() throws Exception {
    var a = output("a/b", generic(List.class, Inner.class), "1");
    var b = output("a/b", generic(List.class, Inner.class), "2");
    avro.handleOutput(a, List.of(new Inner("first", List.of())));
    avro.handleOutput(b, List.of(new Inner("second", List.of())));

    assertThat(rows(avro, a, b)).extracting("name").containsExactly("first", "second");
  }

  record Line(String city, double mean, @Nullable Long rain) {}

  @Test
  void givesTheTextsOfCsv() throws Exception {
    var csv = new CsvIoManager(store, StoreSettings.of(CsvSettings.class, Map.of()));
    var context = output("a/c", generic(List.class, Line.class));
    csv.handleOutput(context, List.of(new Line("New, York", 1.5, null), new Line("x", 2, 3L)));

    assertThat(rows(csv, context).stream().map(Object::toString))
        .containsExactly("{city=New, York, mean=1.5, rain=}", "{city=x, mean=2.0, rain=3}");
  }
}
