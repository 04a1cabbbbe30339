package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.ScriptedWorker;
import io.stowage.control.database.Database;
import io.stowage.protocol.BackfillView;
import io.stowage.protocol.Json;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BackfillCommandIT {
  @TestHTTPResource URI base;
  @Inject Database database;

  private QueueUnderTest queue;
  private ScriptedWorker worker;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void takeAQueue() {
    queue = QueueUnderTest.at(base, database);
    worker = queue.worker();
  }

  private Ended stowage(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", base.toString()));
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  private BackfillView begun(String... partitions) {
    var arguments =
        new ArrayList<>(
            List.of("backfill", queue.key("town"), "--queue", queue.name(), "--no-wait", "--json"));
    for (String partition : partitions) {
      arguments.addAll(List.of("-p", partition));
    }
    var ended = stowage(arguments.toArray(String[]::new));
    assertThat(ended.err()).isEmpty();
    return Json.read(ended.out(), BackfillView.class);
  }

  private static String id(BackfillView view) {
    return view.id().toString();
  }

  @Test
  void asksForPartitionsAndFollowsThemToTheirEnd() throws Exception {
    var following =
        CompletableFuture.supplyAsync(
            () ->
                stowage(
                    "backfill",
                    queue.key("town"),
                    "--queue",
                    queue.name(),
                    "--from",
                    "Basel",
                    "--to",
                    "Chur"),
            Thread::startVirtualThread);
    for (int i = 0; i < 2; i++) {
      worker.succeed(worker.claim(1, Duration.ofSeconds(20)).getFirst());
    }
    var ended = following.get(30, TimeUnit.SECONDS);
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("2 partitions", "█ 2/2 succeeded").doesNotContain("\r");
  }

  @Test
  void printsOnlyJsonWhereItIsAskedFor() {
    var view = begun("Basel");
    assertThat(view.total()).isEqualTo(1);
    worker.fail(worker.claim(1, Duration.ofSeconds(20)).getFirst(), false);
    var shown = stowage("backfill", "show", id(view), "--json");
    assertThat(shown.code()).as("it failed").isEqualTo(1);
    assertThat(Json.read(shown.out(), BackfillView.class).state()).isEqualTo("failed");
  }

  @Test
  void pausesResumesCancelsAndRetries() {
    var view = begun("Basel", "Chur");
    assertThat(stowage("backfill", "pause", id(view)).out()).contains("paused");
    assertThat(stowage("backfill", "resume", id(view)).out()).contains("running");
    assertThat(stowage("backfill", "cancel", id(view)).out()).contains("2/2, 2 canceled canceled");
    assertThat(stowage("backfill", "pause", id(view)))
        .satisfies(
            late -> {
              assertThat(late.code()).isEqualTo(1);
              assertThat(late.err()).contains("has ended: it canceled");
            });
    var again =
        Json.read(
            stowage("backfill", "retry", id(view), "--no-wait", "--json").out(),
            BackfillView.class);
    assertThat(again.retryOf()).isEqualTo(view.id());
    assertThat(worker.claim(2, Duration.ofSeconds(20))).isNotEmpty();
    stowage("backfill", "cancel", id(again));
  }

  @Test
  void listsThem() {
    var view = begun("Basel");
    assertThat(stowage("backfills", "-n", "5").out())
        .contains("BACKFILL", id(view), queue.key("town"));
    stowage("backfill", "cancel", id(view));
  }

  @Test
  void saysWhatItNeeds() {
    assertThat(stowage("backfill").err()).contains("no assets are named");
    assertThat(stowage("backfill", "a", "--from", "x").err()).contains("a range has two ends");
    assertThat(stowage("backfill", "pause").code()).isEqualTo(2);
    assertThat(stowage("backfill", "pause", UUID.randomUUID().toString()).err())
        .contains("there is no backfill");
    assertThat(stowage("schedules").code()).isZero();
    assertThat(stowage("schedule", "pause", "no/such").err())
        .contains("there is no schedule 'no/such'");
    assertThat(stowage("schedule", "stop", "no/such").code()).isEqualTo(2);
  }
}
