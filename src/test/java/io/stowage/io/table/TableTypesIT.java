package io.stowage.io.table;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static io.stowage.io.table.Warehouse.ROWS;
import static io.stowage.io.table.Warehouse.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.GenericType;
import io.stowage.fixture.Contexts;
import io.stowage.io.table.Warehouse.Row;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Java types as columns, there and back. */
class TableTypesIT extends TablesUnderTest {
  record Narrow(short id, String name) {}

  record Reserved(long select, String from, int camelCase) {}

  record AllTypes(
      boolean flag,
      byte tiny,
      short small,
      int whole,
      long large,
      float single,
      double twice,
      char letter,
      String text,
      BigDecimal exact,
      BigInteger huge,
      Instant at,
      LocalDateTime local,
      LocalDate day,
      LocalTime time,
      UUID id,
      Colour colour,
      URI link,
      Duration took) {}

  record Nullables(
      @Nullable Integer whole,
      Optional<Long> large,
      @Nullable String text,
      Optional<BigDecimal> exact,
      Optional<Instant> at,
      Optional<Colour> colour,
      Optional<UUID> id) {}

  record Bytes(byte[] bytes) {}

  enum Colour {
    RED,
    GREEN
  }

  @Test
  @Tag("C58")
  void makesColumnsOfTheRecordsTypesAndReadsEachValueBack() {
    var first =
        new AllTypes(
            true,
            (byte) -1,
            Short.MIN_VALUE,
            Integer.MAX_VALUE,
            Long.MIN_VALUE,
            1.5f,
            Double.NaN,
            'é',
            "quoted ' \" \\ \t\n 🌧",
            new BigDecimal("-12345678901234567890.00100"),
            new BigInteger("123456789012345678901234567890"),
            Instant.parse("1969-12-31T23:59:59.123456Z"),
            LocalDateTime.parse("2012-03-01T12:00:00.000001"),
            LocalDate.parse("0001-01-01"),
            LocalTime.parse("23:59:59.999999"),
            UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"),
            Colour.GREEN,
            URI.create("http://localhost/a?b=c"),
            Duration.ofMillis(-1500));
    Type type = generic(List.class, AllTypes.class);
    var stored = store(output("shop/types", type), List.of(first));
    assertThat(this.<List<AllTypes>>load(input(type, stored))).containsExactly(first);
    assertThat(
            warehouse.query(
                "SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute"
                    + " WHERE attrelid = 'shop.types'::regclass AND attnum > 0 AND attnotnull ORDER BY attnum"))
        .containsExactly(
            "flag boolean",
            "tiny smallint",
            "small smallint",
            "whole integer",
            "large bigint",
            "single real",
            "twice double precision",
            "letter text",
            "text text",
            "exact numeric",
            "huge numeric",
            "at timestamp with time zone",
            "local timestamp without time zone",
            "day date",
            "time time without time zone",
            "id uuid",
            "colour text",
            "link text",
            "took text");
  }

  @Test
  @Tag("C58")
  void keepsNullsAndBytes() {
    Type type = generic(List.class, Nullables.class);
    var none =
        new Nullables(
            null,
            Optional.empty(),
            null,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var some =
        new Nullables(
            0,
            Optional.of(0L),
            "",
            Optional.of(BigDecimal.ZERO),
            Optional.of(Instant.EPOCH),
            Optional.of(Colour.RED),
            Optional.of(new UUID(0, 0)));
    var stored = store(output("shop/nullables", type), List.of(none, some));
    assertThat(this.<List<Nullables>>load(input(type, stored))).containsExactly(none, some);
    Type bytes = generic(List.class, Bytes.class);
    var blobs = store(output("shop/blobs", bytes), List.of(new Bytes(new byte[] {0, -1, 7})));
    assertThat(this.<List<Bytes>>load(input(bytes, blobs)).getFirst().bytes())
        .containsExactly(0, -1, 7);
  }

  @Test
  @Tag("C58")
  void quotesColumnsThatAreReservedWords() {
    Type type = generic(List.class, Reserved.class);
    var stored = store(output("shop/user", type), List.of(new Reserved(1, "x", 2)));
    assertThat(this.<List<Reserved>>load(input(type, stored)))
        .containsExactly(new Reserved(1, "x", 2));
  }

  @Test
  @Tag("C58")
  void refusesAValueNamingRecordAndColumnAndKeepsWhatWasThere() {
    var stored = store(rows(0, 2));
    assertThatThrownBy(() -> store(List.of(new Row(1, "a"), new Row(2, null))))
        .hasMessageContaining("record 2")
        .hasMessageContaining("column 'name'");
    assertThatThrownBy(() -> store(List.of(new Row(1, "a\0b")))).hasMessageContaining("code 0");
    assertThat(this.<List<Row>>load(input(ROWS, stored))).isEqualTo(rows(0, 2));
  }

  @Test
  @Tag("C60")
  void aNumberThatDoesNotFitIsRefused() {
    var stored = store(List.of(new Row(40_000, "x")));
    assertThatThrownBy(() -> load(input(generic(List.class, Narrow.class), stored)))
        .hasMessageContaining("column 'id'")
        .hasMessageContaining("40000");
  }

  record Moment(Instant at) {}

  record Day(LocalDate day) {}

  record Exact(BigDecimal exact) {}

  record Fractions(double twice, float single) {}

  record Text(String text) {}

  private <T> List<T> loaded(Class<T> type, String sql) {
    warehouse.execute("CREATE SCHEMA IF NOT EXISTS shop");
    warehouse.execute("DROP TABLE IF EXISTS shop.foreign_made");
    warehouse.execute("CREATE TABLE shop.foreign_made AS SELECT " + sql);
    return load(Contexts.external(generic(List.class, type), "shop/foreign_made"));
  }

  @Test
  @Tag("C58")
  void whatIsFinerThanAMicrosecondIsCutOff() {
    Type type = generic(List.class, Moment.class);
    var stored =
        store(
            output("shop/moments", type),
            List.of(
                new Moment(Instant.parse("2012-03-01T00:00:00.123456789Z")),
                new Moment(Instant.parse("1900-03-01T00:00:00.999999999Z"))));
    assertThat(this.<List<Moment>>load(input(type, stored)))
        .containsExactly(
            new Moment(Instant.parse("2012-03-01T00:00:00.123456Z")),
            new Moment(Instant.parse("1900-03-01T00:00:00.999999Z")));
  }

  @Test
  @Tag("C58")
  void timesThatTheDatabaseHasNotAreRefusedEitherWay() {
    Type moments = generic(List.class, Moment.class);
    Type days = generic(List.class, Day.class);
    assertThatThrownBy(
            () -> store(output("shop/moments", moments), List.of(new Moment(Instant.MAX))))
        .hasMessageContaining("column 'at'")
        .hasMessageContaining("the time is out of range");
    assertThatThrownBy(() -> store(output("shop/days", days), List.of(new Day(LocalDate.MIN))))
        .hasMessageContaining("the date is out of range");
    assertThatThrownBy(() -> loaded(Moment.class, "'infinity'::timestamptz AS at"))
        .hasMessageContaining("column 'at'")
        .hasMessageContaining("it is infinity");
    assertThatThrownBy(() -> loaded(Day.class, "'-infinity'::date AS day"))
        .hasMessageContaining("it is -infinity");
  }

  @Test
  @Tag("C58")
  void numbersKeepTheirScaleAndFractionsTheirSpecialValues() {
    Type exact = generic(List.class, Exact.class);
    List<Exact> numbers =
        Stream.of("0.00", "-1.50", "1e-30", "123456789012345678901234567890.1", "10000", "0")
            .map(text -> new Exact(new BigDecimal(text)))
            .toList();
    var stored = store(output("shop/exact", exact), numbers);
    assertThat(this.<List<Exact>>load(input(exact, stored))).isEqualTo(numbers);
    assertThatThrownBy(() -> loaded(Exact.class, "'NaN'::numeric AS exact"))
        .hasMessageContaining("it is NaN, which no exact number is");
    Type fractions = generic(List.class, Fractions.class);
    var special =
        List.of(
            new Fractions(Double.POSITIVE_INFINITY, Float.NaN),
            new Fractions(-0.0, Float.NEGATIVE_INFINITY),
            new Fractions(Double.MIN_VALUE, Float.MAX_VALUE));
    var fractional = store(output("shop/fractions", fractions), special);
    assertThat(this.<List<Fractions>>load(input(fractions, fractional))).isEqualTo(special);
  }

  @Test
  @Tag("C58")
  void halfOfASurrogatePairIsRefused() {
    Type type = generic(List.class, Text.class);
    String half = "🌧".substring(0, 1);
    for (String text : List.of(half, "é" + half, half + "x", "🌧".substring(1))) {
      assertThatThrownBy(() -> store(output("shop/texts", type), List.of(new Text(text))))
          .hasMessageContaining("half of a surrogate pair");
    }
  }

  @Test
  @Tag("C60")
  void rowsAreLoadedWithoutTheirClass() {
    warehouse.execute("CREATE SCHEMA shop");
    warehouse.execute(
        "CREATE TABLE shop.any AS SELECT 1 AS a, ARRAY['x', NULL] AS b, '{\"c\": 1}'::jsonb AS j,"
            + " '10.0.0.0/8'::cidr AS unknown, NULL::date AS d");
    try (Stream<Map<String, Object>> rows = load(Contexts.external(GenericType.ROWS, "shop/any"))) {
      var row = rows.toList().getFirst();
      assertThat(row)
          .containsEntry("a", 1)
          .containsEntry("j", "{\"c\": 1}")
          .containsEntry("d", null);
      assertThat(row.get("b")).isEqualTo(Arrays.asList("x", null));
      assertThat(row).doesNotContainKey("unknown");
    }
  }
}
