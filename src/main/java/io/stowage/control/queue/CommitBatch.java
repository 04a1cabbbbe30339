package io.stowage.control.queue;

import io.stowage.control.database.Columns;
import io.stowage.control.database.Database;
import io.stowage.control.database.Uuids;
import io.stowage.protocol.CommitRequest;
import io.stowage.protocol.EventsRequest;
import io.stowage.protocol.EventsRequest.NewEvent;
import io.stowage.protocol.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is written under leases, of many calls in one statement. */
final class CommitBatch {
  private static final String OF_RUN = "@runs/";

  /**
   * For each call: was it made before, is its lease held; then its outputs, the pointers to them,
   * its events by number. Of outputs of one partition in the same batch that of the highest fence
   * gets the pointer, as if it had come first. A unique index refuses the batch where an output is
   * committed twice.
   */
  private static final String WRITE =
      """
      WITH call AS MATERIALIZED (
        SELECT a.*, m.id AS repeated, m.superseded AS was_superseded
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::uuid[])
          WITH ORDINALITY AS a (commit_id, run_id, lease_id, session_id, id, call)
        LEFT JOIN stowage.materialization m ON m.commit_id = a.commit_id AND m.lease_id = a.lease_id),
      held AS MATERIALIZED (
        SELECT l.run_id, l.lease_id, l.fence, l.last_event FROM stowage.live l
        JOIN (SELECT DISTINCT run_id, lease_id, session_id FROM call WHERE repeated IS NULL) c
          ON l.run_id = c.run_id AND l.lease_id = c.lease_id AND l.session_id = c.session_id
        WHERE l.state >= 3 ORDER BY l.run_id FOR NO KEY UPDATE OF l),
      allowed AS MATERIALIZED (
        SELECT c.call, h.run_id, h.lease_id, h.fence, h.last_event FROM call c
        JOIN held h ON h.run_id = c.run_id AND h.lease_id = c.lease_id WHERE c.repeated IS NULL),
      fresh AS MATERIALIZED (
        SELECT o.*, c.run_id, c.lease_id, c.fence, starts_with(o.asset, '@runs/') AS of_run
        FROM unnest($6::int[], $7::uuid[], $8::uuid[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
          $15::text[], $16::bigint[], $17::bigint[], $18::text[], $19::text[], $20::text[]) WITH ORDINALITY
          AS o (call, id, commit_id, step, output, asset, partition_key, location, etag, checksum, bytes, row_count,
            schema_fingerprint, metadata, inputs, place)
        JOIN allowed c ON c.call = o.call),
      pointed AS (
        INSERT INTO stowage.asset_partition AS p (asset, partition_key, fence, lease_id, materialization_id)
        SELECT DISTINCT ON (asset, partition_key) asset, partition_key, fence, lease_id, id FROM fresh WHERE NOT of_run
        ORDER BY asset, partition_key, fence DESC, place DESC
        ON CONFLICT (asset, partition_key) DO UPDATE SET fence = excluded.fence, lease_id = excluded.lease_id,
          materialization_id = excluded.materialization_id, committed_at = clock_timestamp()
        WHERE p.fence < excluded.fence OR p.lease_id = excluded.lease_id RETURNING p.materialization_id),
      stored AS (
        INSERT INTO stowage.materialization (id, commit_id, run_id, lease_id, fence, step, output, asset, partition_key,
          location, etag, checksum, bytes, row_count, schema_fingerprint, metadata, inputs, superseded)
        SELECT f.id, f.commit_id, f.run_id, f.lease_id, f.fence, f.step, f.output, f.asset, f.partition_key, f.location, f.etag,
          f.checksum, f.bytes, f.row_count, f.schema_fingerprint, f.metadata::jsonb, f.inputs::jsonb,
          NOT f.of_run AND p.materialization_id IS NULL
        FROM fresh f LEFT JOIN pointed p ON p.materialization_id = f.id RETURNING id, superseded),
      numbered AS MATERIALIZED (
        SELECT e.*, c.run_id, c.last_event + row_number() OVER (PARTITION BY c.run_id ORDER BY e.place) AS n
        FROM unnest($21::int[], $22::uuid[], $23::timestamptz[], $24::text[], $25::text[], $26::text[], $27::text[], $28::text[])
          WITH ORDINALITY AS e (call, id, at, type, step, partition_key, message, data, place)
        JOIN allowed c ON c.call = e.call),
      told AS (
        INSERT INTO stowage.event (run_id, n, at, type, step, partition_key, message, data)
        SELECT e.run_id, e.n, e.at, e.type, e.step, e.partition_key, e.message,
          CASE WHEN s.id IS NULL THEN e.data::jsonb ELSE e.data::jsonb || jsonb_build_object('superseded', s.superseded) END
        FROM numbered e LEFT JOIN stored s ON s.id = e.id),
      counted AS (
        UPDATE stowage.live l SET last_event = t.n
        FROM (SELECT run_id, max(n) AS n FROM numbered GROUP BY run_id) t WHERE l.run_id = t.run_id)
      SELECT coalesce(c.repeated, s.id) AS id, coalesce(c.was_superseded, s.superseded, false) AS superseded,
        c.repeated IS NOT NULL OR a.call IS NOT NULL AS held
      FROM call c LEFT JOIN allowed a ON a.call = c.call LEFT JOIN stored s ON s.id = c.id ORDER BY c.call""";

  /** One call: an output with what was written beside it, or none; and events, which come first. */
  record Call(
      long session,
      UUID run,
      UUID lease,
      UUID commit,
      List<CommitRequest> outputs,
      List<NewEvent> events) {

    static Call of(long session, UUID lease, CommitRequest request) {
      var outputs = new ArrayList<CommitRequest>();
      outputs.add(request);
      request.beside().forEach(beside -> outputs.add(besides(request, beside)));
      return new Call(
          session, request.runId(), lease, request.commitId(), outputs, request.events());
    }

    static Call of(long session, UUID lease, EventsRequest request) {
      return new Call(
          session, request.runId(), lease, UUID.randomUUID(), List.of(), request.events());
    }

    private static CommitRequest besides(CommitRequest main, CommitRequest.Beside beside) {
      return new CommitRequest(
          UUID.randomUUID(),
          main.runId(),
          main.step(),
          main.output() + "/" + beside.asset(),
          beside.asset(),
          main.partition(),
          null,
          null,
          null,
          -1,
          -1,
          null,
          beside.metadata(),
          main.inputs(),
          List.of(),
          List.of());
    }
  }

  /**
   * @param held false where the lease was lost: then nothing was written
   */
  record Result(@Nullable UUID id, boolean superseded, boolean held) {
    /** Of a call that committed an output. */
    UUID materialization() {
      if (id == null) {
        throw new IllegalStateException("the call committed no output");
      }
      return id;
    }

    private static Result of(Row row) {
      return new Result(row.getUUID("id"), row.getBoolean("superseded"), row.getBoolean("held"));
    }
  }

  private record Output(int call, UUID id, CommitRequest request) {}

  private record Event(int call, @Nullable UUID id, NewEvent event) {}

  private final List<Call> calls;
  private final List<Output> outputs = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<@Nullable UUID> mains = new ArrayList<>();

  private CommitBatch(List<Call> calls) {
    this.calls = calls;
    for (int i = 0; i < calls.size(); i++) {
      add(i + 1, calls.get(i));
    }
  }

  /** One result for each call, in their order. */
  static List<Result> execute(Database database, List<Call> calls) {
    return database.query(WRITE, new CommitBatch(calls).values()).stream().map(Result::of).toList();
  }

  private void add(int place, Call call) {
    call.events().forEach(event -> events.add(new Event(place, null, event)));
    @Nullable UUID main = null;
    for (CommitRequest request : call.outputs()) {
      Instant now = Instant.now();
      UUID id = Uuids.atTime(now);
      main = main == null ? id : main;
      outputs.add(new Output(place, id, request));
      events.add(new Event(place, id, materialized(id, request, now)));
    }
    mains.add(main);
  }

  private static NewEvent materialized(UUID id, CommitRequest request, Instant now) {
    var data = new LinkedHashMap<String, Object>();
    data.put("materialization", id);
    data.put("asset", request.asset());
    data.put("output", request.output());
    data.put("rows", request.rows());
    data.put("bytes", request.bytes());
    if (request.location() != null) {
      data.put("location", request.location());
    }
    Object seconds = request.metadata().getOrDefault("seconds", Map.of()).get("value");
    if (seconds != null) {
      data.put("seconds", seconds);
    }
    String message =
        request.asset().startsWith(OF_RUN)
            ? "output '" + request.output() + "' of op '" + request.step() + "'"
            : "asset '" + request.asset() + "'";
    return new NewEvent(now, "materialized", request.step(), request.partition(), message, data);
  }

  private @Nullable Object[] values() {
    var of = new Columns<>(calls);
    var out = new Columns<>(outputs);
    var each = new Columns<>(events);
    return new @Nullable Object[] {
      of.uuids(Call::commit),
      of.uuids(Call::run),
      of.uuids(Call::lease),
      of.longs(Call::session),
      mains.toArray(UUID[]::new),
      out.ints(Output::call),
      out.uuids(Output::id),
      out.uuids(output -> output.request().commitId()),
      out.texts(output -> output.request().step()),
      out.texts(output -> output.request().output()),
      out.texts(output -> output.request().asset()),
      out.texts(output -> output.request().partition()),
      out.texts(output -> output.request().location()),
      out.texts(output -> output.request().etag()),
      out.texts(output -> output.request().checksum()),
      out.longs(output -> output.request().bytes()),
      out.longs(output -> output.request().rows()),
      out.texts(output -> output.request().schemaFingerprint()),
      out.texts(output -> Json.text(output.request().metadata())),
      out.texts(output -> Json.text(Map.of("read", output.request().inputs()))),
      each.ints(Event::call),
      each.uuids(Event::id),
      each.times(event -> event.event().at()),
      each.texts(event -> event.event().type()),
      each.texts(event -> event.event().step()),
      each.texts(event -> event.event().partition()),
      each.texts(event -> event.event().message()),
      each.texts(event -> Json.text(event.event().data())),
    };
  }
}
