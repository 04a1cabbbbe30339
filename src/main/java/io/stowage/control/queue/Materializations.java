package io.stowage.control.queue;

import io.stowage.protocol.Json;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.ReadInput;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Current materializations, as workers ask for them in the middle of a run; lists for people are
 * the ledger's.
 */
public final class Materializations {
  static final String COLUMNS =
      """
      m.id, m.asset, m.partition_key, m.run_id, m.step, m.output, m.location, m.etag, m.checksum, m.bytes, m.row_count,
      m.schema_fingerprint, m.metadata::text AS metadata, (m.inputs -> 'read')::text AS inputs, m.committed_at, NOT m.superseded AS current""";
  private static final String LATEST =
      "SELECT "
          + COLUMNS
          + """
       FROM stowage.asset_partition p JOIN stowage.materialization m ON m.id = p.materialization_id
      WHERE p.asset = $1 AND p.partition_key = ANY ($2)""";

  private static final String NEWEST =
      "SELECT "
          + COLUMNS
          + """
       FROM stowage.materialization m
      WHERE m.asset = $1 AND NOT m.superseded ORDER BY m.id DESC LIMIT 1""";

  private final Database database;

  Materializations(Database database) {
    this.database = database;
  }

  /** Those of the partitions that have one, in no order; without partitions the newest of any. */
  public List<MaterializationView> latest(String asset, List<String> partitions) {
    var rows =
        partitions.isEmpty()
            ? database.query(NEWEST, asset)
            : database.query(LATEST, asset, partitions.toArray(String[]::new));
    return rows.stream().map(Materializations::view).toList();
  }

  @SuppressWarnings("unchecked")
  static MaterializationView view(Row row) {
    Map<String, ?> metadata = Json.map(row.getString("metadata"));
    return new MaterializationView(
        row.getUUID("id"),
        row.getString("asset"),
        row.getString("partition_key"),
        row.getUUID("run_id"),
        row.getString("step"),
        row.getString("output"),
        row.getString("location"),
        row.getString("etag"),
        row.getString("checksum"),
        row.getLong("bytes"),
        row.getLong("row_count"),
        row.getString("schema_fingerprint"),
        (Map<String, Map<String, Object>>) metadata,
        Arrays.asList(Json.read(row.getString("inputs"), ReadInput[].class)),
        row.getOffsetDateTime("committed_at").toInstant(),
        row.getBoolean("current"));
  }
}
