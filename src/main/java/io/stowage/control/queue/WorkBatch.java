package io.stowage.control.queue;

import io.stowage.control.database.Columns;
import io.stowage.control.database.Database.Sql;
import io.stowage.protocol.Completion;
import io.stowage.protocol.EventsRequest.NewEvent;
import io.stowage.protocol.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Ends of attempts and claims, of many sessions in one statement. Sessions that may get the same
 * runs are asked for together; where there are others, each further kind of session is a statement
 * of its own.
 */
final class WorkBatch {
  private static final String FIRST = statement(ClaimSql.FIRST);
  private static final String OLDEST = statement(ClaimSql.OLDEST);
  private static final String NAMED = statement(ClaimSql.NAMED);

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

  private static String statement(String chosen) {
    return EndSql.CTES + ",\n" + chosen + ClaimSql.LEASE + EndSql.ANSWERS + ClaimSql.ANSWERS;
  }

  /**
   * @param oldest whether sessions with this offer get the oldest runs, whatever their priority
   */
  static List<Done> execute(Sql sql, List<Work> works, Predicate<Offer> oldest) {
    var byOffer = new LinkedHashMap<Offer, List<Work>>();
    works.forEach(work -> byOffer.computeIfAbsent(work.offer(), _ -> new ArrayList<>()).add(work));
    var answers = new Answers();
    List<Work> ending = works;
    for (var each : byOffer.entrySet()) {
      var claiming = each.getValue();
      if (!ending.isEmpty() || claiming.stream().anyMatch(work -> work.most() > 0)) {
        String statement = oldest.test(each.getKey()) ? OLDEST : FIRST;
        answers.read(sql.query(statement, values(ending, false, claiming, each.getKey())));
        ending = List.of();
      }
    }
    return answers.of(works);
  }

  /** One completion, also of a run that holds units: the caller hands them on. */
  static End end(Sql sql, Work work) {
    var answers = new Answers();
    answers.read(sql.query(FIRST, values(List.of(work), true, List.of(), work.offer())));
    return answers.of(List.of(work)).getFirst().ends().getFirst();
  }

  /** Leases the named runs, as far as the session may have them. */
  static Done named(Sql sql, Work work, List<UUID> runs) {
    var values = new ArrayList<@Nullable Object>();
    values.addAll(Arrays.asList(values(List.of(), false, List.of(work), work.offer())));
    values.add(runs.toArray(UUID[]::new));
    var answers = new Answers();
    answers.read(sql.query(NAMED, values.toArray()));
    return answers.of(List.of(work)).getFirst();
  }

  private record Told(int call, NewEvent event) {}

  private record Asked(long session, Completion end) {}

  private static @Nullable Object[] values(
      List<Work> ending, boolean keyed, List<Work> claiming, Offer offer) {
    var asked =
        ending.stream()
            .flatMap(work -> work.ends().stream().map(end -> new Asked(work.session(), end)))
            .toList();
    var told =
        IntStream.range(0, asked.size())
            .boxed()
            .flatMap(i -> asked.get(i).end().events().stream().map(event -> new Told(i + 1, event)))
            .toList();
    var end = new Columns<>(asked);
    var event = new Columns<>(told);
    var runs = Span.of(asked.stream().map(each -> each.end().runId()).toList());
    var recent = Span.around(Instant.now(), RECENT);
    return new @Nullable Object[] {
      end.uuids(each -> each.end().runId()),
      end.uuids(each -> each.end().leaseId()),
      end.longs(Asked::session),
      end.shorts(each -> Completions.outcome(each.end()).outcome()),
      end.booleans(each -> each.end().retry()),
      end.longsOrNull(
          each -> each.end().retryAfter() == null ? null : each.end().retryAfter().toMillis()),
      end.texts(each -> json(each.end().result())),
      end.texts(each -> json(each.end().error())),
      event.ints(Told::call),
      event.times(each -> each.event().at()),
      event.texts(each -> each.event().type()),
      event.texts(each -> each.event().step()),
      event.texts(each -> each.event().partition()),
      event.texts(each -> each.event().message()),
      event.texts(each -> Json.text(each.event().data())),
      keyed,
      seats(claiming),
      offer.queues().toArray(Short[]::new),
      offer.catalog(),
      offer.kinds().toArray(String[]::new),
      runs.least(),
      runs.greatest(),
      recent.least(),
      recent.greatest()
    };
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
