package io.stowage.io.csv;

import static io.stowage.fixture.Contexts.external;
import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.fixture.RecordedOutput;
import io.stowage.fixture.StoreSettings;
import io.stowage.store.ObjectKey;
import io.stowage.store.WriteOptions;
import io.stowage.store.memory.MemoryObjectStore;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CsvIoManagerTest {
  enum Sky {
    SUN,
    RAIN
  }

  record Row(
      String text,
      long whole,
      double number,
      boolean flag,
      LocalDate date,
      Instant time,
      BigDecimal decimal,
      Sky sky,
      Optional<Integer> maybe,
      @Nullable Long nothing) {}

  record Reading(String location, LocalDate date, double tempMax, @Nullable Double wind, Sky sky) {}

  private static final Row FULL =
      new Row(
          "plain",
          1,
          0.1,
          true,
          LocalDate.of(2012, 3, 1),
          Instant.EPOCH,
          new BigDecimal("1.50"),
          Sky.SUN,
          Optional.of(7),
          8L);
  private static final Type ROWS = generic(List.class, Row.class);
  private static final Type READINGS = generic(List.class, Reading.class);

  private final MemoryObjectStore store = new MemoryObjectStore("test");
  private final CsvIoManager manager = manager(Map.of());

  private CsvIoManager manager(Map<String, String> settings) {
    return new CsvIoManager(store, StoreSettings.of(CsvSettings.class, settings));
  }

  private RecordedOutput stored(Type type, Object value) throws Exception {
    var context = output("a/b", type);
    manager.handleOutput(context, value);
    return context;
  }

  private String file(RecordedOutput context) throws Exception {
    try (var reader = store.open(store.keyOf(context.object().location()))) {
      return new String(reader.stream().readAllBytes(), UTF_8);
    }
  }

  private @Nullable Object loaded(String csv, Type type) throws Exception {
    return loaded(manager, csv, type);
  }

  private @Nullable Object loaded(CsvIoManager by, String csv, Type type) throws Exception {
    try (var writer = store.create(ObjectKey.of("in.csv"), WriteOptions.overwrite())) {
      writer.stream().write(csv.getBytes(UTF_8));
      writer.commit();
    }
    return by.loadInput(external(type, "in"));
  }

  private static Row text(String text) {
    return new Row(
        text,
        -1,
        1e300,
        false,
        FULL.date(),
        FULL.time(),
        BigDecimal.ZERO,
        Sky.RAIN,
        Optional.empty(),
        null);
  }

  @Test
  @Tag("C56")
  @DisplayName("rows of every type come back equal, quotes, line ends and nulls included")
  void keepsRows() throws Exception {
    var rows =
        List.of(
            FULL,
            text("a,b"),
            text("say \"hi\""),
            text("two\nlines\r\n"),
            text(" spaced "),
            text(""),
            text("täxt"));

    assertThat(manager.loadInput(input(ROWS, stored(ROWS, rows)))).isEqualTo(rows);
  }

  @Test
  void keepsNoRows() throws Exception {
    var context = stored(READINGS, List.of());

    assertThat(file(context)).isEqualToIgnoringNewLines("location,date,tempMax,wind,sky");
    assertThat(manager.loadInput(input(READINGS, context))).isEqualTo(List.of());
  }

  @Test
  @Tag("C15")
  @DisplayName("says how many rows, of which columns")
  void describesRows() throws Exception {
    var context =
        stored(generic(Stream.class, Row.class), IntStream.range(0, 5_000).mapToObj(_ -> FULL));

    assertThat(context.added()).containsEntry("rows", new MetadataValue.Int(5_000));
    assertThat(
            ((MetadataValue.TableSchema) Objects.requireNonNull(context.added().get("schema")))
                .columns())
        .containsEntry("text", "String")
        .containsEntry("date", "LocalDate");
    try (var rows =
        (Stream<?>)
            Objects.requireNonNull(
                manager.loadInput(input(generic(Stream.class, Row.class), context)))) {
      assertThat(rows.filter(FULL::equals)).hasSize(5_000);
    }
  }

  @Test
  @Tag("C56")
  @DisplayName(
      "columns are found by the header's names, in any order and spelling, with a byte order mark"
          + " or not")
  void bindsColumnsByTheHeader() throws Exception {
    var reading = new Reading("Seattle", LocalDate.of(2012, 1, 1), 12.8, 4.7, Sky.RAIN);

    assertThat(
            loaded(
                "location,date,precipitation,temp_max,wind,sky\n"
                    + "Seattle,2012-01-01,0.0,12.8,4.7,rain\n",
                READINGS))
        .isEqualTo(List.of(reading));
    assertThat(
            loaded(
                "\uFEFFsky,Temp Max,date,location,wind\r\nRAIN,12.8,2012-01-01,Seattle,4.7",
                READINGS))
        .isEqualTo(List.of(reading));
    assertThat(loaded("location,date,tempMax,sky\nSeattle,2012-01-01,12.8,rain\n", READINGS))
        .as("a column that may be null may be missing")
        .isEqualTo(List.of(new Reading("Seattle", LocalDate.of(2012, 1, 1), 12.8, null, Sky.RAIN)));
  }

  @Test
  void takesAnotherSeparator() throws Exception {
    var other = manager(Map.of("separator", ";"));

    assertThat(loaded(other, "location;date;tempMax;wind;sky\na,b;2012-01-01;1;2;sun\n", READINGS))
        .isEqualTo(List.of(new Reading("a,b", LocalDate.of(2012, 1, 1), 1, 2.0, Sky.SUN)));
  }

  @Test
  void refusesNull() {
    assertThatThrownBy(() -> stored(ROWS, Arrays.asList(FULL, null)))
        .hasMessage("record 2 cannot be stored: it is null");
    assertThat(store.list("")).isEmpty();
  }

  private void assertRefused(String csv, String... words) {
    assertThatThrownBy(() -> loaded(csv, READINGS))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
        .hasMessageContaining("in.csv")
        .hasMessageContainingAll(words);
  }

  @Test
  @Tag("C56")
  @DisplayName("a bad row is told with its line and column")
  void tellsWhereARowIsBad() {
    String header = "location,date,tempMax,wind,sky\n";
    String good = "Seattle,2012-01-01,1,2,sun\n";

    assertRefused(
        header + good + "Seattle,2012-01-01,warm,2,sun\n",
        "line 3",
        "'tempMax'",
        "'warm'",
        "number");
    assertRefused(header + good + "Seattle,1.1.2012,1,2,sun\n", "line 3", "'date'", "'1.1.2012'");
    assertRefused(header + "Seattle,2012-01-01,1,2,hail\n", "line 2", "'sky'", "SUN, RAIN");
    assertRefused(header + "Seattle,2012-01-01,,2,sun\n", "line 2", "'tempMax'");
    assertRefused(header + "Seattle,2012-01-01\n", "line 2", "'tempMax'");
    assertRefused(header + good + "\"Seattle,2012-01-01,1,2,sun\n", "line");
    assertRefused("location,date\nSeattle,2012-01-01\n", "'tempMax'", "location, date");
    assertRefused("", "empty");
  }

  @Test
  void takesRowsOfSingleValuesOnly() {
    var factory = new CsvIoManagerFactory();
    var settings = StoreSettings.of(CsvSettings.class, Map.of());
    assertThat(factory.stores(settings, ROWS)).isTrue();
    assertThat(factory.stores(settings, Row.class)).isFalse();
    assertThat(factory.loads(settings, generic(List.class, generic(List.class, String.class))))
        .isFalse();
  }
}
