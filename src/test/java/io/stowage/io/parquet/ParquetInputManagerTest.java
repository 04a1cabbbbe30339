package io.stowage.io.parquet;

import static io.stowage.fixture.Contexts.external;
import static io.stowage.fixture.Contexts.generic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.fixture.RecordedInput;
import io.stowage.fixture.StoreSettings;
import io.stowage.store.ObjectKey;
import io.stowage.store.WriteOptions;
import io.stowage.store.memory.MemoryObjectStore;
import io.stowage.store.resource.ResourceObjectStore;
import io.stowage.store.resource.ResourceSettings;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pyarrow has written, see {@code make.py} beside them. */
@Tag("C56")
class ParquetInputManagerTest {
  enum Sky {
    SUN,
    RAIN
  }

  record Place(String town, @Nullable Integer height) {}

  record Row(
      boolean flag,
      short small,
      int whole,
      long large,
      float single,
      double number,
      String text,
      byte[] bytes,
      LocalDate day,
      LocalTime timeOfDay,
      Instant utcMillis,
      Instant utcMicros,
      LocalDateTime localMicros,
      BigDecimal price,
      Sky sky,
      Optional<Long> maybe,
      @Nullable String note,
      Place place,
      List<String> tags) {}

  record Narrow(String text, int whole) {}

  private final MemoryObjectStore store = new MemoryObjectStore("test");
  private final ParquetInputManager manager = new ParquetInputManager(store, settings(Map.of()));
  private final ParquetInputManager shipped =
      new ParquetInputManager(
          new ResourceObjectStore(
              "shipped", StoreSettings.of(ResourceSettings.class, Map.of("folder", "parquet"))),
          settings(Map.of()));

  @AfterEach
  void close() {
    manager.close();
    shipped.close();
  }

  private static ParquetSettings settings(Map<String, String> values) {
    return StoreSettings.of(ParquetSettings.class, values);
  }

  private static Type listOf(Class<?> row) {
    return generic(List.class, row);
  }

  private static RecordedInput file(String name, Type type) {
    return external(type, "x").options(Map.of("path", name + ".parquet"));
  }

  @SuppressWarnings("unchecked")
  private <T> List<T> rows(Class<T> row) {
    return (List<T>) Objects.requireNonNull(shipped.loadInput(file("every-type", listOf(row))));
  }

  private void copy(String from, String to) throws Exception {
    try (var bytes = getClass().getResourceAsStream("/parquet/" + from + ".parquet");
        var writer = store.create(ObjectKey.of(to), WriteOptions.overwrite())) {
      writer.stream().write(Objects.requireNonNull(bytes).readAllBytes());
      writer.commit();
    }
  }

  @Test
  void readsEveryType() {
    var rows = rows(Row.class);

    assertThat(rows).hasSize(3);
    assertThat(rows.getFirst())
        .usingRecursiveComparison()
        .isEqualTo(
            new Row(
                true,
                (short) 1,
                1,
                1,
                0.5f,
                0.1,
                "plain",
                new byte[] {0, 1},
                LocalDate.of(2026, 1, 2),
                LocalTime.parse("12:30:00.123456"),
                Instant.parse("2026-01-02T03:04:05.678Z"),
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                LocalDateTime.parse("2026-01-02T03:04:05.678901"),
                new BigDecimal("12.50"),
                Sky.SUN,
                Optional.of(7L),
                null,
                new Place("Basel", 260),
                List.of("a", "b")));
    var second = rows.get(1);
    assertThat(second.utcMillis()).isEqualTo(Instant.parse("1969-12-31T23:59:59.999Z"));
    assertThat(second.utcMicros()).isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
    assertThat(second.localMicros()).isEqualTo(LocalDateTime.parse("1969-12-31T23:59:59.999999"));
    assertThat(second.price()).isEqualTo(new BigDecimal("-0.01"));
    assertThat(second.maybe()).isEmpty();
    assertThat(second.note()).isEqualTo("b");
    assertThat(second.place()).isEqualTo(new Place("Chur", null));
    assertThat(second.tags()).isEmpty();
    assertThat(rows.get(2).large()).isEqualTo(9007199254740993L);
    assertThat(rows.get(2).text()).isEqualTo("täxt ✓");
  }

  @Test
  void readsOnlyTheColumnsOfTheRecord() {
    var input = file("every-type", listOf(Narrow.class));

    assertThat(shipped.loadInput(input))
        .isEqualTo(
            List.of(
                new Narrow("plain", 1),
                new Narrow("", -2),
                new Narrow("täxt ✓", Integer.MAX_VALUE)));
    assertThat(input.added())
        .containsEntry("rows", new MetadataValue.Int(3))
        .containsEntry("columns_read", new MetadataValue.Int(2))
        .containsEntry("columns_in_file", new MetadataValue.Int(20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "snappy", "gzip", "lz4", "brotli"})
  void readsEveryCompression(String codec) {
    assertThat((List<?>) shipped.loadInput(file(codec, listOf(Narrow.class)))).hasSize(3);
  }

  record Wide(long small, double whole, BigInteger large, BigDecimal flag) {}

  record Wider(long small, double whole, BigInteger large, double single) {}

  @Test
  void widensNumbersAndNothingElse() {
    assertThat(rows(Wider.class))
        .contains(
            new Wider(1, 1, BigInteger.ONE, 0.5), new Wider(-2, -2, BigInteger.TWO.negate(), -1.5));
    assertRefused(Wide.class, "'flag'", "boolean", "BigDecimal");
  }

  record Narrower(int large) {}

  record WrongTime(Instant localMicros) {}

  record WrongPlace(String place) {}

  record Nothing(String absent) {}

  record PerhapsNothing(Optional<String> absent, @Nullable Long none, int whole) {}

  record NoNull(String text, long maybe) {}

  record Town(String town, int height) {}

  record InPlace(Town place) {}

  enum Other {
    SUN
  }

  record Weather(Other sky) {}

  record Picky(int whole) {
    Picky {
      if (whole < 0) {
        throw new IllegalArgumentException("below zero");
      }
    }
  }

  private void assertRefused(Class<?> row, String... words) {
    assertThatThrownBy(() -> rows(row))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
        .hasMessageContaining("every-type.parquet")
        .hasMessageContainingAll(words);
  }

  @Test
  void refusesAColumnOfAnotherTypeNamingBoth() {
    assertRefused(Narrower.class, "'large'", "int64", "'Narrower'", "int");
    assertRefused(WrongTime.class, "'local_micros'", "local timestamp", "java.time.Instant");
    assertRefused(WrongPlace.class, "'place'", "group of columns", "java.lang.String");
  }

  @Test
  void tellsOfAMissingColumnUnlessItMayBeMissing() {
    assertRefused(Nothing.class, "no column 'absent'", "'Nothing'", "local_micros");
    assertThat(rows(PerhapsNothing.class).getFirst())
        .isEqualTo(new PerhapsNothing(Optional.empty(), null, 1));
  }

  @Test
  void tellsRowAndColumnOfAValueThatCannotBe() {
    assertRefused(NoNull.class, "row 2", "'maybe'", "null", "Optional or @Nullable");
    assertRefused(InPlace.class, "row 2", "'place'", "'height'", "null");
    assertRefused(Weather.class, "row 2", "'sky'", "'RAIN'", "[SUN]");
    assertRefused(Picky.class, "row 2", "'Picky'", "below zero");
  }

  @Test
  void streamsAndLeavesNoTemporaryFile() throws Exception {
    copy("every-type", "x.parquet");
    long before = temporaryFiles();
    try (var rows =
        (Stream<?>)
            Objects.requireNonNull(
                manager.loadInput(external(generic(Stream.class, Narrow.class), "x")))) {
      assertThat(rows.limit(2)).hasSize(2);
    }
    assertThat(temporaryFiles()).isEqualTo(before);
  }

  private static long temporaryFiles() throws Exception {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(each -> each.getFileName().toString().matches("stowage-.*\\.parquet"))
          .count();
    }
  }

  @Test
  void refusesWhatIsNoParquetAndWhatIsTooLarge() throws Exception {
    try (var writer = store.create(ObjectKey.of("x.parquet"), WriteOptions.overwrite())) {
      writer.stream().write(new byte[100]);
      writer.commit();
    }
    assertThatThrownBy(() -> manager.loadInput(external(listOf(Narrow.class), "x")))
        .hasMessageContaining("memory:test/x.parquet")
        .hasMessageContaining("cannot be read as Parquet");
    assertThatThrownBy(() -> manager.loadInput(external(listOf(Narrow.class), "y")))
        .isInstanceOfSatisfying(
            StowageException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED));
    try (var small = new ParquetInputManager(store, settings(Map.of("max-bytes", "99")))) {
      assertThatThrownBy(() -> small.loadInput(external(listOf(Narrow.class), "x")))
          .hasMessageContaining("max-bytes");
    }
  }

  record Unreadable(Thread thread) {}

  record Endless(List<Endless> inner) {}

  @Test
  void saysAtTheStartWhatItLoads() {
    var factory = new ParquetInputManagerFactory();
    var settings = settings(Map.of());
    assertThat(factory.loads(settings, listOf(Row.class))).isTrue();
    assertThat(factory.loads(settings, generic(Stream.class, Narrow.class))).isTrue();
    assertThat(
            Arrays.asList(
                Narrow.class,
                listOf(String.class),
                listOf(Unreadable.class),
                listOf(Endless.class)))
        .noneMatch(type -> factory.loads(settings, type));
    assertThat(factory.stores(settings, listOf(Narrow.class))).isFalse();
  }
}
