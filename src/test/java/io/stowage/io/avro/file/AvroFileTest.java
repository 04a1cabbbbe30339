package io.stowage.io.avro.file;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.io.avro.file.Files.read;
import static io.stowage.io.avro.file.Files.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroFileTest {
  record Point(double x, double y) {}

  record Times(Instant instant, LocalDateTime local) {}

  record Maybe(
      Optional<String> text,
      @Nullable Integer number,
      List<@Nullable String> gaps,
      @Nullable Shape shape) {}

  sealed interface Shape {}

  record Circle(double radius) implements Shape {}

  record Square(double side) implements Shape {}

  private static void assertKept(Type type, Object... values) throws IOException {
    assertThat(read(type, written(type, List.of(values)))).containsExactly(values);
  }

  @Test
  @DisplayName("C53: no rows come back as no rows")
  void keepsNoRows() throws IOException {
    assertKept(generic(List.class, Point.class));
    assertKept(generic(Stream.class, GenericRecord.class));
    assertThat(
            read(
                generic(List.class, Point.class),
                written(generic(Stream.class, GenericRecord.class), List.of())))
        .isEmpty();
  }

  @Test
  @DisplayName("C53: a scalar, a list of scalars, a map is one datum")
  void keepsData() throws IOException {
    assertKept(int.class, 42);
    assertKept(String.class, "täxt");
    assertKept(Point.class, new Point(1, 2));
    assertKept(generic(Optional.class, String.class), Optional.empty());
    assertKept(generic(List.class, Long.class), List.of(1L, 2L));
    assertKept(generic(List.class, String.class), List.of());
    assertKept(
        generic(Map.class, String.class, generic(List.class, Point.class)),
        Map.of("a", List.of(new Point(1, 2))));
  }

  @Test
  void readsRowsOfScalarsAsAListAndTheOtherWayRound() throws IOException {
    Type list = generic(List.class, Long.class);
    Type stream = generic(Stream.class, Long.class);
    assertThat(read(list, written(stream, List.of(1L, 2L)))).containsExactly(List.of(1L, 2L));
    assertThat(read(list, written(stream, List.of()))).containsExactly(List.of());
    assertThat(read(stream, written(list, List.of(List.of(1L, 2L))))).containsExactly(1L, 2L);
  }

  @Test
  void saysThatNullWasStored() throws IOException {
    byte[] file =
        written(new AvroType.Nothing(), AvroCompression.DEFAULT, Collections.singletonList(null));
    try (var reader =
        AvroFileReader.open(new ByteArrayInputStream(file), AvroType.of(Point.class))) {
      assertThat(reader.isNull()).isTrue();
      assertThat(reader.datum()).isNull();
    }
    assertThat(read(generic(List.class, Point.class), file)).isEmpty();
  }

  @Test
  void keepsGenericRecords() throws IOException {
    Schema schema =
        SchemaBuilder.record("Thing")
            .fields()
            .requiredString("name")
            .requiredInt("size")
            .endRecord();
    var things =
        IntStream.range(0, 10)
            .mapToObj(
                i -> new GenericRecordBuilder(schema).set("name", "n" + i).set("size", i).build())
            .toList();
    Type type = generic(Stream.class, GenericRecord.class);

    assertThat(read(type, written(type, things))).hasToString(things.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "null,",
    "deflate,",
    "deflate,1",
    "deflate,9",
    "snappy,",
    "zstandard,",
    "zstandard,19"
  })
  void keepsRowsWithEachCodec(String codec, Integer level) throws IOException {
    var compression =
        AvroCompression.of(codec, level == null ? OptionalInt.empty() : OptionalInt.of(level));
    Type type = generic(List.class, Point.class);
    var rows = IntStream.range(0, 10_000).mapToObj(i -> new Point(i, -i)).toList();

    assertThat(read(type, written(AvroType.of(type), compression, rows))).isEqualTo(rows);
  }

  @Test
  @DisplayName(
      "any library of Avro reads the file: schema, logical types and header are Avro's own")
  void writesWhatOthersRead() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var header = Map.of(AvroHeader.ASSET, "weather/observations", AvroHeader.RUN, "r1");
    AvroType type = AvroType.of(generic(List.class, Maybe.class));
    String fingerprint;
    try (var writer = AvroFileWriter.open(bytes, type, AvroCompression.DEFAULT, header)) {
      writer.append(new Maybe(Optional.of("a"), 7, List.of(), new Circle(3)));
      assertThat(writer.rows()).isEqualTo(1);
      fingerprint = writer.fingerprint();
    }

    try (var file =
        new DataFileStream<GenericRecord>(
            new ByteArrayInputStream(bytes.toByteArray()), new GenericDatumReader<>())) {
      GenericRecord row = file.next();
      assertThat(row.get("text")).hasToString("a");
      assertThat(row.get("number")).isEqualTo(7);
      assertThat(((GenericRecord) row.get("shape")).get("radius")).isEqualTo(3.0);
      assertThat(file.getSchema().getFullName())
          .isEqualTo("io.stowage.io.avro.file.AvroFileTest.Maybe");
      assertThat(new Schema.Parser().parse(file.getSchema().toString()))
          .isEqualTo(file.getSchema());
      assertThat(file.getMetaString(AvroHeader.ASSET)).isEqualTo("weather/observations");
      assertThat(file.getMetaString(AvroHeader.FINGERPRINT)).isEqualTo(fingerprint).hasSize(64);
    }
    try (var reader = AvroFileReader.open(new ByteArrayInputStream(bytes.toByteArray()), type)) {
      assertThat(reader.metadata(AvroHeader.RUN)).contains("r1");
      assertThat(reader.metadata(AvroHeader.PARTITION)).isEmpty();
    }
  }

  @Test
  void saysTheTypesOfFieldsInAvro() {
    Schema schema = AvroSchemas.of(Times.class);
    assertThat(schema.getField("instant").schema().getLogicalType())
        .isEqualTo(LogicalTypes.timestampMicros());
    assertThat(schema.getField("local").schema().getLogicalType())
        .isEqualTo(LogicalTypes.localTimestampMicros());
    assertThat(AvroSchemas.columns(AvroSchemas.of(Maybe.class)))
        .containsEntry("number", "int or null")
        .containsEntry("gaps", "list of string or null");
    assertThat(new ArrayList<>(AvroSchemas.columns(schema).keySet()))
        .containsExactly("instant", "local");
  }
}
