package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.store.memory.MemoryObjectStore;
import io.stowage.testing.Materialize;
import io.stowage.testing.Settings;
import jakarta.enterprise.inject.Vetoed;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the default manager's objects give back, and where they lie. */
class KeepingValuesTest {
  enum Size {
    SMALL,
    LARGE
  }

  record Part(String name, @Nullable Part inner) {}

  record Everything(
      boolean flag,
      byte tiny,
      short small,
      int whole,
      long wide,
      float rough,
      double exact,
      char letter,
      String text,
      BigDecimal price,
      UUID id,
      Instant at,
      LocalDate day,
      LocalTime hour,
      LocalDateTime moment,
      Size size,
      Part part,
      List<Part> parts,
      Set<String> words,
      Map<String, Long> counts,
      Optional<String> maybe,
      @Nullable Integer perhaps) {}

  private static final Everything FULL =
      new Everything(
          true,
          (byte) -1,
          (short) 300,
          Integer.MIN_VALUE,
          Long.MAX_VALUE,
          1.5f,
          Math.PI,
          'ß',
          "naïve \u0000 \uD83C\uDF27",
          new BigDecimal("12345678901234567890.123456789"),
          UUID.fromString("0198c0de-0000-7000-8000-000000000001"),
          Instant.parse("2026-11-23T10:11:12.123456Z"),
          LocalDate.of(2026, 2, 28),
          LocalTime.of(23, 59, 59, 999_999_000),
          LocalDateTime.of(1969, 12, 31, 23, 0),
          Size.LARGE,
          new Part("a", new Part("b", null)),
          List.of(new Part("c", null)),
          Set.of("x"),
          Map.of("n", 1L),
          Optional.of("yes"),
          7);
  private static final Everything EMPTY =
      new Everything(
          false,
          (byte) 0,
          (short) 0,
          0,
          0,
          -0.0f,
          Double.NEGATIVE_INFINITY,
          ' ',
          "",
          BigDecimal.ZERO,
          new UUID(0, 0),
          Instant.EPOCH,
          LocalDate.EPOCH,
          LocalTime.MIDNIGHT,
          LocalDateTime.of(1970, 1, 1, 0, 0),
          Size.SMALL,
          new Part("", null),
          List.of(),
          Set.of(),
          Map.of(),
          Optional.empty(),
          null);

  @Vetoed
  @AssetGroup("kept")
  static class Kept {
    @Asset
    List<Everything> rows() {
      return List.of(FULL, EMPTY);
    }

    @Asset
    Stream<Everything> streamed(Stream<Everything> rows) {
      return rows;
    }

    @Asset
    List<Everything> none() {
      return List.of();
    }

    @Asset
    Stream<Everything> noneStreamed(List<Everything> none) {
      return none.stream();
    }

    @Asset
    Everything datum() {
      return FULL;
    }

    @Asset
    double scalar() {
      return -0.5;
    }

    @Asset
    List<Long> scalars() {
      return List.of(1L, Long.MIN_VALUE);
    }

    @Asset
    List<String> noScalars() {
      return List.of();
    }

    @Asset
    Map<String, List<Part>> map() {
      return new TreeMap<>(Map.of("a", List.of(new Part("b", null)), "", List.of()));
    }

    @Asset
    byte[] bytes() {
      return new byte[] {0, -1};
    }

    @Asset
    String all(
        List<Everything> streamed,
        Stream<Everything> noneStreamed,
        Everything datum,
        double scalar,
        List<Long> scalars,
        Map<String, List<Part>> map) {
      return streamed.equals(List.of(FULL, EMPTY))
              && noneStreamed.findAny().isEmpty()
              && datum.equals(FULL)
              && scalar == -0.5
              && scalars.equals(List.of(1L, Long.MIN_VALUE))
              && map.get("").isEmpty()
          ? "the same"
          : "not the same";
    }
  }

  private final MemoryObjectStore store = new MemoryObjectStore("lake");

  private AvroIoManager avro(Map<String, String> settings) {
    return new AvroIoManager(store, Settings.of(AvroSettings.class, settings));
  }

  @Test
  @Tag("C53")
  void everySupportedTypeIsGivenBackAsItWas() {
    var result = Materialize.assets(Kept.class).manager("default", avro(Map.of())).run().orThrow();
    assertThat(result.rows("kept/rows", Everything.class)).containsExactly(FULL, EMPTY);
    assertThat(result.rows("kept/streamed", Everything.class)).containsExactly(FULL, EMPTY);
    assertThat(result.rows("kept/none", Everything.class)).isEmpty();
    assertThat(result.rows("kept/noneStreamed", Everything.class)).isEmpty();
    assertThat(result.value("kept/datum")).isEqualTo(FULL);
    assertThat(result.value("kept/scalar")).isEqualTo(-0.5);
    assertThat(result.value("kept/scalars")).isEqualTo(List.of(1L, Long.MIN_VALUE));
    assertThat(result.value("kept/noScalars")).isEqualTo(List.of());
    assertThat(result.value("kept/map"))
        .isEqualTo(Map.of("a", List.of(new Part("b", null)), "", List.of()));
    assertThat(result.value("kept/bytes")).isEqualTo(new byte[] {0, -1});
    assertThat(result.value("kept/all")).isEqualTo("the same");
  }

  @ParameterizedTest
  @Tag("C52")
  @CsvSource({"'',kept/scalar/", "a,a/kept/scalar/", "/a/b/,a/b/kept/scalar/"})
  void aPrefixIsAFolderAndMayBeEmpty(String prefix, String folder) {
    Materialize.assets(Kept.class)
        .manager("default", avro(Map.of("prefix", prefix)))
        .select("kept/scalar")
        .run()
        .orThrow();
    assertThat(store.list(folder)).hasSize(1);
    assertThat(store.list("")).hasSize(1);
  }

  @Test
  @Tag("C52")
  void withoutAPrefixTheKeyIsTheFolder() {
    Materialize.assets(Kept.class)
        .manager("default", avro(Map.of()))
        .select("kept/scalar")
        .run()
        .orThrow();
    assertThat(store.list("kept/scalar/")).hasSize(1);
  }
}
