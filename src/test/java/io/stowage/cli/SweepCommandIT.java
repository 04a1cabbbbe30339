package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.stowage.control.database.Database;
import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sweeps and wipes by the command line, executed by a worker beside it. */
@QuarkusTest
@Tag("C51")
class SweepCommandIT {
  private static final String ASSET = "weather/observations";
  private static final String PARTITION = "Seattle|2013-05";

  @TestHTTPResource URI base;
  @Inject Database database;
  @Inject Provider<Worker> workers;

  private record Ended(int code, String output) {}

  @BeforeEach
  void beginWithNothing() {
    database.query("DELETE FROM stowage.live"); // other tests leave attempts under way
    database.query("DELETE FROM stowage.materialization WHERE asset = $1", ASSET);
    database.query("DELETE FROM stowage.asset_partition WHERE asset = $1", ASSET);
    workers.get().once(1, Duration.ZERO); // so that the catalog is known
  }

  private Ended stowage(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", base.toString()));
    var out = new StringWriter();
    var command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    return new Ended(command.execute(all.toArray(String[]::new)), out.toString());
  }

  /** With a worker that executes one run meanwhile. */
  private Ended executed(String... arguments) {
    var worker =
        CompletableFuture.supplyAsync(
            () -> workers.get().once(1, Duration.ofSeconds(20)), Thread::startVirtualThread);
    Ended ended = stowage(arguments);
    assertThat(worker.join()).isZero();
    return ended;
  }

  private void materialized() {
    assertThat(executed("submit", ASSET, "--partition", PARTITION, "--wait").code()).isZero();
  }

  @Test
  void aSweepShowsWhatItWouldRemoveAndWhatItRemoved() {
    materialized();
    materialized();

    Ended dry = executed("sweep", ASSET, "--keep", "1", "--grace", "0s", "--dry-run");
    assertThat(dry.code()).as(dry.output()).isZero();
    assertThat(dry.output())
        .contains("would_remove", "1 would be removed", "a dry run: nothing was removed")
        .containsPattern("file:.*weather/observations/.*\\.avro");

    Ended swept = executed("sweep", ASSET, "--keep", "1", "--grace", "0s", "--json");
    assertThat(swept.code()).as(swept.output()).isZero();
    var run = JsonPath.from(swept.output());
    assertThat(run.getString("spec.kind")).isEqualTo("sweep");
    assertThat(run.getInt("result.assets.'" + ASSET + "'.removed")).isEqualTo(1);

    assertThat(stowage("materializations", ASSET).output()).contains("removed", "yes");
    assertThat(stowage("runs").output()).contains("sweep " + ASSET);
  }

  @Test
  void aWipeWantsAYes() {
    materialized();

    Ended unsure = stowage("wipe", ASSET, "--partition", PARTITION);
    assertThat(unsure.code()).isEqualTo(1);
    assertThat(unsure.output()).contains("--dry-run", "--yes");

    Ended wiped = executed("wipe", ASSET, "--partition", PARTITION, "--yes");
    assertThat(wiped.code()).as(wiped.output()).isZero();
    assertThat(wiped.output()).contains("1 removed, 0 kept");
    assertThat(stowage("materializations", ASSET, "--current").output()).contains("(none)");
  }

  @Test
  void aRunReadsThePast() {
    materialized();

    Ended before =
        executed("submit", "weather/monthly", "-p", "2013-05", "--as-of", "2020-01-01", "--wait");
    assertThat(before.code()).isEqualTo(1);
    assertThat(before.output())
        .contains("'" + ASSET + "' was never materialized for partition", "by 20");
    assertThat(stowage("submit", ASSET, "-p", PARTITION, "--as-of", "yesterday").output())
        .contains("'yesterday' is neither a time nor the id of a run");
    assertThat(stowage("submit", ASSET, "-p", PARTITION, "--as-of", "2999-01-01").output())
        .contains("as_of", "is to come");
  }

  @Test
  void tellsAWrongOption() {
    Ended wrong = stowage("sweep", "--keep", "0");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.output()).contains("'keep'", "the current materialization always stays");
    assertThat(stowage("sweep", "--older-than", "soon").output()).contains("'soon'", "30d");
    assertThat(stowage("sweep", "--kept", "3").code()).isEqualTo(2);
  }
}
