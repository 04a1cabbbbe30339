package io.stowage.control.ledger;

import com.fasterxml.jackson.core.type.TypeReference;
import io.stowage.control.database.Database;
import io.stowage.protocol.Json;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.Page;
import io.stowage.protocol.ReadInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Materializations, as they are shown. */
public final class MaterializationHistory {
  private static final TypeReference<Map<String, Map<String, Object>>> METADATA =
      new TypeReference<>() {};
  private static final TypeReference<List<ReadInput>> INPUTS = new TypeReference<>() {};
  private static final String PAGE =
      """
      select m, p from MaterializationRow m
      left join PointerRow p on p.asset = m.asset and p.partitionKey = m.partitionKey and p.materializationId = m.id
      where m.id < :before\
      """;
  // of what was stored one after the other with the same schema, the first
  private static final String SCHEMAS =
      """
      SELECT run_id, committed_at, schema::text AS schema FROM (
        SELECT *, lag(schema) OVER (ORDER BY id) AS before FROM (
          SELECT id, run_id, committed_at, metadata -> 'schema' -> 'value' AS schema FROM stowage.materialization
          WHERE asset = $1 ORDER BY id DESC LIMIT $2) newest
        WHERE jsonb_typeof(schema) = 'object' AND schema <> '{}') one
      WHERE schema IS DISTINCT FROM before ORDER BY id DESC""";
  private static final int MOST = 200;

  private final Database database;

  public MaterializationHistory(Database database) {
    this.database = database;
  }

  /**
   * What a list is narrowed to; {@code currentOnly} leaves out what newer ones took the place of.
   */
  public record Filter(
      @Nullable String asset, @Nullable String partition, @Nullable UUID run, boolean currentOnly) {
    private String where() {
      return (asset == null ? "" : " and m.asset = :asset")
          + (partition == null ? "" : " and m.partitionKey = :partition")
          + (run == null ? "" : " and m.runId = :run")
          + (currentOnly
              ? " and (p.asset is not null or (m.asset like '@runs/%' and m.removedAt is null))"
              : "");
    }
  }

  /** Newest first. */
  public Page<MaterializationView> list(Filter filter, @Nullable String cursor, int limit) {
    int most = Math.clamp(limit, 1, MOST);
    UUID before = Cursor.before(cursor);
    var rows =
        database.read(
            session -> {
              var query =
                  session.createSelectionQuery(
                      PAGE + filter.where() + " order by m.id desc", Object[].class);
              query.setParameter("before", before).setMaxResults(most + 1);
              if (filter.asset() != null) {
                query.setParameter("asset", filter.asset());
              }
              if (filter.partition() != null) {
                query.setParameter("partition", filter.partition());
              }
              if (filter.run() != null) {
                query.setParameter("run", filter.run());
              }
              return query.getResultList();
            });
    var views = rows.stream().limit(most).map(MaterializationHistory::view).toList();
    return new Page<>(views, rows.size() > most ? views.getLast().id().toString() : null);
  }

  /** The columns' types by name, from when on they were so. */
  public record StoredSchema(UUID run, Instant at, SortedMap<String, String> columns) {}

  /** Of the asset's last materializations, newest first; each is other than the next. */
  public List<StoredSchema> schemas(String asset, int newest) {
    return database.query(SCHEMAS, asset, (long) newest).stream()
        .map(
            row -> {
              var columns = new TreeMap<String, String>();
              Json.map(row.getString("schema"))
                  .forEach((name, type) -> columns.put(name, String.valueOf(type)));
              return new StoredSchema(
                  row.getUUID("run_id"),
                  row.getOffsetDateTime("committed_at").toInstant(),
                  columns);
            })
        .toList();
  }

  /** How many partitions of each asset have a current materialization. */
  public Map<String, Long> materializedPartitions() {
    return database
        .read(
            session ->
                session
                    .createSelectionQuery(
                        "select p.asset, count(p.asset) from PointerRow p group by p.asset",
                        Object[].class)
                    .getResultList())
        .stream()
        .collect(java.util.stream.Collectors.toMap(row -> (String) row[0], row -> (Long) row[1]));
  }

  private static MaterializationView view(Object[] found) {
    MaterializationRow row = (MaterializationRow) found[0];
    boolean current = found[1] != null || (row.asset.startsWith("@runs/") && row.removedAt == null);
    return new MaterializationView(
        row.id,
        row.asset,
        row.partitionKey,
        row.runId,
        row.step,
        row.output,
        row.location,
        row.etag,
        row.checksum,
        row.bytes,
        row.rowCount,
        row.schemaFingerprint,
        Json.reader().convertValue(row.metadata, METADATA),
        Json.reader().convertValue(row.inputs.getOrDefault("read", List.of()), INPUTS),
        row.committedAt,
        current,
        row.removedAt);
  }
}
