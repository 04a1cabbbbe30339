package io.stowage.control.ledger;

import io.stowage.control.database.Database;
import io.stowage.protocol.CheckView;
import io.stowage.protocol.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What checks of an asset found, as their events tell it. */
public final class CheckHistory {
  private static final int MOST = 200;
  private static final String CHECKED =
      """
      SELECT run_id, at, partition_key, data::text AS data FROM stowage.event
      WHERE type = 'asset_checked' AND data ->> 'asset' = $1 AND ($2::text IS NULL OR partition_key = $2)
        AND ($3::text IS NULL OR data ->> 'check' = $3)
      ORDER BY at DESC, run_id, n DESC LIMIT $4\
      """;

  private final Database database;

  CheckHistory(Database database) {
    this.database = database;
  }

  /**
   * Newest first.
   *
   * @param partition the only one to tell of; all where null
   * @param check the only one to tell of; all where null
   */
  public List<CheckView> list(
      String asset, @Nullable String partition, @Nullable String check, int limit) {
    return database
        .query(CHECKED, asset, partition, check, (long) Math.clamp(limit, 1, MOST))
        .stream()
        .map(CheckHistory::view)
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static CheckView view(Row row) {
    Map<String, ?> data = Json.map(row.getString("data"));
    String partition = row.getString("partition_key");
    Object materialization = data.get("materialization");
    return new CheckView(
        String.valueOf(data.get("asset")),
        String.valueOf(data.get("check")),
        partition == null ? "" : partition,
        Boolean.TRUE.equals(data.get("passed")),
        String.valueOf(data.get("severity")),
        Boolean.TRUE.equals(data.get("blocking")),
        data.get("description") instanceof String text ? text : "",
        data.get("metadata") instanceof Map<?, ?> metadata
            ? (Map<String, Object>) metadata
            : Map.of(),
        row.getUUID("run_id"),
        materialization instanceof String id ? UUID.fromString(id) : null,
        row.getOffsetDateTime("at").toInstant());
  }
}
