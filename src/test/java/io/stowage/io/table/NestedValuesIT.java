package io.stowage.io.table;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Alias;
import java.lang.reflect.Type;
import java.math.BigDecimal;
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
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values that are no single ones: arrays of PostgreSQL, and {@code jsonb}. */
class NestedValuesIT extends TablesUnderTest {
  enum Colour {
    RED,
    GREEN
  }

  record Several(
      List<String> tags,
      Set<Long> ids,
      int[] counts,
      List<Colour> colours,
      List<@Nullable Double> gaps,
      Optional<List<LocalDate>> days,
      List<Optional<UUID>> maybe,
      byte[][] blobs) {}

  record Station(String city, @Nullable Double height, List<Station> below) {}

  record Reading(
      Instant at,
      LocalDateTime local,
      LocalDate day,
      LocalTime time,
      UUID id,
      BigDecimal exact,
      double number,
      float single,
      long whole,
      char letter,
      boolean flag,
      Colour colour,
      URI link,
      Duration took,
      byte @Nullable [] bytes) {}

  sealed interface Shape {
    record Circle(double radius) implements Shape {}

    record Box(int width, int height) implements Shape {}

    enum Named implements Shape {
      POINT
    }
  }

  record Nested(
      long id,
      Station station,
      Map<String, Integer> counts,
      List<Shape> shapes,
      @Nullable Shape shape,
      Optional<Map<String, List<Reading>>> readings) {}

  record Word(String word) {}

  record Said(List<Word> words) {}

  record Free(Object anything) {}

  record ByNumber(Map<Integer, String> names) {}

  record Before(Part part) {}

  record Part(String a, int gone) {}

  record After(PartNow part) {}

  record PartNow(@Alias("a") String renamed, Optional<String> more, List<String> list) {}

  record Strict(PartStrict part) {}

  record PartStrict(String a, int missing) {}

  private static final Reading READING =
      new Reading(
          Instant.parse("2012-03-01T00:00:00.123456789Z"),
          LocalDateTime.parse("2012-03-01T12:00:01"),
          LocalDate.parse("2012-03-01"),
          LocalTime.parse("23:59:59.999999999"),
          UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"),
          new BigDecimal("12345678901234567890.100"),
          Double.NEGATIVE_INFINITY,
          0.1f,
          Long.MIN_VALUE,
          'é',
          true,
          Colour.GREEN,
          URI.create("http://localhost/a?b"),
          Duration.ofMillis(-1500),
          null);

  private <T> T roundTrip(Class<T> type, T value) {
    Type list = generic(List.class, type);
    var stored = store(output("shop/nested", list), List.of(value));
    return this.<List<T>>load(input(list, stored)).getFirst();
  }

  @Test
  @Tag("C58")
  void severalSingleValuesAreAnArray() {
    var value =
        new Several(
            List.of("a", "", "quoted \" , {} \\", "🌧"),
            Set.of(1L, Long.MIN_VALUE),
            new int[] {3, -1},
            List.of(Colour.GREEN, Colour.RED),
            Arrays.asList(1.5, null, Double.NaN),
            Optional.of(List.of(LocalDate.EPOCH)),
            List.of(Optional.of(new UUID(0, 1)), Optional.empty()),
            new byte[][] {{1, 2}, {}});
    assertThat(roundTrip(Several.class, value))
        .usingRecursiveComparison()
        .withComparatorForType(Double::compare, Double.class)
        .isEqualTo(value);
    assertThat(
            warehouse.query(
                "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                    + " WHERE attrelid = 'shop.nested'::regclass AND attnum > 0 ORDER BY attnum"))
        .containsExactly(
            "text[]",
            "bigint[]",
            "integer[]",
            "text[]",
            "double precision[]",
            "date[]",
            "uuid[]",
            "bytea[]");
    assertThat(warehouse.query("SELECT tags[3] FROM shop.nested WHERE 'GREEN' = ANY (colours)"))
        .containsExactly("quoted \" , {} \\");
  }

  @Test
  @Tag("C58")
  void emptyArraysAndNoneAreNotTheSame() {
    var value =
        new Several(
            List.of(),
            Set.of(),
            new int[0],
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            new byte[0][]);
    assertThat(roundTrip(Several.class, value))
        .usingRecursiveComparison()
        .withComparatorForType(Double::compare, Double.class)
        .isEqualTo(value);
  }

  @Test
  @Tag("C58")
  void recordsMapsAndSealedTypesAreJson() {
    var value =
        new Nested(
            7,
            new Station("Seattle", null, List.of(new Station("Tacoma", 1.25, List.of()))),
            Map.of("a \" b", 1, "", -1),
            List.of(new Shape.Circle(2), new Shape.Box(1, 2), Shape.Named.POINT),
            null,
            Optional.of(Map.of("x", List.of(READING))));
    assertThat(roundTrip(Nested.class, value)).isEqualTo(value);
    assertThat(
            warehouse.query(
                "SELECT station #>> '{below,0,city}' || (shapes -> 0 -> 'Circle' ->> 'radius')"
                    + " || (shapes -> 2 ->> 'Named') FROM shop.nested WHERE counts ? 'a \" b'"))
        .containsExactly("Tacoma2.0POINT");
  }

  @Test
  @Tag("C58")
  void aNestedValueThatCannotBeNamesItsPlace() {
    Type said = generic(List.class, Said.class);
    assertThatThrownBy(
            () ->
                store(
                    output("shop/said", said),
                    List.of(new Said(List.of(new Word("a"), new Word("b\0c"))))))
        .hasMessageContaining("record 1")
        .hasMessageContaining("column 'words'")
        .hasMessageContaining("in 'word'")
        .hasMessageContaining("code 0");
    assertThatThrownBy(
            () -> store(output("shop/said", said), List.of(new Said(List.of(new Word(null))))))
        .hasMessageContaining("in 'word': it is null");
  }

  @Test
  @Tag("C58")
  void aTypeThatHasNoColumnIsToldWhenAWorkerStarts() {
    var factory = new TableIoManagerFactory();
    var settings = new Warehouse.Settings("warehouse", Optional.empty(), Optional.empty());
    Type free = generic(List.class, Free.class);
    assertThat(factory.stores(settings, free)).isFalse();
    assertThat(factory.loads(settings, generic(List.class, ByNumber.class))).isFalse();
    assertThat(factory.stores(settings, generic(List.class, Nested.class))).isTrue();
    assertThat(factory.stores(settings, generic(List.class, Several.class))).isTrue();
    assertThat(factory.stores(settings, String.class)).isFalse();
    assertThat(factory.stores(settings, generic(Map.class, String.class, Warehouse.ROWS))).isTrue();
    assertThatThrownBy(() -> store(output("shop/free", free), List.of()))
        .hasMessageContaining("component 'anything' of record 'Free'")
        .hasMessageContaining("declare what it holds");
  }

  @Test
  @Tag("C58")
  void aNestedRecordMayGainAndLoseWhatMayBeNull() {
    var stored =
        store(
            output("shop/parts", generic(List.class, Before.class)),
            List.of(new Before(new Part("x", 3))));
    Type after = generic(List.class, After.class);
    assertThat(this.<List<After>>load(input(after, stored)))
        .containsExactly(new After(new PartNow("x", Optional.empty(), List.of())));
    assertThatThrownBy(() -> load(input(generic(List.class, Strict.class), stored)))
        .hasMessageContaining("column 'part'")
        .hasMessageContaining("in 'missing'");
  }
}
