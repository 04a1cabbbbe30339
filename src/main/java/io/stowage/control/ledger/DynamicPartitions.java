package io.stowage.control.ledger;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.control.database.Database;
import io.stowage.protocol.DynamicKeys;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of dynamic partitions definitions. */
public final class DynamicPartitions {
  // Literal, since two who add the same key at once are no conflict.
  private static final String ADD =
      """
      INSERT INTO stowage.dynamic_key (definition, key)
      SELECT $1, k.key FROM unnest($2::text[]) WITH ORDINALITY AS k (key, n) ORDER BY k.n
      ON CONFLICT DO NOTHING\
      """;
  private static final String REMOVE =
      "DELETE FROM stowage.dynamic_key WHERE definition = $1 AND key = ANY ($2)";

  private final Database database;
  private final Clock clock;

  public DynamicPartitions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** In the order in which they were added. */
  public List<String> keys(String definition) {
    return database.read(
        session ->
            session
                .createSelectionQuery(
                    "select key from DynamicKeyRow where definition = :definition order by seq",
                    String.class)
                .setParameter("definition", definition)
                .getResultList());
  }

  /** Adds and removes; what is there, or gone, already is no error. */
  public List<String> change(DynamicKeys change) {
    var add = Objects.requireNonNullElse(change.add(), List.<String>of());
    var remove = Objects.requireNonNullElse(change.remove(), List.<String>of());
    add.forEach(PartitionKey::of); // refuses what no key can be
    for (String key : add) {
      if (remove.contains(key)) {
        throw new StowageException(
            ErrorCode.INVALID_REQUEST,
            "key '" + key + "' is to be added and removed: name it once");
      }
    }
    database.transaction(
        sql -> {
          sql.query(ADD, change.definition(), add.toArray(String[]::new));
          return sql.query(REMOVE, change.definition(), remove.toArray(String[]::new));
        });
    return keys(change.definition());
  }

  /**
   * What definitions ask of the world: the time, and these keys. For one request: the keys of a
   * definition are read once, however many are held against them.
   */
  public PartitionContext context() {
    var known = new ConcurrentHashMap<String, List<String>>();
    return new PartitionContext(
        clock.instant(), definition -> known.computeIfAbsent(definition, this::keys));
  }
}
