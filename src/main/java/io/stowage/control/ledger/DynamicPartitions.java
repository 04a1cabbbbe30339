package io.stowage.control.ledger;

import io.smallrye.mutiny.Uni;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.control.queue.Database;
import io.stowage.protocol.DynamicKeys;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** The keys of dynamic partitions definitions. */
public final class DynamicPartitions {
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
    var present = keys(change.definition());
    var rows =
        add.stream()
            .filter(key -> !present.contains(key))
            .distinct()
            .map(key -> row(change.definition(), key))
            .toArray();
    database.write(
        session ->
            session
                .persistAll(rows)
                .chain(
                    () ->
                        remove.isEmpty()
                            ? Uni.createFrom().item(0)
                            : session
                                .createMutationQuery(
                                    "delete from DynamicKeyRow where definition = :definition and key in :keys")
                                .setParameter("definition", change.definition())
                                .setParameter("keys", remove)
                                .executeUpdate()));
    return keys(change.definition());
  }

  private static DynamicKeyRow row(String definition, String key) {
    var row = new DynamicKeyRow();
    row.definition = definition;
    row.key = key;
    return row;
  }

  /** What definitions ask of the world: the time, and these keys. */
  public PartitionContext context() {
    return new PartitionContext(clock.instant(), this::keys);
  }
}
