package io.stowage.control.queue;

import io.stowage.control.database.Columns;
import io.stowage.control.database.Database.Sql;
import io.stowage.control.database.NamedSql;
import io.stowage.protocol.Completion;
import io.stowage.protocol.EventsRequest.NewEvent;
import io.stowage.protocol.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Ends of attempts and claims, of many sessions in one statement. Sessions that may get the same
 * runs are asked for together; where there are others, each further kind of session is a statement
 * of its own.
 */
final class WorkBatch {
  private static final Map<Shape, NamedSql> STATEMENTS = new ConcurrentHashMap<>();

  /** Most runs are claimed sooner than that after they were asked for. */
  private static final Duration RECENT = Duration.ofDays(1);

  /**
   * What decides which runs a session may get.
   *
   * @param catalog its hash
   */
  record Offer(List<Short> queues, String catalog, List<String> kinds) {
    Offer {
      queues = List.copyOf(queues);
      kinds = List.copyOf(kinds);
    }
  }

  /**
   * What one call asks for.
   *
   * @param most how many runs it would have
   */
  record Work(long session, Offer offer, List<Completion> ends, int most) {}

  /**
   * What became of a completion.
   *
   * @param finish the run's outcome; 0 where it is tried again; null where the lease was not held,
   *     or the run holds units of concurrency keys
   * @param keys of the run
   */
  record End(@Nullable Short finish, List<String> keys) {}

  /**
   * @param leases rows of leases
   * @param alive whether the session is there; unknown, and true, where nothing was claimed
   */
  record Done(List<End> ends, List<Row> leases, boolean alive) {}

  private WorkBatch() {}

  /**
   * Which parts a statement has.
   *
   * @param failures whether any attempt did not succeed
   * @param events whether any end brings events
   * @param chosen how runs are chosen to be claimed; null where none are
   */
  private record Shape(boolean ends, boolean failures, boolean events, @Nullable String chosen) {
    NamedSql statement() {
      var parts = new ArrayList<String>();
      var answers = new ArrayList<String>();
      if (ends) {
        parts.addAll(EndSql.parts(failures, events));
        answers.add(EndSql.ANSWERS);
      }
      if (chosen != null) {
        parts.add(chosen);
        parts.add(ClaimSql.LEASE);
        answers.add(ClaimSql.ANSWERS);
      }
      return NamedSql.of(
          "WITH "
              + String.join(",\n", parts)
              + "\n"
              + String.join("\nUNION ALL\n", answers)
              + "\nORDER BY what, place");
    }
  }

  /**
   * @param oldest whether sessions with this offer get the oldest runs, whatever their priority
   */
  static List<Done> execute(Sql sql, List<Work> works, Predicate<Offer> oldest) {
    var byOffer = new LinkedHashMap<Offer, List<Work>>();
    works.forEach(work -> byOffer.computeIfAbsent(work.offer(), _ -> new ArrayList<>()).add(work));
    var answers = new Answers();
    List<Work> ending = works.stream().filter(work -> !work.ends().isEmpty()).toList();
    for (var each : byOffer.entrySet()) {
      Offer offer = each.getKey();
      var claiming = each.getValue().stream().filter(work -> work.most() > 0).toList();
      String chosen = oldest.test(offer) ? ClaimSql.OLDEST : ClaimSql.FIRST;
      if (!claiming.isEmpty()) {
        var values = claims(claiming, offer);
        answers.read(executed(sql, ending, false, chosen, values));
        ending = List.of();
      }
    }
    if (!ending.isEmpty()) {
      answers.read(executed(sql, ending, false, null, new HashMap<>()));
    }
    return answers.of(works);
  }

  /** One completion, also of a run that holds units: the caller hands them on. */
  static End end(Sql sql, Work work) {
    var answers = new Answers();
    answers.read(executed(sql, List.of(work), true, null, new HashMap<>()));
    return answers.of(List.of(work)).getFirst().ends().getFirst();
  }

  /** Leases the named runs, as far as the session may have them. */
  static Done named(Sql sql, Work work, List<UUID> runs) {
    var values = claims(List.of(work), work.offer());
    values.put("named", runs.toArray(UUID[]::new));
    var answers = new Answers();
    answers.read(executed(sql, List.of(), false, ClaimSql.NAMED, values));
    return answers.of(List.of(work)).getFirst();
  }

  /**
   * @param chosen how runs are chosen; null where none are claimed
   * @param values of the claims; those of the ends are added
   */
  private static List<Row> executed(
      Sql sql,
      List<Work> ending,
      boolean keyed,
      @Nullable String chosen,
      Map<String, @Nullable Object> values) {
    var ends = asked(ending);
    var events = told(ends);
    if (!ends.isEmpty()) {
      putEnds(ends, values);
      values.put("keyed", keyed);
    }
    if (!events.isEmpty()) {
      putEvents(events, values);
    }
    var shape =
        new Shape(
            !ends.isEmpty(),
            ends.stream().anyMatch(each -> Completions.outcome(each.end()) != RunState.SUCCEEDED),
            !events.isEmpty(),
            chosen);
    NamedSql statement = STATEMENTS.computeIfAbsent(shape, Shape::statement);
    return sql.query(statement.text(), statement.values(values));
  }

  private record Told(int call, NewEvent event) {}

  private record Asked(long session, Completion end) {}

  private static List<Asked> asked(List<Work> ending) {
    return ending.stream()
        .flatMap(work -> work.ends().stream().map(end -> new Asked(work.session(), end)))
        .toList();
  }

  private static List<Told> told(List<Asked> ends) {
    return IntStream.range(0, ends.size())
        .boxed()
        .flatMap(i -> ends.get(i).end().events().stream().map(event -> new Told(i + 1, event)))
        .toList();
  }

  private static void putEnds(List<Asked> ends, Map<String, @Nullable Object> values) {
    var end = new Columns<>(ends);
    values.put("run", end.uuids(each -> each.end().runId()));
    values.put("lease", end.uuids(each -> each.end().leaseId()));
    values.put("session", end.longs(Asked::session));
    values.put("outcome", end.shorts(each -> Completions.outcome(each.end()).outcome()));
    values.put("retry", end.booleans(each -> each.end().retry()));
    values.put(
        "retry_after",
        end.longsOrNull(
            each -> each.end().retryAfter() == null ? null : each.end().retryAfter().toMillis()));
    values.put("result", end.texts(each -> json(each.end().result())));
    values.put("error", end.texts(each -> json(each.end().error())));
    var runs = Span.of(ends.stream().map(each -> each.end().runId()).toList());
    values.put("least", runs.least());
    values.put("greatest", runs.greatest());
  }

  private static void putEvents(List<Told> events, Map<String, @Nullable Object> values) {
    var event = new Columns<>(events);
    values.put("event_call", event.ints(Told::call));
    values.put("event_at", event.times(each -> each.event().at()));
    values.put("event_type", event.texts(each -> each.event().type()));
    values.put("event_step", event.texts(each -> each.event().step()));
    values.put("event_partition", event.texts(each -> each.event().partition()));
    values.put("event_message", event.texts(each -> each.event().message()));
    values.put("event_data", event.texts(each -> Json.text(each.event().data())));
  }

  private static Map<String, @Nullable Object> claims(List<Work> claiming, Offer offer) {
    var recent = Span.around(Instant.now(), RECENT);
    var values = new HashMap<String, @Nullable Object>();
    values.put("seats", seats(claiming));
    values.put("queues", offer.queues().toArray(Short[]::new));
    values.put("catalog", offer.catalog());
    values.put("kinds", offer.kinds().toArray(String[]::new));
    values.put("since", recent.least());
    values.put("until", recent.greatest());
    return values;
  }

  /** One for each first, then one for each second run that it would have, and so on. */
  private static Long[] seats(List<Work> claiming) {
    int rounds = claiming.stream().mapToInt(Work::most).max().orElse(0);
    return IntStream.range(0, rounds)
        .boxed()
        .flatMap(round -> claiming.stream().filter(work -> work.most() > round))
        .map(Work::session)
        .toArray(Long[]::new);
  }

  private static @Nullable String json(@Nullable Map<String, Object> value) {
    return value == null ? null : Json.text(value);
  }

  /** Rows of all statements, to be given to who asked. */
  private static final class Answers {
    private static final int ENDS = 0;
    private static final int LEASES = 1;

    private final List<End> ends = new ArrayList<>();
    private final Map<Long, List<Row>> leases = new HashMap<>();

    void read(List<Row> rows) {
      for (Row row : rows) {
        switch (row.getInteger("what")) {
          case ENDS -> ends.add(end(row));
          case LEASES -> leasesOf(row).add(row);
          default -> leasesOf(row); // the session is there
        }
      }
    }

    private List<Row> leasesOf(Row row) {
      return leases.computeIfAbsent(row.getLong("session_id"), _ -> new ArrayList<>());
    }

    private static End end(Row row) {
      String[] keys = row.getArrayOfStrings("concurrency_keys");
      return new End(row.getShort("finish"), keys == null ? List.of() : List.of(keys));
    }

    List<Done> of(List<Work> works) {
      var ended = ends.iterator();
      return works.stream()
          .map(
              work -> {
                var own = new ArrayList<End>();
                work.ends().forEach(_ -> own.add(ended.next()));
                return new Done(
                    own, taken(work), work.most() == 0 || leases.containsKey(work.session()));
              })
          .toList();
    }

    /** Of a session that asks twice at once, each call gets its share. */
    private List<Row> taken(Work work) {
      var left = leases.getOrDefault(work.session(), new ArrayList<>());
      var own = left.subList(0, Math.min(work.most(), left.size()));
      var rows = List.copyOf(own);
      own.clear();
      return rows;
    }
  }
}
