package io.stowage.control.ledger;

import io.smallrye.mutiny.Uni;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.queue.RunState;
import io.stowage.protocol.Json;
import io.stowage.protocol.Page;
import io.stowage.protocol.RunEvent;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.RunView;
import io.stowage.protocol.SubmitRequest.ConcurrencyKey;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Runs and their events, as they are shown. */
public final class Runs {
  private static final String ANY =
      """
      select r, l, q.name, s.worker from RunRow r left join LiveRow l on l.runId = r.id
      join QueueRow q on q.id = r.queueId left join SessionRow s on s.id = l.sessionId where \
      """;
  // as their index has it
  private static final String OF_JOB =
      """
      SELECT id FROM stowage.run WHERE spec ->> 'job_name' = $1 AND spec -> 'assets' = '[]'
        AND queue_id = (SELECT id FROM stowage.queue WHERE name = $2) ORDER BY id DESC LIMIT $3""";
  private static final int MOST = 200;

  private final Database database;
  private final CheckHistory checks;

  public Runs(Database database) {
    this.database = database;
    this.checks = new CheckHistory(database);
  }

  /** What runs found when they checked assets. */
  public CheckHistory checks() {
    return checks;
  }

  /**
   * What a list of runs is narrowed to.
   *
   * @param state a word, or {@code live}
   */
  public record Filter(@Nullable String queue, @Nullable String state, @Nullable UUID backfill) {
    private String page() {
      if (state == null) {
        return any("");
      }
      if (state.equals("live")) {
        return few("LiveRow", "");
      }
      RunState asked = stateOf(state);
      if (asked == RunState.SUCCEEDED) {
        return any(" and r.outcome = " + asked.outcome());
      }
      return asked.terminal()
          ? few("UnsuccessfulRow", " and few.outcome = " + asked.outcome())
          : few("LiveRow", " and few.state = " + asked.live());
    }

    private String any(String states) {
      return ANY + "r.id < :before" + narrowed() + states + " order by r.id desc";
    }

    /**
     * The few are found from where they are few, among however many that have succeeded. Where a
     * queue is all that they are narrowed to, only as many as are shown are joined at all.
     */
    private String few(String row, String states) {
      String found = "select few.runId from " + row + " few where few.runId < :before" + states;
      return backfill == null
          ? ANY
              + "r.id in ("
              + found
              + inQueue("few")
              + " order by few.runId desc limit :most) order by r.id desc"
          : ANY + "r.id in (" + found + ")" + narrowed() + " order by r.id desc";
    }

    private String narrowed() {
      return inQueue("r") + (backfill == null ? "" : " and r.backfillId = :backfill");
    }

    private String inQueue(String row) {
      return queue == null
          ? ""
          : " and "
              + row
              + ".queueId = (select named.id from QueueRow named where named.name = :queue)";
    }

    private static RunState stateOf(String word) {
      for (RunState state : RunState.values()) {
        if (state.word().equals(word)) {
          return state;
        }
      }
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "state '"
              + word
              + "' is none of live, "
              + java.util.Arrays.stream(RunState.values())
                  .map(RunState::word)
                  .collect(Collectors.joining(", ")));
    }
  }

  /** Newest first. */
  public Page<RunView> list(Filter filter, @Nullable String cursor, int limit) {
    int most = Math.clamp(limit, 1, MOST);
    UUID before = Cursor.before(cursor);
    var rows = database.read(session -> page(session, filter, before, most + 1));
    var views = rows.stream().limit(most).map(Runs::view).toList();
    return new Page<>(views, rows.size() > most ? views.getLast().id().toString() : null);
  }

  private static Uni<List<Object[]>> page(
      Mutiny.Session session, Filter filter, UUID before, int most) {
    String page = filter.page();
    var query = session.createSelectionQuery(page, Object[].class);
    query.setParameter("before", before).setMaxResults(most);
    if (page.contains(":most")) {
      query.setParameter("most", most);
    }
    if (filter.queue() != null) {
      query.setParameter("queue", filter.queue());
    }
    if (filter.backfill() != null) {
      query.setParameter("backfill", filter.backfill());
    }
    return query.getResultList();
  }

  /** The last runs of a job, newest first. */
  public List<RunView> ofJob(String queue, String job, int limit) {
    var ids =
        database.query(OF_JOB, job, queue, (long) Math.clamp(limit, 1, MOST)).stream()
            .map(row -> row.getUUID("id"))
            .toList();
    return ids.isEmpty()
        ? List.of()
        : database
            .read(
                session ->
                    session
                        .createSelectionQuery(
                            ANY + "r.id in :ids order by r.id desc", Object[].class)
                        .setParameter("ids", ids)
                        .getResultList())
            .stream()
            .map(Runs::view)
            .toList();
  }

  /**
   * @throws StowageException {@code NOT_FOUND}
   */
  public RunView run(UUID id) {
    return database
        .read(
            session ->
                session
                    .createSelectionQuery(ANY + "r.id = :id", Object[].class)
                    .setParameter("id", id)
                    .getResultList())
        .stream()
        .findFirst()
        .map(Runs::view)
        .orElseThrow(
            () -> new StowageException(ErrorCode.NOT_FOUND, "there is no run '" + id + "'"));
  }

  /** How a run may be tried, as it was submitted. */
  public record Policy(int maxAttempts, List<ConcurrencyKey> concurrency) {}

  /**
   * @throws StowageException {@code NOT_FOUND}
   */
  public Policy policy(UUID id) {
    return database
        .first("SELECT policy::text AS policy FROM stowage.run WHERE id = $1", id)
        .map(row -> Json.read(row.getString("policy"), Policy.class))
        .orElseThrow(
            () -> new StowageException(ErrorCode.NOT_FOUND, "there is no run '" + id + "'"));
  }

  /** Events with numbers above the one given, in order. */
  public List<RunEvent> events(UUID run, long after, int limit) {
    var events =
        database
            .read(
                session ->
                    session
                        .createSelectionQuery(
                            "from EventRow where runId = :run and n > :after order by n",
                            EventRow.class)
                        .setParameter("run", run)
                        .setParameter("after", after)
                        .setMaxResults(Math.clamp(limit, 1, 1000))
                        .getResultList())
            .stream()
            .map(
                row ->
                    new RunEvent(
                        row.n, row.at, row.type, row.step, row.partitionKey, row.message, row.data))
            .toList();
    if (events.isEmpty()) {
      run(run); // says so where there is no such run
    }
    return events;
  }

  private static RunView view(Object[] row) {
    RunRow run = (RunRow) row[0];
    LiveRow live = (LiveRow) row[1];
    RunState state = RunState.of(live == null ? null : live.state, run.outcome);
    return new RunView(
        run.id,
        (String) row[2],
        state.word(),
        spec(run.spec),
        run.priority,
        live == null ? run.attempts : live.attempt,
        live == null ? run.losses : live.losses,
        run.submittedBy,
        run.submittedAt,
        live == null ? run.startedAt : live.claimedAt,
        run.finishedAt,
        (String) row[3],
        run.result,
        run.error);
  }

  private static RunSpec spec(Map<String, Object> data) {
    return Json.reader().convertValue(data, RunSpec.class);
  }
}
