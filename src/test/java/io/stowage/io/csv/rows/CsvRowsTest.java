package io.stowage.io.csv.rows;

import static io.stowage.fixture.Contexts.generic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Alias;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CsvRowsTest {
  enum Sky {
    SUN,
    RAIN
  }

  record Station(String location, LocalDate date, double tempMax, @Nullable Double wind) {}

  record All(
      boolean flag,
      byte tiny,
      short small,
      int number,
      long big,
      float rough,
      double fine,
      char letter,
      String text,
      BigDecimal price,
      BigInteger huge,
      Instant instant,
      LocalDate date,
      LocalTime time,
      LocalDateTime local,
      Duration duration,
      UUID id,
      URI link,
      Sky sky,
      Optional<String> maybe,
      @Nullable Integer nothing) {}

  record Single(@Nullable String text) {}

  record Aliased(@Alias("t_max") double high) {}

  record Nested(Station station) {}

  record Listed(List<String> words) {}

  private static final Type MAP = generic(Map.class, String.class, String.class);
  private static final Type LIST = generic(List.class, String.class);

  private static List<Object> read(Type type, String text) throws IOException {
    return read(type, text.getBytes(StandardCharsets.UTF_8), CsvFormat.DEFAULT);
  }

  private static List<Object> read(Type type, byte[] bytes, CsvFormat format) throws IOException {
    try (var reader = CsvRowReader.open(new ByteArrayInputStream(bytes), type, format)) {
      var rows = new ArrayList<>();
      reader.forEachRemaining(rows::add);
      return rows;
    }
  }

  private static byte[] written(Type type, CsvFormat format, Object... rows) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = CsvRowWriter.open(bytes, type, format)) {
      for (Object row : rows) {
        writer.append(row);
      }
      assertThat(writer.rows()).isEqualTo(rows.length);
    }
    return bytes.toByteArray();
  }

  private static String written(Type type, Object... rows) throws IOException {
    return new String(written(type, CsvFormat.DEFAULT, rows), StandardCharsets.UTF_8);
  }

  private static AbstractThrowableAssert<?, ?> assertBad(ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA));
  }

  private static AbstractThrowableAssert<?, ?> assertMismatch(ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_MISMATCH));
  }

  @Test
  @DisplayName("C56: rows of every type come back equal")
  void keepsRows() throws IOException {
    var row =
        new All(
            true,
            (byte) -1,
            (short) 2,
            3,
            Long.MIN_VALUE,
            1.5f,
            Double.NaN,
            'ä',
            "a \"quoted\", text\r\nof two lines ",
            new BigDecimal("1.00"),
            BigInteger.TEN.pow(30),
            Instant.parse("2012-03-01T12:00:00.123456789Z"),
            LocalDate.of(2012, 3, 1),
            LocalTime.NOON,
            LocalDateTime.of(2012, 3, 1, 1, 2),
            Duration.ofHours(1),
            new UUID(1, 2),
            URI.create("s3://a"),
            Sky.RAIN,
            Optional.of(""),
            null);
    var other =
        new All(
            false,
            (byte) 1,
            (short) 2,
            3,
            4,
            -1.5f,
            1e300,
            ',',
            "",
            BigDecimal.ZERO,
            BigInteger.ZERO,
            Instant.EPOCH,
            LocalDate.EPOCH,
            LocalTime.MIDNIGHT,
            LocalDateTime.MIN,
            Duration.ZERO,
            new UUID(0, 0),
            URI.create("x"),
            Sky.SUN,
            Optional.empty(),
            0);

    assertThat(read(All.class, written(All.class, row, other))).containsExactly(row, other);
    assertThat(read(All.class, written(All.class))).isEmpty();
  }

  @Test
  @DisplayName("C56: quotes where RFC 4180 says so, and tells null from an empty text")
  void writesTextAsTheStandardSays() throws IOException {
    assertThat(
            written(
                Station.class,
                new Station("a, \"b\"", LocalDate.EPOCH, 1, null),
                new Station("", LocalDate.EPOCH, 2, 3.5)))
        .isEqualTo(
            "location,date,tempMax,wind\r\n\"a, \"\"b\"\"\",1970-01-01,1.0,\r\n\"\",1970-01-01,2.0,3.5\r\n");
  }

  @Test
  @DisplayName(
      "C56: columns are found by name, whatever their order, case, underscores and company")
  void findsColumnsByName() throws IOException {
    String text =
        "\uFEFFwind,DATE,extra,temp_max,Location\n,2012-03-01,x,12.8,Seattle\n\n4.5, 2012-03-02 ,x,13,\"New\nYork\"\n";
    assertThat(read(Station.class, text))
        .containsExactly(
            new Station("Seattle", LocalDate.of(2012, 3, 1), 12.8, null),
            new Station("New\nYork", LocalDate.of(2012, 3, 2), 13, 4.5));
    assertThat(read(Station.class, "location,date,tempMax,temp_max\na,2012-03-01,1,2\n"))
        .containsExactly(new Station("a", LocalDate.of(2012, 3, 1), 1, null));
    assertThat(read(Aliased.class, "t_max\n3\n")).containsExactly(new Aliased(3));
  }

  @Test
  void keepsNullsOfASingleColumn() throws IOException {
    assertThat(
            read(
                Single.class,
                written(
                    Single.class,
                    new Single("a"),
                    new Single(null),
                    new Single(""),
                    new Single(null))))
        .containsExactly(new Single("a"), new Single(null), new Single(""), new Single(null));
  }

  @Test
  void keepsMapsAndLists() throws IOException {
    var map = Map.of("a", "1", "b", "");
    assertThat(read(MAP, written(MAP, map, map))).containsExactly(map, map);
    assertThat(read(MAP, written(MAP))).isEmpty();
    assertThat(read(LIST, written(LIST, List.of("a", "b"), List.of("", "c", "d"))))
        .containsExactly(List.of("a", "b"), List.of("", "c", "d"));
    assertMismatch(() -> written(MAP, map, Map.of("a", "1")))
        .hasMessageContainingAll("record 2", "its keys are [a]");
    assertMismatch(() -> written(LIST, Arrays.asList("a", null)))
        .hasMessageContaining("'1': null is not a text");
  }

  @Test
  void readsOtherSeparatorsAndCharsets() throws IOException {
    var format = new CsvFormat(';', Charset.forName("ISO-8859-1"));
    var row = new Station("Zürich; Ort", LocalDate.EPOCH, 1, 2.0);
    byte[] bytes = written(Station.class, format, row);
    assertThat(read(Station.class, bytes, format)).containsExactly(row);
    assertBad(() -> read(Station.class, bytes, new CsvFormat(';', StandardCharsets.UTF_8)))
        .hasMessageContainingAll("not UTF-8", "charset");
    assertMismatch(
            () -> written(Station.class, format, new Station("日本", LocalDate.EPOCH, 1, null)))
        .hasMessageContaining("ISO-8859-1");
    assertThatThrownBy(() -> new CsvFormat('"', StandardCharsets.UTF_8))
        .hasMessageContaining("separator");
  }

  @Test
  @DisplayName("C56: a bad row is reported with its line and column")
  void reportsBadRows() {
    String header = "location,date,temp_max\n";
    assertBad(() -> read(Station.class, header + "\"a\nb\",2012-03-01,1\nc,2012-03-01,\"12,8\"\n"))
        .hasMessage("line 4, column 'temp_max': '12,8' is not a number (double)");
    assertBad(() -> read(Station.class, header + "a,01.03.2012,1\n"))
        .hasMessageContainingAll("line 2, column 'date'", "a date such as 2012-03-01");
    assertBad(() -> read(Station.class, header + "a,2012-03-01,\n"))
        .hasMessageContaining("column 'temp_max': empty, but 'tempMax' is neither");
    assertBad(() -> read(Station.class, header + "a,2012-03-01,12d\n"))
        .hasMessageContaining("'12d' is not a number");
    assertBad(() -> read(Station.class, header + "a,2012-03-01\n"))
        .hasMessage("line 2 has 2 cells, but the header has 3");
    assertBad(() -> read(Station.class, header + "a,2012-03-01,1,2\n"))
        .hasMessage("line 2 has 4 cells, but the header has 3");
    assertBad(() -> read(Station.class, header + "\"a\"b,2012-03-01,1\n"))
        .hasMessageContaining("after line 1");
  }

  @Test
  @DisplayName("C56: a missing column is named")
  void reportsMissingColumns() {
    assertBad(() -> read(Station.class, "location,date\n"))
        .hasMessage("there is no column 'tempMax': the header has location, date");
    assertBad(() -> read(Station.class, "location,date,temp_max,TEMP-MAX\n"))
        .hasMessageContaining("both stand for 'tempMax'");
    assertBad(() -> read(Station.class, "")).hasMessageContaining("empty");
    assertBad(() -> read(MAP, "a,a\n1,2\n")).hasMessageContaining("'a' twice");
  }

  @Test
  @DisplayName("C17: what has no cell is refused with the component or the record")
  void refusesWhatHasNoCell() {
    assertMismatch(() -> written(Nested.class))
        .hasMessageContainingAll("in 'station' of", "a nested record has no single cell");
    assertMismatch(() -> written(Listed.class)).hasMessageContaining("in 'words' of");
    assertMismatch(() -> written(String.class)).hasMessageContaining("cannot be a row of CSV");
    assertMismatch(
            () ->
                written(
                    Station.class,
                    new Station("a", LocalDate.EPOCH, 1, 1.0),
                    new Station(null, LocalDate.EPOCH, 1, null)))
        .hasMessageContainingAll("record 2", "'location': null is not allowed there");
    assertMismatch(() -> written(Station.class, "text")).hasMessageContaining("not 'Station'");
  }
}
