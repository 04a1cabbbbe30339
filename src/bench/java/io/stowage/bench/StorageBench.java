package io.stowage.bench;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.stowage.api.IoManager;
import io.stowage.io.avro.AvroIoManagerFactory;
import io.stowage.io.avro.AvroSettings;
import io.stowage.store.s3.S3ObjectStore;
import io.stowage.testing.InputContexts;
import io.stowage.testing.OutputContexts;
import io.stowage.testing.RecordedOutput;
import io.stowage.testing.ResourceContexts;
import io.stowage.testing.Settings;
import io.stowage.testing.Types;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * A list of records through the Avro manager and S3, beside Avro's own generic writer and reader in
 * memory (same schema, same codec and level; level 6, which Avro takes by itself, is shown too),
 * and beside the plain MinIO client (same bytes). Avro's reader makes generic records with {@code
 * Utf8} texts of it, and numbers of times; the manager records with strings and instants. What Avro
 * takes to such records, by hand, is measured too.
 *
 * <p>The manager once more with codec zstandard, which Avro readers in other languages may lack.
 */
final class StorageBench {
  private static final long START = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();

  /** Of the manager's files, see {@code AvroCompression}; and Avro's own choice. */
  private static final int LEVEL = 4;

  private static final int AVRO_LEVEL = 6;

  private static final Schema SCHEMA =
      SchemaBuilder.record("Reading")
          .fields()
          .requiredLong("id")
          .name("time")
          .type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)))
          .noDefault()
          .requiredString("sensor")
          .requiredDouble("value")
          .endRecord();

  record Reading(long id, Instant time, String sensor, double value) {
    static Reading of(int id) {
      return new Reading(id, Instant.ofEpochSecond(START + id), "sensor-" + id % 1000, id * 0.25);
    }
  }

  private final List<Reading> readings;
  private final List<GenericRecord> rows;
  private final MinioClient client;
  private final IoManager manager;
  private final IoManager zstandard;
  private byte[] file = {};
  private RecordedOutput stored;

  private StorageBench(int count, MinioClient client, S3ObjectStore store) {
    this.readings = IntStream.range(0, count).mapToObj(Reading::of).toList();
    this.rows = readings.stream().map(StorageBench::generic).toList();
    this.client = client;
    this.manager = manager(store, Map.of());
    this.zstandard = manager(store, Map.of("codec", "zstandard"));
    this.stored = output();
  }

  static void run(int count) throws Exception {
    try (var server = S3Server.start();
        var store = server.store()) {
      var bench = new StorageBench(count, server.raw(), store);
      var rounds =
          new Rounds(3, 5)
              .time("raw Avro, encode, level 6", () -> bench.encode(AVRO_LEVEL))
              .time("raw Avro, encode", () -> bench.encode(LEVEL))
              .time("raw client, upload", bench::upload)
              .time("Stowage, store", () -> bench.store(bench.manager))
              .time("raw client, download", bench::download)
              .time("raw Avro, decode", bench::decode)
              .time("raw Avro, decode to records", bench::decodeToRecords)
              .time("Stowage, load", () -> bench.load(bench.manager))
              .time("Stowage, store, zstandard", () -> bench.store(bench.zstandard))
              .time("Stowage, load, zstandard", () -> bench.load(bench.zstandard))
              .run();
      double slowestStore =
          Math.max(rounds.median("raw Avro, encode"), rounds.median("raw client, upload"));
      double slowestLoad =
          Math.max(rounds.median("raw Avro, decode"), rounds.median("raw client, download"));
      System.out.printf(
          "%,d records, %,d bytes: store at %.2f, load at %.2f of the slower raw one's speed, %.2f of that to records%n",
          count,
          bench.file.length,
          slowestStore / rounds.median("Stowage, store"),
          slowestLoad / rounds.median("Stowage, load"),
          rounds.median("raw Avro, decode to records") / rounds.median("Stowage, load"));
    }
  }

  private static IoManager manager(S3ObjectStore store, Map<String, String> settings) {
    return new AvroIoManagerFactory()
        .create(
            Settings.of(AvroSettings.class, settings),
            ResourceContexts.of("lake").with("default", store));
  }

  private static RecordedOutput output() {
    return OutputContexts.of("bench/readings", Types.listOf(Reading.class)).build();
  }

  private static GenericRecord generic(Reading reading) {
    var row = new GenericData.Record(SCHEMA);
    row.put("id", reading.id);
    row.put("time", reading.time.getEpochSecond() * 1_000_000);
    row.put("sensor", reading.sensor);
    row.put("value", reading.value);
    return row;
  }

  private void encode(int level) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer =
        new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(SCHEMA))
            .setCodec(CodecFactory.deflateCodec(level))
            .create(SCHEMA, bytes)) {
      for (GenericRecord row : rows) {
        writer.append(row);
      }
    }
    file = bytes.toByteArray();
  }

  private void upload() throws Exception {
    client.putObject(
        PutObjectArgs.builder().bucket(S3Server.BUCKET).object("raw").stream(
                new ByteArrayInputStream(file), file.length, -1)
            .build());
  }

  private void store(IoManager manager) throws Exception {
    stored = output();
    manager.handleOutput(stored, readings);
  }

  private void download() throws Exception {
    try (var object =
        client.getObject(GetObjectArgs.builder().bucket(S3Server.BUCKET).object("raw").build())) {
      expect(object.readAllBytes().length, file.length);
    }
  }

  private void decode() throws IOException {
    expect(decoded(row -> row).size(), rows.size());
  }

  private void decodeToRecords() throws IOException {
    expect(decoded(StorageBench::reading).size(), rows.size());
  }

  private <T> List<T> decoded(Function<GenericRecord, T> made) throws IOException {
    var all = new ArrayList<T>();
    try (var reader =
        new DataFileStream<GenericRecord>(
            new ByteArrayInputStream(file), new GenericDatumReader<>(SCHEMA))) {
      while (reader.hasNext()) {
        all.add(made.apply(reader.next()));
      }
    }
    return all;
  }

  private static Reading reading(GenericRecord row) {
    return new Reading(
        (Long) row.get(0),
        Instant.EPOCH.plus((Long) row.get(1), ChronoUnit.MICROS),
        row.get(2).toString(),
        (Double) row.get(3));
  }

  private void load(IoManager manager) throws Exception {
    var loaded =
        (List<?>) Objects.requireNonNull(manager.loadInput(InputContexts.of(stored).build()));
    expect(loaded.size(), readings.size());
  }

  private static void expect(int found, int expected) {
    if (found != expected) {
      throw new IllegalStateException(found + " instead of " + expected);
    }
  }
}
