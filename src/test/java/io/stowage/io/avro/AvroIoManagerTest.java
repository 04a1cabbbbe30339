package io.stowage.io.avro;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.fixture.RecordedOutput;
import io.stowage.fixture.StoreSettings;
import io.stowage.store.ObjectInfo;
import io.stowage.store.memory.MemoryObjectStore;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AvroIoManagerTest {
  enum Colour {
    RED,
    GREEN
  }

  record Inner(String name, List<Integer> numbers) {}

  record Row(
      long id,
      String text,
      double number,
      boolean flag,
      LocalDate date,
      Instant time,
      Colour colour,
      Inner inner,
      List<String> words,
      Map<String, Long> counts,
      Optional<String> maybe,
      @Nullable Inner nothing) {
    static Row of(long id) {
      return new Row(
          id,
          "täxt " + id,
          id / 3.0,
          id % 2 == 0,
          LocalDate.of(2012, 3, 1).plusDays(id),
          Instant.parse("2012-03-01T12:00:00.123456Z").plusSeconds(id),
          Colour.values()[(int) (id % 2)],
          new Inner("inner", List.of(1, 2)),
          List.of("a", "b"),
          Map.of("x", id),
          id % 2 == 0 ? Optional.of("here") : Optional.empty(),
          null);
    }
  }

  record Old(String name, int size, String dropped) {}

  record New(String name, long size, Optional<String> added) {}

  record Incompatible(int name, int size) {}

  private static final Type ROWS = generic(List.class, Row.class);

  private final MemoryObjectStore store = new MemoryObjectStore("test");
  private final AvroIoManager manager = manager(Map.of());

  private AvroIoManager manager(Map<String, String> settings) {
    return new AvroIoManager(store, StoreSettings.of(AvroSettings.class, settings));
  }

  private RecordedOutput stored(Type type, @Nullable Object value) throws Exception {
    var context = output("lake/things", type);
    manager.handleOutput(context, value);
    return context;
  }

  private void assertKept(Type type, Object value) throws Exception {
    assertThat(manager.loadInput(input(type, stored(type, value)))).isEqualTo(value);
  }

  private DataFileStream<GenericRecord> file(RecordedOutput context) throws Exception {
    var reader = store.open(store.keyOf(context.object().location()));
    return new DataFileStream<>(reader.stream(), new GenericDatumReader<>());
  }

  @Test
  @DisplayName("C53: records of every type come back equal")
  void keepsRows() throws Exception {
    assertKept(ROWS, LongStream.range(0, 100).mapToObj(Row::of).toList());
  }

  @Test
  @DisplayName("C53: no rows come back as no rows")
  void keepsNoRows() throws Exception {
    assertKept(ROWS, List.of());
    assertThat(stored(ROWS, List.of()).object().rows()).isZero();
  }

  @Test
  @DisplayName(
      "C53: a record, a scalar, a list of scalars, a map, bytes and text are one datum each")
  void keepsData() throws Exception {
    assertKept(Row.class, Row.of(7));
    assertKept(String.class, "täxt");
    assertKept(Long.class, 1L << 40);
    assertKept(int.class, 42);
    assertKept(Double.class, 0.1);
    assertKept(Boolean.class, true);
    assertKept(LocalDate.class, LocalDate.of(2012, 3, 1));
    assertKept(BigDecimal.class, new BigDecimal("12345678901234567890.50"));
    assertKept(generic(List.class, Long.class), List.of(1L, 2L, 3L));
    assertKept(generic(List.class, String.class), List.of());
    assertKept(generic(Map.class, String.class, Double.class), Map.of("a", 1.5, "b", -0.5));
    assertKept(
        generic(Map.class, String.class, generic(List.class, Inner.class)),
        Map.of("a", List.of(new Inner("x", List.of()))));
    assertThat(stored(String.class, "x").object().rows()).isEqualTo(-1);
    byte[] bytes = {0, 1, -1};
    assertThat((byte[]) manager.loadInput(input(byte[].class, stored(byte[].class, bytes))))
        .isEqualTo(bytes);
  }

  @Test
  @DisplayName("C22: null comes back as null")
  void keepsNull() throws Exception {
    assertThat(manager.loadInput(input(String.class, stored(String.class, null)))).isNull();
    assertThat(manager.loadInput(input(Row.class, stored(Row.class, null)))).isNull();
    assertThat(manager.loadInput(input(ROWS, stored(ROWS, null)))).isNull();
  }

  @Test
  void keepsGenericRecords() throws Exception {
    Schema schema =
        SchemaBuilder.record("Thing")
            .fields()
            .requiredString("name")
            .requiredInt("size")
            .endRecord();
    Type type = generic(Stream.class, GenericRecord.class);
    var things =
        IntStream.range(0, 10)
            .mapToObj(
                i -> new GenericRecordBuilder(schema).set("name", "n" + i).set("size", i).build())
            .toList();

    var context = stored(type, things.stream());

    assertThat(context.object().rows()).isEqualTo(10);
    assertThat(rows(manager.loadInput(input(type, context))))
        .hasSize(10)
        .last()
        .hasToString(things.getLast().toString());
  }

  private static List<Object> rows(@Nullable Object loaded) {
    try (var stream = (Stream<?>) loaded) {
      return stream.collect(java.util.stream.Collectors.toList());
    }
  }

  @Test
  @DisplayName("C53: rows stream both ways")
  void streams() throws Exception {
    Type type = generic(Stream.class, Row.class);

    var context = stored(type, LongStream.range(0, 5_000).mapToObj(Row::of));

    assertThat(context.object().rows()).isEqualTo(5_000);
    assertThat(rows(manager.loadInput(input(type, context))))
        .hasSize(5_000)
        .last()
        .isEqualTo(Row.of(4_999));
  }

  @Test
  @DisplayName("C45: partitions of rows are one list, and values of partitions are a map")
  void combinesPartitions() throws Exception {
    var a = output("lake/things", ROWS, "a");
    var b = output("lake/things", ROWS, "b");
    manager.handleOutput(a, List.of(Row.of(1)));
    manager.handleOutput(b, List.of(Row.of(2), Row.of(3)));

    assertThat(manager.loadInput(input(ROWS, a, b)))
        .isEqualTo(List.of(Row.of(1), Row.of(2), Row.of(3)));
    assertThat(
            manager.loadInput(input(generic(Map.class, String.class, ROWS), a).mappedByPartition()))
        .isEqualTo(Map.of("a", List.of(Row.of(1))));
  }

  @Test
  @DisplayName("C45: one number of each partition makes a list of numbers")
  void makesAListOfNumbers() throws Exception {
    var a = output("lake/count", Long.class, "a");
    var b = output("lake/count", Long.class, "b");
    manager.handleOutput(a, 1L);
    manager.handleOutput(b, 2L);

    assertThat(manager.loadInput(input(generic(List.class, Long.class), a, b)))
        .isEqualTo(List.of(1L, 2L));
    assertThat(manager.loadInput(input(generic(Map.class, String.class, Long.class), a, b)))
        .isEqualTo(Map.of("a", 1L, "b", 2L));
  }

  @Test
  void writesProvenanceInTheHeader() throws Exception {
    var context = output("lake/things", ROWS, "New York");
    manager.handleOutput(context, List.of(Row.of(1)));

    try (var file = file(context)) {
      assertThat(file.getMetaString("stowage.asset")).isEqualTo("lake/things");
      assertThat(file.getMetaString("stowage.partition")).isEqualTo("New York");
      assertThat(file.getMetaString("stowage.run")).isEqualTo(context.runId());
      assertThat(file.getMetaString("stowage.fingerprint"))
          .isEqualTo(context.object().schemaFingerprint());
      assertThat(file.getMetaString("avro.codec")).isEqualTo("deflate");
    }
  }

  @Test
  @DisplayName("C15: says how many rows, of which columns, by which codec")
  void describesRows() throws Exception {
    var context = stored(generic(List.class, Old.class), List.of(new Old("a", 1, "b")));

    assertThat(context.added())
        .containsEntry("rows", new MetadataValue.Int(1))
        .containsEntry("codec", new MetadataValue.Text("deflate"))
        .containsEntry(
            "schema",
            new MetadataValue.TableSchema(
                Map.of("name", "string", "size", "int", "dropped", "string")));
  }

  @Test
  void writesWithTheConfiguredCodec() throws Exception {
    for (String codec : List.of("null", "deflate", "zstandard")) {
      var context = output("lake/things", ROWS);
      var other = manager(Map.of("codec", codec, "level", codec.equals("null") ? "0" : "1"));
      other.handleOutput(context, List.of(Row.of(1)));

      assertThat(manager.loadInput(input(ROWS, context))).isEqualTo(List.of(Row.of(1)));
      assertThat(context.added()).containsEntry("codec", new MetadataValue.Text(codec));
    }
    assertThatThrownBy(() -> manager(Map.of("codec", "zip"))).hasMessageContaining("'zip'");
  }

  @Test
  @DisplayName("C55: what an older type stored is read as the newer")
  void resolvesSchemas() throws Exception {
    var old = stored(generic(List.class, Old.class), List.of(new Old("a", 1, "gone")));

    assertThat(manager.loadInput(input(generic(List.class, New.class), old)))
        .isEqualTo(List.of(new New("a", 1, Optional.empty())));
    assertThatThrownBy(() -> manager.loadInput(input(generic(List.class, Incompatible.class), old)))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
        .hasMessageContainingAll("'lake/things'", "field 'name'");
  }

  @Test
  @DisplayName(
      "C17, C20: a value that cannot be encoded is refused naming the field, and leaves nothing")
  void refusesWhatItCannotEncode() throws Exception {
    Type type = generic(List.class, Inner.class);
    var good = stored(type, List.of(new Inner("a", List.of(1))));

    assertThatThrownBy(
            () ->
                stored(type, Arrays.asList(new Inner("a", List.of()), new Inner(null, List.of()))))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_MISMATCH))
        .hasMessageContaining("name");

    try (Stream<ObjectInfo> all = store.list("")) {
      assertThat(all).hasSize(1);
    }
    assertThat(manager.loadInput(input(type, good))).isEqualTo(List.of(new Inner("a", List.of(1))));
  }

  @Test
  void saysWhichTypesItTakes() {
    var factory = new AvroIoManagerFactory();
    var settings = StoreSettings.of(AvroSettings.class, Map.of());
    assertThat(factory.stores(settings, ROWS)).isTrue();
    assertThat(factory.loads(settings, generic(List.class, Thread.class))).isFalse();
  }
}
