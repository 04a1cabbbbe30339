package io.stowage.io.avro.file;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.io.avro.file.Files.read;
import static io.stowage.io.avro.file.Files.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AvroFailureTest {
  record Place(String city) {}

  record Report(long id, List<Place> places, Map<String, Place> byName) {}

  record Odd(Thread thread) {}

  record Deep(List<Odd> odds) {}

  record Sorted(TreeMap<String, String> map) {}

  record ByNumber(Map<Integer, String> map) {}

  record Page<T>(List<T> items) {}

  sealed interface Open permits Loose {}

  non-sealed interface Loose extends Open {}

  record Positive(int number) {
    Positive {
      if (number < 0) {
        throw new IllegalArgumentException("the number is " + number + ", but must be positive");
      }
    }
  }

  record Any(int number) {}

  record Failing(int number) {
    @Override
    public int number() {
      throw new IllegalStateException("not today");
    }
  }

  private static final Type PLACES = generic(List.class, Place.class);

  private static AbstractThrowableAssert<?, ?> assertRefused(
      ErrorCode code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(StowageException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static AbstractThrowableAssert<?, ?> assertNotWritten(Type type, Object... values) {
    return assertRefused(ErrorCode.TYPE_MISMATCH, () -> written(type, Arrays.asList(values)));
  }

  private static byte[] places(int count) throws IOException {
    return written(
        PLACES,
        IntStream.range(0, count).mapToObj(i -> new Place("city " + i * 31 % 997)).toList());
  }

  @Test
  @DisplayName(
      "C17: null where it is not allowed is refused with the record's number and the field's path")
  void refusesNull() {
    Type reports = generic(List.class, Report.class);
    var good = new Report(1, List.of(), Map.of());
    assertNotWritten(
            reports, good, new Report(2, List.of(new Place("a"), new Place(null)), Map.of()))
        .hasMessage(
            "record 2 (Report) cannot be stored as Avro: 'places[1].city': null is not allowed there: declare it @Nullable or"
                + " Optional, or give it a value");
    assertNotWritten(reports, new Report(2, List.of(), Map.of("x", new Place(null))))
        .hasMessageContaining("'byName[x].city'");
    assertNotWritten(PLACES, (Object) null)
        .hasMessageContainingAll("record 1 (Place)", "null is not allowed there");
  }

  @Test
  @DisplayName("C17: a value of another type than the declared one is refused")
  void refusesOtherTypes() {
    assertNotWritten(PLACES, "a text")
        .hasMessageContaining("a value of type 'java.lang.String' is not record Place");
    assertNotWritten(generic(List.class, Long.class), List.of(1L, 2))
        .hasMessageContainingAll("'[1]'", "'java.lang.Integer' is not long");
    assertNotWritten(generic(Map.class, String.class, Long.class), Map.of(1, 1L))
        .hasMessageContaining("is not a string");
    assertNotWritten(Instant.class, Instant.MAX).hasMessageContaining("the time is out of range");
    assertNotWritten(String.class, "a\uD800").hasMessageContaining("surrogate");
    assertNotWritten(String.class, "\uD800ä").hasMessageContaining("surrogate");
    assertNotWritten(generic(List.class, Failing.class), new Failing(1))
        .hasMessageContainingAll("'number()'", "not today");
  }

  @Test
  @DisplayName("C17: a type that cannot be stored is refused with the field's path")
  void refusesTypes() {
    assertRefused(ErrorCode.TYPE_MISMATCH, () -> AvroType.check(generic(List.class, Deep.class)))
        .hasMessageContainingAll("'java.lang.Thread' in 'odds.thread' of", "Deep'", "only records");
    assertRefused(ErrorCode.TYPE_MISMATCH, () -> AvroSchemas.of(Sorted.class))
        .hasMessageContaining("declare a List, a Set or a Map");
    assertRefused(ErrorCode.TYPE_MISMATCH, () -> AvroSchemas.of(ByNumber.class))
        .hasMessageContaining("are strings");
    assertRefused(ErrorCode.TYPE_MISMATCH, () -> AvroSchemas.of(Page.class))
        .hasMessageContaining("type parameters");
    assertRefused(ErrorCode.TYPE_MISMATCH, () -> AvroSchemas.of(Open.class))
        .hasMessageContaining("Loose', which is neither");
    assertRefused(ErrorCode.TYPE_MISMATCH, () -> AvroSchemas.of(List.class))
        .hasMessageContaining("declare what it holds");
  }

  @Test
  void refusesGenericRecordsOfAnotherSchema() {
    Schema one = SchemaBuilder.record("One").fields().requiredInt("a").endRecord();
    Schema two = SchemaBuilder.record("One").fields().requiredInt("b").endRecord();
    assertNotWritten(
            generic(Stream.class, GenericRecord.class),
            new GenericRecordBuilder(one).set("a", 1).build(),
            new GenericRecordBuilder(two).set("b", 1).build())
        .hasMessageContaining("another than that of the records before it");
    assertNotWritten(generic(Stream.class, GenericRecord.class), "text")
        .hasMessageContaining("is not a GenericRecord");
  }

  @Test
  void refusesAnUnknownCodecOrLevel() {
    assertRefused(ErrorCode.INVALID_CONFIGURATION, () -> new AvroCompression("zip", 0))
        .hasMessageContaining("'zip'");
    assertRefused(ErrorCode.INVALID_CONFIGURATION, () -> new AvroCompression("deflate", 10))
        .hasMessageContaining("1 to 9");
    assertRefused(ErrorCode.INVALID_CONFIGURATION, () -> new AvroCompression("snappy", 1))
        .hasMessageContaining("no level");
    assertRefused(
        ErrorCode.INVALID_CONFIGURATION, () -> AvroCompression.of("deflate", OptionalInt.of(0)));
  }

  @Test
  void refusesWhatIsNoAvroFile() {
    assertRefused(ErrorCode.BAD_DATA, () -> read(PLACES, "a,b\n1,2\n".getBytes()))
        .hasMessageContaining("not an Avro file");
    assertRefused(ErrorCode.BAD_DATA, () -> read(PLACES, new byte[0]))
        .hasMessageContaining("not an Avro file");
  }

  @Test
  void refusesAFileThatWasCutOffAnywhereWithinABlock() throws IOException {
    byte[] file = places(20_000);
    for (int length : new int[] {3, 20, 100, file.length / 2, file.length - 20, file.length - 1}) {
      assertRefused(ErrorCode.BAD_DATA, () -> read(PLACES, Arrays.copyOf(file, length)));
    }
    assertRefused(ErrorCode.BAD_DATA, () -> read(PLACES, Arrays.copyOf(file, file.length - 1)))
        .hasMessageContainingAll("record", "of the Avro file cannot be read", "ends too early");
  }

  @Test
  void refusesADamagedFile() throws IOException {
    byte[] file =
        written(AvroType.of(PLACES), new AvroCompression("null", 0), List.of(new Place("abc")));
    file[file.length - 17] ^= 0x7F;
    file[file.length - 20] = 127;
    assertRefused(ErrorCode.BAD_DATA, () -> read(PLACES, file))
        .hasMessageContainingAll("record 1", "'city'");
  }

  @Test
  void refusesWhatARecordRefuses() throws IOException {
    byte[] file = written(generic(List.class, Any.class), List.of(new Any(1), new Any(-1)));
    assertRefused(ErrorCode.BAD_DATA, () -> read(generic(List.class, Positive.class), file))
        .hasMessageContainingAll(
            "record 2", "record 'Positive' refuses its values", "must be positive");
  }

  @Test
  void saysThatTheOneValueIsMissing() throws IOException {
    byte[] file = written(new AvroType.Datum(String.class), AvroCompression.DEFAULT, List.of());
    try (var reader =
        AvroFileReader.open(new ByteArrayInputStream(file), AvroType.of(String.class))) {
      assertRefused(ErrorCode.BAD_DATA, reader::datum).hasMessageContaining("no value");
    }
  }

  @Test
  void takesAFailingStreamForNoDamage() throws IOException {
    byte[] file = places(50_000);
    var failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    var in = new SequenceInputStream(new ByteArrayInputStream(file, 0, file.length / 2), failing);
    try (var reader = AvroFileReader.open(in, AvroType.of(PLACES))) {
      assertThatThrownBy(() -> reader.forEachRemaining(row -> {}))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("connection reset");
    }
  }
}
