package io.stowage.io.avro.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Alias;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.avro.file.AvroCompression;
import io.stowage.io.avro.file.AvroFileReader;
import io.stowage.io.avro.file.AvroFileWriter;
import io.stowage.io.avro.file.AvroSchemas;
import io.stowage.io.avro.file.AvroType;
import io.stowage.io.avro.schema.SchemaChange.Added;
import io.stowage.io.avro.schema.SchemaChange.Incompatible;
import io.stowage.io.avro.schema.SchemaChange.Promoted;
import io.stowage.io.avro.schema.SchemaChange.Removed;
import io.stowage.io.avro.schema.SchemaChange.Renamed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SchemaChangesTest {
  enum Sky {
    SUN,
    RAIN
  }

  /** Declared elsewhere, and with more constants. */
  static final class Later {
    enum Sky {
      FOG,
      RAIN,
      SUN
    }

    record Station(@Alias("place") String city, long height, List<String> tags) {}
  }

  static final class Less {
    enum Sky {
      SUN
    }
  }

  record Station(String place, int height) {}

  record Old(
      String name, int size, Sky sky, Station station, List<Station> others, String dropped) {}

  record New(
      Optional<String> added,
      Map<String, String> labels,
      @Alias({"title", "name"}) String label,
      double size,
      Later.@Nullable Sky sky,
      Later.Station station,
      List<Later.Station> others) {}

  record WithSky(Sky sky) {}

  record WithLessSky(Less.Sky sky) {}

  record Nullable1(@Nullable String name) {}

  record NotNullable(String name) {}

  record Dated(LocalDate at) {}

  record Timed(Instant at) {}

  record Numbered(long at) {}

  record Required(String name, String more) {}

  record Tree(String name, List<Tree> children) {}

  record Node(@Alias("name") String label, List<Node> children, int weight) {}

  record NodeWithDefault(@Alias("name") String label, List<NodeWithDefault> children) {}

  sealed interface Shape {}

  record Circle(double radius) implements Shape {}

  record Square(double side) implements Shape {}

  static final class Moved {
    sealed interface Shape {}

    record Circle(double radius, Optional<String> colour) implements Shape {}

    @Alias("io.stowage.io.avro.schema.SchemaChangesTest.Square")
    record Box(@Alias("side") double edge) implements Shape {}

    record Dot() implements Shape {}
  }

  record Drawing(Shape shape) {}

  record MovedDrawing(Moved.Shape shape) {}

  private static SchemaChanges between(Class<?> writer, Class<?> reader) {
    return SchemaChanges.between(AvroSchemas.of(writer), AvroSchemas.of(reader));
  }

  private static Object reread(Object value, Class<?> as) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer =
        AvroFileWriter.open(
            bytes, AvroType.of(value.getClass()), AvroCompression.DEFAULT, Map.of())) {
      writer.append(value);
    }
    try (var reader =
        AvroFileReader.open(new ByteArrayInputStream(bytes.toByteArray()), AvroType.of(as))) {
      return reader.datum();
    }
  }

  private static void assertRefused(Object value, Class<?> as, String... words) {
    assertThatThrownBy(() -> reread(value, as))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
        .hasMessageContainingAll(words);
  }

  @Test
  @DisplayName("C55: what was added, removed, renamed, promoted loads as the new type")
  void readsTheOldAsTheNew() throws IOException {
    var seattle = new Station("Seattle", 50);
    var old = new Old("n", 7, Sky.RAIN, seattle, List.of(seattle), "gone");
    var later = new Later.Station("Seattle", 50L, List.of());

    assertThat(reread(old, New.class))
        .isEqualTo(
            new New(Optional.empty(), Map.of(), "n", 7.0, Later.Sky.RAIN, later, List.of(later)));
    assertThat(between(Old.class, New.class).list())
        .contains(
            new Added("added", "string or null", true),
            new Added("labels", "map of string", true),
            new Renamed("label", "name"),
            new Promoted("size", "int", "double"),
            new Renamed("station.city", "place"),
            new Promoted("station.height", "int", "long"),
            new Removed("dropped", "string"));
    assertThat(between(Old.class, New.class).backward()).isTrue();
    assertThat(between(Old.class, New.class).full()).isFalse();
    assertThat(between(Old.class, New.class).forwardRefusal()).contains("'name'", "'size'");
  }

  @Test
  @DisplayName("C55: nothing changed between a schema and itself, recursive ones included")
  void findsNothingWhereNothingChanged() {
    for (Class<?> type : List.of(Old.class, New.class, Tree.class, Drawing.class)) {
      SchemaChanges changes = between(type, type);
      assertThat(changes.list()).isEmpty();
      assertThat(changes.full()).isTrue();
      assertThat(changes).hasToString("nothing changed");
    }
  }

  @Test
  @DisplayName("C55: an incompatible change is refused before a row is read, with the field named")
  void refusesIncompatibleChanges() {
    assertRefused(
        new NotNullable("a"),
        Required.class,
        "'more' (string) was added without a default",
        "@Alias");
    assertRefused(new Numbered(1), NotNullable.class, "'name'", "was added without a default");
    assertRefused(
        new Nullable1("a"),
        NotNullable.class,
        "field 'name' was stored as string or null, which cannot be read as string");
    assertRefused(
        new WithSky(Sky.SUN),
        WithLessSky.class,
        "field 'sky' was stored as 'RAIN'",
        "enum Sky, which lacks it");
    assertRefused(
        "text", Integer.class, "the value was stored as string, which cannot be read as int");
    assertThat(between(Tree.class, Node.class).list()).contains(new Added("weight", "int", false));
  }

  @Test
  @DisplayName("C55: days are not read as microseconds, though Avro would")
  void refusesANumberWithAnotherMeaning() throws IOException {
    assertRefused(
        new Dated(LocalDate.EPOCH),
        Timed.class,
        "field 'at' was stored as date, which cannot be read as timestamp-micros");
    assertRefused(new Numbered(1), Timed.class, "'at'", "timestamp-micros");
    assertRefused(new Dated(LocalDate.EPOCH), Numbered.class, "'at'");
    assertThat(reread(new Timed(Instant.EPOCH.plusSeconds(1)), Numbered.class))
        .isEqualTo(new Numbered(1_000_000));
    Schema millis =
        SchemaBuilder.record("Timed")
            .fields()
            .name("at")
            .type(
                org.apache.avro.LogicalTypes.timestampMillis()
                    .addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .endRecord();
    assertThat(SchemaChanges.between(millis, AvroSchemas.of(Timed.class)).list())
        .containsExactly(new Incompatible("at", "timestamp-millis", "timestamp-micros"));
  }

  @Test
  void readsWhatBecameNullable() throws IOException {
    assertThat(reread(new NotNullable("a"), Nullable1.class)).isEqualTo(new Nullable1("a"));
    assertThat(between(NotNullable.class, Nullable1.class).list())
        .containsExactly(new Promoted("name", "string", "string or null"));
    assertThat(between(NotNullable.class, Nullable1.class).full()).isFalse();
  }

  @Test
  void findsARenamedFieldInARenamedRecordThatHoldsItself() throws IOException {
    var tree = new Tree("a", List.of(new Tree("b", List.of())));
    assertThat(reread(tree, NodeWithDefault.class))
        .isEqualTo(new NodeWithDefault("a", List.of(new NodeWithDefault("b", List.of()))));
  }

  @Test
  void matchesTheBranchesOfASealedInterfaceByNameAndAlias() throws IOException {
    assertThat(reread(new Drawing(new Circle(2)), MovedDrawing.class))
        .isEqualTo(new MovedDrawing(new Moved.Circle(2, Optional.empty())));
    assertThat(reread(new Drawing(new Square(3)), MovedDrawing.class))
        .isEqualTo(new MovedDrawing(new Moved.Box(3)));
    assertThat(between(MovedDrawing.class, Drawing.class).backward()).isFalse();
  }

  @Test
  void tellsSchemasApartByTheirFingerprints() {
    assertThat(SchemaFingerprint.of(AvroSchemas.of(Old.class)))
        .hasSize(64)
        .isEqualTo(SchemaFingerprint.of(AvroSchemas.of(Old.class)))
        .isNotEqualTo(SchemaFingerprint.of(AvroSchemas.of(New.class)));
  }
}
