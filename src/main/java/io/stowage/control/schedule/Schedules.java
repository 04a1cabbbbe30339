package io.stowage.control.schedule;

import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionContext;
import io.stowage.control.database.Database;
import io.stowage.control.ledger.Catalogs;
import io.stowage.control.queue.RunState;
import io.stowage.protocol.ScheduleView;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.SubmitRequest;
import io.vertx.mutiny.sqlclient.Row;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Submits runs by the clock. What is scheduled is what the queues' current catalogs say. A tick's
 * submit has an idempotency key of the schedule and the tick: however often it is looked, and by
 * however many servers, there is one run.
 */
public final class Schedules {
  private static final System.Logger LOG = System.getLogger(Schedules.class.getName());
  private static final String BY = "schedule";

  private static final String QUEUES =
      "SELECT name, catalog_hash FROM stowage.queue WHERE catalog_hash IS NOT NULL ORDER BY name";
  private static final String STATES =
      """
      SELECT s.*, l.state AS live, r.outcome FROM stowage.schedule s
      LEFT JOIN stowage.run r ON r.id = s.run_id LEFT JOIN stowage.live l ON l.run_id = s.run_id""";
  private static final String BEGIN =
      """
      INSERT INTO stowage.schedule (queue, name, cron, zone, done_until) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (queue, name) DO UPDATE SET cron = excluded.cron, zone = excluded.zone, gone = false, pending = NULL, problem = NULL,
        done_until = greatest(schedule.done_until, excluded.done_until)""";
  private static final String GONE =
      "UPDATE stowage.schedule SET gone = true, pending = NULL WHERE queue = $1 AND name = $2 AND NOT gone";
  private static final String SUBMITTED =
      """
      UPDATE stowage.schedule SET done_until = $3, tick = $3, run_id = coalesce($4, run_id), pending = NULL, problem = NULL
      WHERE queue = $1 AND name = $2 AND done_until < $3""";
  private static final String LEFT_OUT =
      """
      UPDATE stowage.schedule SET done_until = $3, pending = NULL, problem = $4
      WHERE queue = $1 AND name = $2 AND done_until < $3""";
  private static final String PENDING =
      "UPDATE stowage.schedule SET pending = $3, problem = $4 WHERE queue = $1 AND name = $2 AND done_until < $3";
  private static final String PAUSE =
      """
      INSERT INTO stowage.schedule (queue, name, cron, zone, done_until, paused) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (queue, name) DO UPDATE SET paused = excluded.paused""";

  private final Database database;
  private final Catalogs catalogs;
  private final Function<Instant, PartitionContext> contexts;
  private final Submitter submitter;
  private final Map<List<String>, List<Scheduled>> known = new HashMap<>();

  /** Takes runs, as from anybody. */
  public interface Submitter {
    /**
     * @throws StowageException where it is refused
     */
    SubmitAnswer submit(SubmitRequest request, String idempotencyKey, String principal);
  }

  /**
   * @param contexts what partitions there are at a time
   */
  public Schedules(
      Database database,
      Catalogs catalogs,
      Function<Instant, PartitionContext> contexts,
      Submitter submitter) {
    this.database = database;
    this.catalogs = catalogs;
    this.contexts = contexts;
    this.submitter = submitter;
  }

  /** Which of which queue. */
  private record Id(String queue, String name) {
    static Id of(Scheduled scheduled) {
      return new Id(scheduled.queue(), scheduled.name());
    }
  }

  /**
   * Submits what is due by now; what cannot be is tried again the next time.
   *
   * @return the runs that were submitted
   */
  public List<UUID> tick(Instant now) {
    var states = states();
    var submitted = new ArrayList<UUID>();
    var there = new HashSet<Id>();
    for (Scheduled scheduled : scheduled()) {
      there.add(Id.of(scheduled));
      ScheduleState state = states.get(Id.of(scheduled));
      if (state == null || !state.isOf(scheduled)) {
        begin(scheduled, now);
      } else if (!state.paused()) {
        submitted.addAll(tick(scheduled, state, now));
      }
    }
    states.forEach(
        (id, state) -> {
          if (!state.gone() && !there.contains(id)) {
            database.query(GONE, id.queue(), id.name());
          }
        });
    return submitted;
  }

  private void begin(Scheduled scheduled, Instant now) {
    var declaration = scheduled.declaration();
    database.query(
        BEGIN,
        scheduled.queue(),
        scheduled.name(),
        declaration.cron(),
        declaration.zone(),
        at(now));
  }

  private List<UUID> tick(Scheduled scheduled, ScheduleState state, Instant now) {
    var submitted = new ArrayList<UUID>();
    var ticks = Ticks.of(scheduled.declaration());
    for (Instant tick : ticks.due(state.doneUntil(), now, state.pending())) {
      try {
        Optional<UUID> run = submit(scheduled, tick);
        run.ifPresent(submitted::add);
      } catch (StowageException e) {
        if (isTriedAgain(e)) {
          told(state, scheduled, tick, e, "it is tried again");
          change(PENDING, scheduled, tick, e.getMessage());
          return submitted;
        }
        told(state, scheduled, tick, e, "it is left out");
        change(LEFT_OUT, scheduled, tick, e.getMessage());
      }
    }
    return submitted;
  }

  private Optional<UUID> submit(Scheduled scheduled, Instant tick) {
    var request = scheduled.request(tick, contexts.apply(tick));
    if (request.isEmpty()) {
      change(LEFT_OUT, scheduled, tick, "there was no partition yet at " + tick);
      return Optional.empty();
    }
    String key = scheduled.queue() + "/" + scheduled.name() + "@" + tick;
    Optional<SubmitAnswer> answer = submit(request.get(), key);
    change(SUBMITTED, scheduled, tick, answer.map(SubmitAnswer::id).orElse(null));
    return answer.filter(each -> !each.replayed()).map(SubmitAnswer::id);
  }

  /** Empty where the tick was submitted, and what it asks for has changed since. */
  private Optional<SubmitAnswer> submit(SubmitRequest request, String key) {
    try {
      return Optional.of(submitter.submit(request, key, BY));
    } catch (StowageException e) {
      if (e.code() == ErrorCode.IDEMPOTENCY_KEY_REUSED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean isTriedAgain(StowageException e) {
    return e.code() == ErrorCode.QUEUE_FULL
        || e.code() == ErrorCode.QUEUE_DRAINING
        || e.kind() == ErrorKind.TRANSIENT
        || e.kind() == ErrorKind.INTERNAL;
  }

  /** Once for each reason, however often it is tried. */
  private static void told(
      ScheduleState state, Scheduled scheduled, Instant tick, StowageException e, String then) {
    if (!tick.equals(state.pending()) || !Objects.equals(e.getMessage(), state.problem())) {
      LOG.log(
          Level.WARNING,
          "schedule {0} cannot submit its tick of {1}: {2}; {3}",
          scheduled.name(),
          tick,
          e.getMessage(),
          then);
    }
  }

  private void change(String statement, Scheduled scheduled, Instant tick, @Nullable Object more) {
    database.query(statement, scheduled.queue(), scheduled.name(), at(tick), more);
  }

  /** All that the current catalogs have, with their next and last ticks. */
  public List<ScheduleView> list(Instant now) {
    var states = states();
    return scheduled().stream()
        .map(each -> view(each, Optional.ofNullable(states.get(Id.of(each))), now))
        .toList();
  }

  /**
   * Submits nothing by it until it is resumed. What it missed meanwhile is then as its catch-up
   * says.
   *
   * @param queue null where one queue alone has a schedule of that name
   * @throws StowageException {@code NOT_FOUND}; {@code INVALID_REQUEST} where several queues have
   *     it
   */
  public ScheduleView pause(String name, @Nullable String queue, Instant now) {
    return pause(name, queue, true, now);
  }

  /** As {@link #pause}: submits again. */
  public ScheduleView resume(String name, @Nullable String queue, Instant now) {
    return pause(name, queue, false, now);
  }

  private ScheduleView pause(String name, @Nullable String queue, boolean paused, Instant now) {
    Scheduled found = find(name, queue);
    var declaration = found.declaration();
    database.query(
        PAUSE,
        found.queue(),
        found.name(),
        declaration.cron(),
        declaration.zone(),
        at(now),
        paused);
    return view(found, Optional.ofNullable(states().get(Id.of(found))), now);
  }

  private Scheduled find(String name, @Nullable String queue) {
    var found =
        scheduled().stream()
            .filter(each -> each.name().equals(name))
            .filter(each -> queue == null || each.queue().equals(queue))
            .toList();
    if (found.isEmpty()) {
      throw new StowageException(
          ErrorCode.NOT_FOUND,
          "there is no schedule '"
              + name
              + "' in "
              + (queue == null ? "any queue's catalog" : "the catalog of queue '" + queue + "'"));
    }
    if (found.size() > 1) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "queues "
              + found.stream().map(Scheduled::queue).toList()
              + " have a schedule '"
              + name
              + "': name the queue as well");
    }
    return found.getFirst();
  }

  private static ScheduleView view(
      Scheduled scheduled, Optional<ScheduleState> state, Instant now) {
    var declaration = scheduled.declaration();
    boolean paused = state.map(ScheduleState::paused).orElse(false);
    UUID run = state.map(ScheduleState::run).orElse(null);
    return new ScheduleView(
        scheduled.name(),
        scheduled.queue(),
        scheduled.job(),
        scheduled.assets(),
        declaration.cron(),
        declaration.zone().isEmpty() ? "UTC" : declaration.zone(),
        declaration.catchUp().name().toLowerCase(Locale.ROOT),
        paused,
        paused ? null : Ticks.of(declaration).next(now),
        state.map(ScheduleState::tick).orElse(null),
        run,
        run == null ? null : state.flatMap(Schedules::runState).orElse(null),
        state.map(ScheduleState::pending).orElse(null),
        state.map(ScheduleState::problem).orElse(null));
  }

  private static Optional<String> runState(ScheduleState state) {
    return state.live() == null && state.outcome() == null
        ? Optional.empty()
        : Optional.of(RunState.of(state.live(), state.outcome()).word());
  }

  private Map<Id, ScheduleState> states() {
    var states = new HashMap<Id, ScheduleState>();
    for (Row row : database.query(STATES)) {
      states.put(new Id(row.getString("queue"), row.getString("name")), ScheduleState.of(row));
    }
    return states;
  }

  /** Of the current catalogs; each catalog is looked through once. */
  private synchronized List<Scheduled> scheduled() {
    var all = new ArrayList<Scheduled>();
    var current = new HashSet<List<String>>();
    for (Row row : database.query(QUEUES)) {
      String queue = row.getString("name");
      String hash = row.getString("catalog_hash");
      var key = List.of(queue, hash);
      current.add(key);
      all.addAll(
          known.computeIfAbsent(
              key,
              _ ->
                  catalogs
                      .find(hash)
                      .map(catalog -> Scheduled.of(queue, catalog.graph()))
                      .orElse(List.of())));
    }
    known.keySet().retainAll(current);
    return all;
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
