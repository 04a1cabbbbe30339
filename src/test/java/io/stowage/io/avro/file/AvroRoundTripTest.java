package io.stowage.io.avro.file;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.io.avro.file.Files.read;
import static io.stowage.io.avro.file.Files.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AvroRoundTripTest {
  enum Sky {
    SUN,
    RAIN {
      @Override
      boolean isWet() {
        return true;
      }
    };

    boolean isWet() {
      return false;
    }
  }

  record Numbers(
      boolean flag,
      byte tiny,
      short small,
      int number,
      long big,
      float rough,
      double fine,
      Boolean flagBox,
      Byte tinyBox,
      Short smallBox,
      Integer numberBox,
      Long bigBox,
      Float roughBox,
      Double fineBox) {}

  record Texts(
      String text,
      char letter,
      Character letterBox,
      BigDecimal price,
      BigInteger huge,
      UUID id,
      URI link,
      Sky sky,
      ByteBuffer raw) {}

  record Times(
      Instant instant,
      LocalDate date,
      LocalTime time,
      LocalDateTime local,
      Duration duration,
      Period period,
      YearMonth month,
      OffsetDateTime offset,
      ZonedDateTime zoned) {}

  record Point(double x, double y) {}

  record Nested(
      Point point,
      List<Point> points,
      Collection<String> words,
      Set<Sky> skies,
      Map<String, List<Point>> byName,
      List<List<Integer>> matrix) {}

  record Maybe(
      Optional<String> text,
      Optional<Point> point,
      Optional<List<String>> list,
      @Nullable Integer number,
      @Nullable Point place,
      List<@Nullable String> gaps,
      Map<String, @Nullable Long> counts,
      @Nullable Shape shape,
      Optional<Shape> other) {}

  sealed interface Shape {}

  sealed interface Round extends Shape {}

  record Circle(Point centre, double radius) implements Round {}

  record Ellipse(Point a, Point b) implements Round {}

  record Group(String name, List<Shape> members) implements Shape {}

  enum Nothing implements Shape {
    NOTHING
  }

  record Tree(String name, List<Tree> children, @Nullable Tree parent) {}

  record Arrays3(int[] ints, double[] doubles, String[] words, Point[] points, long[][] grid) {}

  private static final Instant NOW = Instant.parse("2012-03-01T12:00:00.123456Z");
  private static final Circle CIRCLE = new Circle(new Point(1, 2), 3);

  private static void assertKept(Type type, Object... values) throws IOException {
    assertThat(read(type, written(type, List.of(values)))).containsExactly(values);
  }

  private static void assertRowsKept(Class<?> type, Object... rows) throws IOException {
    assertKept(generic(List.class, type), rows);
  }

  @Test
  @DisplayName("C53: numbers come back equal, also the extreme ones")
  void keepsNumbers() throws IOException {
    assertRowsKept(
        Numbers.class,
        new Numbers(
            true,
            (byte) 1,
            (short) 2,
            3,
            4,
            5.5f,
            6.6,
            false,
            (byte) -1,
            (short) -2,
            -3,
            -4L,
            -5.5f,
            -6.6),
        new Numbers(
            false,
            Byte.MIN_VALUE,
            Short.MIN_VALUE,
            Integer.MIN_VALUE,
            Long.MIN_VALUE,
            Float.NaN,
            Double.NaN,
            true,
            Byte.MAX_VALUE,
            Short.MAX_VALUE,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Float.NEGATIVE_INFINITY,
            -0.0));
  }

  @Test
  @DisplayName("C53: texts, decimals with their scale, identifiers and enums come back equal")
  void keepsTexts() throws IOException {
    var buffer = ByteBuffer.wrap(new byte[] {0, 1, -1});
    assertRowsKept(
        Texts.class,
        new Texts(
            "täxt 🌦 ?",
            'ä',
            '\0',
            new BigDecimal("1.00"),
            BigInteger.TWO.pow(200),
            new UUID(1, 2),
            URI.create("s3://a/b%20c"),
            Sky.RAIN,
            buffer),
        new Texts(
            "",
            'x',
            'y',
            new BigDecimal("-1E+9"),
            BigInteger.ZERO,
            new UUID(-1, -2),
            URI.create(""),
            Sky.SUN,
            ByteBuffer.allocate(0)),
        new Texts(
            "a",
            'x',
            'y',
            new BigDecimal("12345678901234567890.0123456789"),
            BigInteger.TEN,
            new UUID(0, 0),
            URI.create("x"),
            Sky.SUN,
            buffer));
    assertThat(buffer.remaining()).isEqualTo(3);
  }

  @Test
  @DisplayName("C53: dates and times come back equal, before the epoch too")
  void keepsTimes() throws IOException {
    var before = Instant.parse("0001-01-01T00:00:00.000001Z");
    assertRowsKept(
        Times.class,
        new Times(
            NOW,
            LocalDate.of(2012, 3, 1),
            LocalTime.of(23, 59, 59, 999_999_000),
            LocalDateTime.of(2012, 3, 1, 1, 2, 3, 4000),
            Duration.ofNanos(1),
            Period.ofMonths(3),
            YearMonth.of(2012, 3),
            OffsetDateTime.parse("2012-03-01T12:00:00+01:00"),
            ZonedDateTime.parse("2012-03-01T12:00:00+01:00[Europe/Berlin]")),
        new Times(
            before,
            LocalDate.of(-44, 3, 15),
            LocalTime.MIDNIGHT,
            LocalDateTime.of(1, 1, 1, 0, 0),
            Duration.ofDays(-1),
            Period.ZERO,
            YearMonth.of(1, 1),
            OffsetDateTime.MIN,
            ZonedDateTime.parse("1900-01-01T00:00:00Z")));
  }

  @Test
  void cutsTimesToMicroseconds() throws IOException {
    assertThat(read(Instant.class, written(Instant.class, List.of(NOW.plusNanos(789)))))
        .containsExactly(NOW);
  }

  @Test
  @DisplayName("C53: nested records and collections come back equal, empty ones included")
  void keepsNestedValues() throws IOException {
    var point = new Point(1, -1);
    assertRowsKept(
        Nested.class,
        new Nested(
            point,
            List.of(point, point),
            List.of("a"),
            Set.of(Sky.SUN, Sky.RAIN),
            Map.of("a", List.of(point), "b", List.of()),
            List.of(List.of(1), List.of())),
        new Nested(point, List.of(), List.of(), Set.of(), Map.of(), List.of()));
  }

  @Test
  @DisplayName("C53: what may be null comes back as it was")
  void keepsNulls() throws IOException {
    var gaps = Arrays.asList("a", null, "");
    Map<String, Long> counts = Collections.singletonMap("a", null);
    assertRowsKept(
        Maybe.class,
        new Maybe(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            null,
            null,
            gaps,
            counts,
            null,
            Optional.empty()),
        new Maybe(
            Optional.of(""),
            Optional.of(new Point(0, 0)),
            Optional.of(List.of()),
            0,
            new Point(1, 1),
            List.of(),
            Map.of(),
            CIRCLE,
            Optional.of(Nothing.NOTHING)));
  }

  @Test
  @DisplayName("C53: sealed interfaces and records that hold themselves come back equal")
  void keepsUnionsAndTrees() throws IOException {
    assertRowsKept(
        Shape.class,
        CIRCLE,
        Nothing.NOTHING,
        new Ellipse(new Point(0, 0), new Point(1, 1)),
        new Group("g", List.of(CIRCLE, new Group("h", List.of()))));
    assertKept(Shape.class, CIRCLE);
    var leaf = new Tree("leaf", List.of(), null);
    assertRowsKept(Tree.class, leaf, new Tree("root", List.of(leaf, leaf), leaf));
  }

  @Test
  @DisplayName("C53: arrays come back equal")
  void keepsArrays() throws IOException {
    var row =
        new Arrays3(
            new int[] {1, 2},
            new double[0],
            new String[] {"a"},
            new Point[] {new Point(1, 2)},
            new long[][] {{1}, {}});
    Type rows = generic(List.class, Arrays3.class);
    assertThat(read(rows, written(rows, List.of(row))))
        .singleElement()
        .usingRecursiveComparison()
        .isEqualTo(row);
    assertThat(
            (byte[])
                read(byte[].class, written(byte[].class, List.of(new byte[] {1, -1}))).getFirst())
        .containsExactly(1, -1);
  }

  @Test
  void keepsRecordsDeclaredInsideOfAMethod() throws IOException {
    record Local(String name) {}
    assertRowsKept(Local.class, new Local("a"));
  }
}
