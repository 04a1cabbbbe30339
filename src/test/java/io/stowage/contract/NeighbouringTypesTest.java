package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.InputManager;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.io.csv.CsvIoManager;
import io.stowage.io.csv.CsvSettings;
import io.stowage.store.memory.MemoryObjectStore;
import io.stowage.testing.Materialize;
import io.stowage.testing.Settings;
import jakarta.enterprise.inject.Vetoed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values at the edges of their types, and types beside the usual ones, through every format. */
@Tag("C53")
@Tag("C56")
class NeighbouringTypesTest {
  /** What a column can hold. */
  record Flat(
      byte tiny,
      short small,
      char letter,
      @Nullable Character maybeLetter,
      float rough,
      double exact,
      BigDecimal price,
      BigInteger huge,
      Instant at,
      LocalDate day,
      LocalTime hour,
      LocalDateTime moment,
      OffsetDateTime offset,
      OffsetTime offsetTime,
      ZonedDateTime zoned,
      Year year,
      YearMonth month,
      MonthDay birthday,
      Duration took,
      Period every,
      ZoneId zone,
      ZoneOffset shift,
      Currency currency,
      UUID id,
      URI link,
      Optional<Instant> maybeAt,
      @Nullable BigDecimal maybePrice) {}

  private static final Flat LOW =
      new Flat(
          Byte.MIN_VALUE,
          Short.MIN_VALUE,
          '\n',
          null,
          Float.MIN_VALUE,
          Double.NaN,
          new BigDecimal("-0.00000000000000000001"),
          BigInteger.TWO.pow(200).negate(),
          Instant.parse("1969-12-31T23:59:59.999999Z"),
          LocalDate.of(1, 1, 1),
          LocalTime.MIN,
          LocalDateTime.of(1582, 10, 4, 0, 0, 0, 1_000),
          OffsetDateTime.of(1900, 1, 1, 0, 0, 0, 1, ZoneOffset.ofHours(-18)),
          OffsetTime.MIN,
          ZonedDateTime.of(2012, 10, 28, 2, 30, 0, 0, ZoneId.of("Europe/Zurich")),
          Year.of(-44),
          YearMonth.of(2012, 3),
          MonthDay.of(2, 29),
          Duration.ofNanos(-1),
          Period.ofMonths(-3),
          ZoneId.of("Europe/Zurich"),
          ZoneOffset.ofHoursMinutes(5, 45),
          Currency.getInstance("CHF"),
          new UUID(-1, -1),
          URI.create("s3://bucket/a%20b?c=d,e"),
          Optional.empty(),
          null);
  private static final Flat HIGH =
      new Flat(
          Byte.MAX_VALUE,
          Short.MAX_VALUE,
          '"',
          ',',
          Float.POSITIVE_INFINITY,
          -0.0,
          new BigDecimal("1E+30"),
          BigInteger.ZERO,
          Instant.parse("9999-12-31T23:59:59.999999Z"),
          LocalDate.of(9999, 12, 31),
          LocalTime.of(23, 59, 59, 999_999_000),
          LocalDateTime.of(9999, 12, 31, 23, 59),
          OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 999_999_999, ZoneOffset.UTC),
          OffsetTime.MAX,
          ZonedDateTime.of(2012, 10, 28, 2, 30, 0, 0, ZoneId.of("Europe/Zurich"))
              .withLaterOffsetAtOverlap(),
          Year.of(2026),
          YearMonth.of(12, 12),
          MonthDay.of(12, 31),
          Duration.ofDays(100_000),
          Period.of(1, 2, 3),
          ZoneId.of("UTC"),
          ZoneOffset.UTC,
          Currency.getInstance("XXX"),
          new UUID(0, 0),
          URI.create("mailto:a@b"),
          Optional.of(Instant.EPOCH.minusSeconds(1)),
          new BigDecimal("0.00"));

  record Leaf(String name, List<Integer> sizes) {}

  /** What a column cannot hold. */
  record Deep(
      Map<String, List<Leaf>> byName,
      List<Map<String, Leaf>> maps,
      List<List<Double>> matrix,
      Optional<List<String>> maybe,
      @Nullable Map<String, @Nullable Integer> holes,
      byte[] bytes) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Deep deep
          && byName.equals(deep.byName)
          && maps.equals(deep.maps)
          && matrix.equals(deep.matrix)
          && maybe.equals(deep.maybe)
          && java.util.Objects.equals(holes, deep.holes)
          && Arrays.equals(bytes, deep.bytes);
    }

    @Override
    public int hashCode() {
      return byName.hashCode();
    }
  }

  private static Deep deep() {
    var holes = new LinkedHashMap<String, @Nullable Integer>();
    holes.put("/", null);
    holes.put("", 1);
    holes.put("ä ..", 2);
    return new Deep(
        Map.of("a/b", List.of(new Leaf("\u0000", List.of())), "..", List.of()),
        List.of(Map.of(), Map.of("x", new Leaf("", List.of(1, 2)))),
        List.of(List.of(), List.of(Double.NEGATIVE_INFINITY)),
        Optional.of(List.of()),
        holes,
        new byte[] {0, -1});
  }

  private static final Deep EMPTY =
      new Deep(Map.of(), List.of(), List.of(), Optional.empty(), null, new byte[0]);

  @Vetoed
  @AssetGroup
  static class Values {
    @Asset
    List<Flat> flat() {
      return List.of(LOW, HIGH);
    }

    @Asset
    Stream<Flat> flatAgain(Stream<Flat> flat) {
      return flat;
    }
  }

  @Vetoed
  @AssetGroup
  static class DeepValues {
    @Asset
    List<Deep> deep() {
      return List.of(NeighbouringTypesTest.deep(), EMPTY);
    }

    @Asset
    Stream<Deep> deepAgain(Stream<Deep> deep) {
      return deep;
    }

    @Asset
    Map<String, Optional<Leaf>> datum() {
      return Map.of("there", Optional.of(new Leaf("a", List.of())), "not", Optional.empty());
    }

    @Asset
    List<LocalDate> days(Map<String, Optional<Leaf>> datum) {
      return new ArrayList<>(List.of(LocalDate.EPOCH.minusDays(datum.size())));
    }

    @Asset
    Duration took(List<LocalDate> days) {
      return Duration.ofDays(days.size());
    }

    @Asset
    Optional<String> nothing(Duration took) {
      return Optional.empty();
    }
  }

  private static InputManager manager(String format) {
    var store = new MemoryObjectStore("lake");
    return switch (format) {
      case "csv" -> new CsvIoManager(store, Settings.of(CsvSettings.class, Map.of()));
      default -> new AvroIoManager(store, Settings.of(AvroSettings.class, Map.of()));
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "csv"})
  void flatRowsAreGivenBackAsTheyWere(String format) {
    var result =
        Materialize.assets(Values.class).manager("default", manager(format)).run().orThrow();
    assertThat(result.rows("flat", Flat.class)).containsExactly(LOW, HIGH);
    assertThat(result.rows("flatAgain", Flat.class)).containsExactly(LOW, HIGH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro"})
  void deepValuesAreGivenBackAsTheyWere(String format) {
    var result =
        Materialize.assets(DeepValues.class).manager("default", manager(format)).run().orThrow();
    assertThat(result.rows("deep", Deep.class)).containsExactly(deep(), EMPTY);
    assertThat(result.rows("deepAgain", Deep.class)).containsExactly(deep(), EMPTY);
    assertThat(result.value("datum"))
        .isEqualTo(Map.of("there", Optional.of(new Leaf("a", List.of())), "not", Optional.empty()));
    assertThat(result.value("days")).isEqualTo(List.of(LocalDate.of(1969, 12, 30)));
    assertThat(result.value("took")).isEqualTo(Duration.ofDays(1));
  }
}
