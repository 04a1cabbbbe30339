package io.stowage.io.avro.file;

import static io.stowage.io.avro.file.Files.read;
import static io.stowage.io.avro.file.Files.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.StowageException;
import io.stowage.testing.Types;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of many blocks, which are read and written side by side. */
class AvroBlocksTest {
  record Line(long number, String text) {}

  record Number(long number) {}

  private static final Type LINES = Types.listOf(Line.class);
  private static final int COUNT = 120_000;

  private static List<Line> lines() {
    return IntStream.range(0, COUNT).mapToObj(i -> new Line(i, "line " + i % 5000)).toList();
  }

  private static byte[] byAvro(CodecFactory codec, int blockSize) throws IOException {
    var schema = AvroSchemas.of(Line.class);
    var bytes = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(codec).setSyncInterval(blockSize).create(schema, bytes);
      for (Line line : lines()) {
        var row = new GenericData.Record(schema);
        row.put("number", line.number);
        row.put("text", line.text);
        writer.append(row);
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2", "xz"})
  void readsWhatAvroWroteInOrder(String codec) throws IOException {
    assertThat(read(LINES, byAvro(CodecFactory.fromString(codec), 64_000))).isEqualTo(lines());
  }

  @Test
  void readsBlocksThatAreTooLargeToWaitInMemory() throws IOException {
    assertThat(read(LINES, byAvro(CodecFactory.deflateCodec(1), 1 << 27))).isEqualTo(lines());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
  void writesWhatAvroReadsInOrder(String codec) throws IOException {
    byte[] file = written(AvroType.of(LINES), new AvroCompression(codec, 0), lines());
    var numbers = new ArrayList<Long>();
    try (var stream =
        new DataFileStream<GenericRecord>(
            new ByteArrayInputStream(file), new GenericDatumReader<>())) {
      stream.forEach(row -> numbers.add((Long) row.get("number")));
    }
    assertThat(numbers).isEqualTo(lines().stream().map(Line::number).toList());
  }

  @Test
  void resolvesSchemasOfManyBlocks() throws IOException {
    assertThat(read(Types.listOf(Number.class), written(LINES, lines())))
        .isEqualTo(lines().stream().map(line -> new Number(line.number)).toList());
  }

  @Test
  void givesTheRowsBeforeTheDamage() throws IOException {
    byte[] file = written(LINES, lines());
    file[file.length - 1] ^= 1;
    var found = new ArrayList<Object>();
    try (var reader = AvroFileReader.open(new ByteArrayInputStream(file), AvroType.of(LINES))) {
      assertThatThrownBy(() -> reader.forEachRemaining(found::add))
          .isInstanceOf(StowageException.class)
          .hasMessageContaining("the file is damaged");
      assertThatThrownBy(reader::hasNext)
          .isInstanceOf(StowageException.class)
          .hasMessageContaining("record " + (found.size() + 1));
    }
    assertThat(found).hasSizeGreaterThan(COUNT / 2).isEqualTo(lines().subList(0, found.size()));
  }

  @Test
  void readsAheadOnlySomeBlocks() throws IOException {
    byte[] file = written(AvroType.of(LINES), new AvroCompression("null", 0), lines());
    var in = new Counted(file);
    var reader = AvroFileReader.open(in, AvroType.of(LINES));
    reader.next();
    int blocks = Math.clamp(2L * Runtime.getRuntime().availableProcessors(), 8, 16);
    assertThat(in.count).isLessThan((blocks + 1) * 70_000L).isLessThan(file.length);
    reader.close();
    assertThat(reader.hasNext()).isFalse();
  }

  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
