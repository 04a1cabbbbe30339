package io.stowage.bench;

import io.stowage.api.IoManager;
import io.stowage.io.table.TableIoManagerFactory;
import io.stowage.io.table.TableSettings;
import io.stowage.io.table.database.PostgresDatabase;
import io.stowage.testing.InputContexts;
import io.stowage.testing.OutputContexts;
import io.stowage.testing.RecordedOutput;
import io.stowage.testing.ResourceContexts;
import io.stowage.testing.Settings;
import io.stowage.testing.Types;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * Records as rows of a table, beside plain COPY of the same rows in PostgreSQL's own binary format,
 * of which nothing is made on either side: bytes that lie ready are sent, and what comes is thrown
 * away. Both replace the rows that are there in one transaction.
 */
final class TableBench {
  private static final String RAW = "bench.raw";

  private final List<StorageBench.Reading> readings;
  private final Connection connection;
  private final IoManager manager;
  private RecordedOutput stored;
  private byte[] bytes = {};

  private TableBench(int count, Connection connection, IoManager manager) {
    this.readings = IntStream.range(0, count).mapToObj(StorageBench.Reading::of).toList();
    this.connection = connection;
    this.manager = manager;
    this.stored = output("readings");
  }

  static void run(int count) throws Exception {
    try (var server = PostgresServer.start();
        PostgresDatabase database = server.database();
        Connection connection = server.raw()) {
      var context = ResourceContexts.of("tables").with("default", database);
      var manager =
          new TableIoManagerFactory().create(Settings.of(TableSettings.class, Map.of()), context);
      new TableBench(count, connection, manager).measure();
    }
  }

  private void measure() throws Exception {
    execute("DROP SCHEMA IF EXISTS bench CASCADE");
    connection.commit();
    store();
    execute("CREATE TABLE " + RAW + " (LIKE bench.readings)");
    var sent = new ByteArrayOutputStream();
    copyOut("bench.readings", sent);
    bytes = sent.toByteArray();
    var rounds =
        new Rounds(3, 7)
            .time("raw COPY in", this::copyIn)
            .time("Stowage, store", this::store)
            .time("raw COPY out", this::copyOut)
            .time("raw cursor", this::cursor)
            .time("Stowage, load a list", this::load)
            .time("Stowage, load a stream", this::stream)
            .run();
    System.out.printf(
        "%,d rows, %,d bytes: store at %.2f, list at %.2f, stream at %.2f of raw COPY's speed%n",
        readings.size(),
        bytes.length,
        rounds.median("raw COPY in") / rounds.median("Stowage, store"),
        rounds.median("raw COPY out") / rounds.median("Stowage, load a list"),
        rounds.median("raw COPY out") / rounds.median("Stowage, load a stream"));
    for (String each :
        List.of("Stowage, store", "Stowage, load a list", "Stowage, load a stream")) {
      System.out.printf("%s: %,.0f rows/s%n", each, readings.size() / rounds.median(each));
    }
    execute("DROP SCHEMA bench CASCADE");
    connection.commit();
  }

  private static RecordedOutput output(String table) {
    return OutputContexts.of("bench/" + table, Types.listOf(StorageBench.Reading.class)).build();
  }

  private void execute(String sql) throws Exception {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void copyIn() throws Exception {
    execute("DELETE FROM " + RAW);
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "COPY " + RAW + " FROM STDIN (FORMAT binary)",
            new java.io.ByteArrayInputStream(bytes),
            64 * 1024);
    connection.commit();
  }

  private void store() throws Exception {
    stored = output("readings");
    manager.handleOutput(stored, readings);
  }

  private void copyOut() throws Exception {
    copyOut("bench.readings", OutputStream.nullOutputStream());
  }

  private void copyOut(String table, OutputStream to) throws Exception {
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut("COPY " + table + " TO STDOUT (FORMAT binary)", to);
    connection.commit();
  }

  private void cursor() throws Exception {
    int count = 0;
    try (var statement = connection.prepareStatement("SELECT * FROM bench.readings")) {
      statement.setFetchSize(1000);
      try (var rows = statement.executeQuery()) {
        for (; rows.next(); count++) {
          rows.getLong(1);
        }
      }
    }
    connection.commit();
    expect(count);
  }

  private void load() throws Exception {
    expect(
        ((List<?>) Objects.requireNonNull(manager.loadInput(InputContexts.of(stored).build())))
            .size());
  }

  private void stream() throws Exception {
    var context = InputContexts.of(stored).type(Types.streamOf(StorageBench.Reading.class)).build();
    try (var rows = (Stream<?>) Objects.requireNonNull(manager.loadInput(context))) {
      expect((int) rows.peek(Objects::requireNonNull).filter(Objects::nonNull).count());
    }
  }

  private void expect(int found) {
    if (found != readings.size()) {
      throw new IllegalStateException(found + " rows instead of " + readings.size());
    }
  }
}
