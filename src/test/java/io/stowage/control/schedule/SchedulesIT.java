package io.stowage.control.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.api.AssetKey;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.api.schedule.CatchUp;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.DeclarationData;
import io.stowage.catalog.DeclaredType;
import io.stowage.catalog.JobDeclaration;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.catalog.RetryPauses;
import io.stowage.catalog.ScheduleDeclaration;
import io.stowage.control.ControlPlane;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.database.Database;
import io.stowage.control.ledger.Catalogs;
import io.stowage.fixture.ManualClock;
import io.stowage.protocol.CatalogDocument;
import io.stowage.protocol.Json;
import io.stowage.protocol.RunView;
import io.stowage.protocol.ScheduleView;
import io.stowage.protocol.SessionAnswer;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs by the clock, which the test turns: it stands in the past, where nobody else ticks. */
@QuarkusTest
class SchedulesIT {
  private static final Duration DAY = Duration.ofDays(1);

  @TestHTTPResource URI base;
  @Inject Database database;
  @Inject Scheduler scheduler;
  @Inject Schedules schedules;
  @Inject Catalogs catalogs;
  @Inject ControlPlane control;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-02-10T05:00:00Z"));
  private QueueUnderTest queue;

  @BeforeEach
  void takeAQueue() {
    scheduler.pause("tick");
    queue = QueueUnderTest.at(base, database);
  }

  /** Its schedules would tick on. */
  @AfterEach
  void leaveNothing() {
    database.query("UPDATE stowage.queue SET catalog_hash = NULL WHERE name = $1", queue.name());
    scheduler.resume("tick");
  }

  @Test
  void submitsOneRunAtEachTick() {
    bring(scheduled("day", daily(), days()));
    assertThat(tick()).as("the past is no part of it").isEmpty();
    clock.advance(Duration.ofMinutes(59));
    assertThat(tick()).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    RunView run = single(tick());
    assertThat(run.spec().assets()).containsExactly(queue.key("day"));
    assertThat(run.spec().partitions()).containsExactly("2026-02-09");
    assertThat(run.spec().tags())
        .containsEntry("schedule", queue.key("day"))
        .containsEntry("tick", "2026-02-10T06:00:00Z");
    assertThat(run.submittedBy()).isEqualTo("schedule");
    clock.advance(Duration.ofSeconds(1));
    assertThat(tick()).isEmpty();
    clock.advance(DAY);
    assertThat(single(tick()).spec().partitions()).containsExactly("2026-02-10");
  }

  @Test
  void submitsOnceHoweverManyServersLook() {
    bring(scheduled("day", daily(), days()));
    tick();
    clock.advance(DAY);
    var other = new Schedules(database, catalogs, PartitionContext::at, control::submit);
    var servers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> (i % 2 == 0 ? schedules : other).tick(clock.instant()),
                        Thread::startVirtualThread))
            .toList();
    assertThat(servers.stream().flatMap(each -> each.join().stream()).distinct()).hasSize(1);
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void submitsNoSecondRunWhereTheServerDiedBeforeItKnew() {
    bring(scheduled("day", daily(), days()));
    tick();
    clock.advance(DAY);
    UUID run = tick().getFirst();
    database.query(
        "UPDATE stowage.schedule SET done_until = done_until - interval '1 day', run_id = NULL WHERE queue = $1",
        queue.name());
    assertThat(tick()).isEmpty();
    assertThat(runs()).isEqualTo(1);
    assertThat(view("day").lastRun()).isEqualTo(run);
  }

  @Test
  void catchesUpAsTheScheduleSays() {
    bring(
        scheduled("none", daily(CatchUp.NONE), days()),
        scheduled("last", daily(CatchUp.LAST), days()),
        scheduled("all", daily(CatchUp.ALL), days()));
    tick();
    clock.advance(DAY.multipliedBy(4));
    var runs = tick().stream().map(queue::run).toList();
    assertThat(runs)
        .extracting(run -> run.spec().assets().getFirst() + " " + run.spec().partitions())
        .containsExactlyInAnyOrder(
            queue.key("last") + " [2026-02-12]",
            queue.key("all") + " [2026-02-09]",
            queue.key("all") + " [2026-02-10]",
            queue.key("all") + " [2026-02-11]",
            queue.key("all") + " [2026-02-12]");
    clock.advance(Duration.ofHours(1));
    assertThat(tick()).as("the next tick, on time").hasSize(3);
  }

  @Test
  void runsAJob() {
    bring(job("nightly", daily()));
    tick();
    clock.advance(DAY);
    RunView run = single(tick());
    assertThat(run.spec().jobName()).isEqualTo(queue.name() + "/nightly");
    assertThat(run.spec().assets()).isEmpty();
    assertThat(view("nightly").job()).isEqualTo(queue.name() + "/nightly");
  }

  @Test
  void triesAgainWhatAFullQueueDidNotTakeAndSaysSo() {
    bring(scheduled("day", daily(CatchUp.NONE), days()));
    tick();
    database.query("UPDATE stowage.queue SET max_depth = 0 WHERE name = $1", queue.name());
    clock.advance(Duration.ofHours(1));
    assertThat(tick()).isEmpty();
    clock.advance(Duration.ofMinutes(10));
    assertThat(tick()).isEmpty();
    assertThat(view("day").pending()).isEqualTo("2026-02-10T06:00:00Z");
    assertThat(view("day").problem()).contains("the queue is full");
    assertThat(view("day").lastTick()).isNull();

    database.query("UPDATE stowage.queue SET max_depth = NULL WHERE name = $1", queue.name());
    RunView run = single(tick());
    assertThat(run.spec().tags()).containsEntry("tick", "2026-02-10T06:00:00Z");
    assertThat(view("day"))
        .satisfies(
            view -> {
              assertThat(view.pending()).isNull();
              assertThat(view.problem()).isNull();
              assertThat(view.lastTick()).isEqualTo("2026-02-10T06:00:00Z");
              assertThat(view.lastRun()).isEqualTo(run.id());
              assertThat(view.lastRunState()).isEqualTo("queued");
            });
  }

  @Test
  void leavesOutATickThatHasNoPartitionYet() {
    bring(scheduled("day", daily(), Optional.of(PartitionsDefinition.daily("2026-02-10"))));
    tick();
    clock.advance(Duration.ofHours(1));
    assertThat(tick()).isEmpty();
    assertThat(view("day").problem()).contains("no partition yet");
    clock.advance(DAY);
    assertThat(single(tick()).spec().partitions()).containsExactly("2026-02-10");
    assertThat(view("day").problem()).isNull();
  }

  @Test
  void doesNothingWhileItIsPaused() {
    bring(scheduled("day", daily(), days()));
    tick();
    assertThat(change("pause", "day").paused()).isTrue();
    assertThat(view("day").next()).isNull();
    clock.advance(DAY);
    assertThat(tick()).isEmpty();
    assertThat(change("resume", "day").paused()).isFalse();
    assertThat(view("day").next()).isNotNull();
    assertThat(single(tick()).spec().partitions())
        .as("as its catch-up says")
        .containsExactly("2026-02-09");
  }

  @Test
  void isPausedStillWhenItComesBack() {
    bring(scheduled("day", daily(), days()));
    tick();
    change("pause", "day");
    bring(scheduled("other", daily(), days()));
    tick();
    bring(scheduled("day", daily(), days()));
    tick();
    assertThat(view("day").paused()).isTrue();
  }

  @Test
  void theNewestCatalogsScheduleCounts() {
    bring(scheduled("day", daily(), days()), scheduled("gone", daily(), days()));
    tick();
    clock.advance(Duration.ofHours(4));
    bring(scheduled("day", schedule("0 8 * * *", "", CatchUp.LAST), days()));
    assertThat(tick()).as("eight o'clock was before it had that schedule").isEmpty();
    assertThat(names()).containsExactly(queue.key("day"));
    clock.advance(DAY);
    RunView run = single(tick());
    assertThat(run.spec().assets()).containsExactly(queue.key("day"));
    assertThat(run.spec().tags()).containsEntry("tick", "2026-02-11T08:00:00Z");
  }

  @Test
  void beginsAnewWhenItComesBack() {
    bring(scheduled("day", daily(), days()));
    tick();
    bring(scheduled("other", daily(), days()));
    tick();
    clock.advance(DAY);
    bring(scheduled("day", daily(), days()));
    assertThat(tick()).isEmpty();
    clock.advance(DAY);
    assertThat(tick()).hasSize(1);
  }

  @Test
  void tellsWhichThereAre() {
    bring(
        scheduled("day", schedule("30 2 * * *", "Europe/Zurich", CatchUp.ALL), days()),
        job("nightly", schedule("@hourly", "", CatchUp.NONE)));
    assertThat(listed())
        .extracting(
            ScheduleView::schedule, ScheduleView::cron, ScheduleView::zone, ScheduleView::catchUp)
        .containsExactly(
            tuple(queue.key("day"), "30 2 * * *", "Europe/Zurich", "all"),
            tuple(queue.key("nightly"), "@hourly", "UTC", "none"));
    assertThat(listed())
        .allSatisfy(
            view -> {
              assertThat(view.next()).isAfter(Instant.now());
              assertThat(view.lastTick()).isNull();
              assertThat(view.lastRun()).isNull();
            });
  }

  @Test
  void refusesToPauseWhatIsNotThere() {
    assertThatThrownBy(() -> change("pause", "nobody"))
        .hasMessageContaining(
            "there is no schedule '" + queue.key("nobody") + "' in any queue's catalog");
    assertThatThrownBy(
            () ->
                queue
                    .client()
                    .call(
                        "POST",
                        "/v1/schedules/pause",
                        null,
                        ScheduleView.class,
                        QueueUnderTest.TIMEOUT))
        .hasMessageContaining("the query has no 'schedule'");
  }

  private static ScheduleDeclaration daily() {
    return daily(CatchUp.LAST);
  }

  private static ScheduleDeclaration daily(CatchUp catchUp) {
    return schedule("0 6 * * *", "", catchUp);
  }

  private static ScheduleDeclaration schedule(String cron, String zone, CatchUp catchUp) {
    return new ScheduleDeclaration(cron, zone, catchUp, 100, false);
  }

  private static Optional<PartitionsDefinition> days() {
    return Optional.of(PartitionsDefinition.daily("2026-01-01"));
  }

  private AssetDeclaration scheduled(
      String name, ScheduleDeclaration schedule, Optional<PartitionsDefinition> partitions) {
    return declaration(queue.key(name), partitions, null, schedule);
  }

  private AssetDeclaration job(String name, ScheduleDeclaration schedule) {
    var job = new JobDeclaration(queue.key(name), "", Optional.of(schedule));
    return declaration(queue.key(name) + "/op", Optional.empty(), job, null);
  }

  private AssetDeclaration declaration(
      String key,
      Optional<PartitionsDefinition> partitions,
      @Nullable JobDeclaration job,
      @Nullable ScheduleDeclaration schedule) {
    var output =
        new OutputDeclaration(
            "result",
            AssetKey.of(key),
            DeclaredType.of("java.lang.Long"),
            false,
            "default",
            "",
            Map.of(),
            Map.of());
    return new AssetDeclaration(
        key,
        "Assets." + key,
        "",
        queue.name(),
        "",
        Map.of(),
        0,
        Set.of(),
        List.of(),
        List.of(output),
        List.of(),
        partitions,
        Optional.empty(),
        1,
        Duration.ofSeconds(1),
        1,
        Optional.empty(),
        Optional.ofNullable(job),
        RetryPauses.DEFAULT,
        Optional.ofNullable(schedule));
  }

  /** Makes this the queue's current catalog, as a worker of a new version does. */
  private void bring(AssetDeclaration... declarations) {
    var document =
        new CatalogDocument(
            Stream.of(declarations).map(DeclarationData::of).map(SchedulesIT::plain).toList(),
            Map.of());
    queue
        .client()
        .call(
            "POST",
            "/v1/sessions",
            queue.request(document),
            SessionAnswer.class,
            QueueUnderTest.TIMEOUT);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> plain(Map<String, ?> data) {
    return (Map<String, Object>) data;
  }

  private List<UUID> tick() {
    return schedules.tick(clock.instant());
  }

  private RunView single(List<UUID> runs) {
    assertThat(runs).hasSize(1);
    return queue.run(runs.getFirst());
  }

  private long runs() {
    return database
        .first(
            "SELECT count(*) AS n FROM stowage.run r JOIN stowage.queue q ON q.id = r.queue_id WHERE q.name = $1",
            queue.name())
        .orElseThrow()
        .getLong("n");
  }

  private ScheduleView change(String verb, String name) {
    return queue
        .client()
        .call(
            "POST",
            "/v1/schedules/" + verb + "?schedule=" + queue.key(name),
            null,
            ScheduleView.class,
            QueueUnderTest.TIMEOUT);
  }

  private List<ScheduleView> listed() {
    var type =
        Json.reader().getTypeFactory().constructCollectionType(List.class, ScheduleView.class);
    List<ScheduleView> all =
        queue.client().call("GET", "/v1/schedules", null, type, QueueUnderTest.TIMEOUT);
    return all.stream().filter(each -> each.queue().equals(queue.name())).toList();
  }

  private List<String> names() {
    return listed().stream().map(ScheduleView::schedule).toList();
  }

  private ScheduleView view(String name) {
    return listed().stream()
        .filter(each -> each.schedule().equals(queue.key(name)))
        .findFirst()
        .orElseThrow();
  }
}
