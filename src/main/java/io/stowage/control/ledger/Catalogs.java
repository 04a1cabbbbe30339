package io.stowage.control.ledger;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.DeclarationData;
import io.stowage.control.database.Database;
import io.stowage.protocol.CatalogDocument;
import io.stowage.protocol.Json;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The catalogs that workers sent, by hash; a queue's current one is the last that was registered
 * for it.
 */
public final class Catalogs {
  private final Database database;
  private final Map<String, Catalog> known = new ConcurrentHashMap<>();
  private final Map<String, Catalog> lastSeen = new ConcurrentHashMap<>();

  public Catalogs(Database database) {
    this.database = database;
  }

  /** A catalog, wired. */
  public record Catalog(String hash, AssetGraph graph, CatalogDocument document) {
    static Catalog of(String hash, CatalogDocument document) {
      return new Catalog(
          hash,
          AssetGraph.of(document.assets().stream().map(DeclarationData::read).toList()),
          document);
    }
  }

  public boolean knows(String hash) {
    return find(hash).isPresent();
  }

  public Optional<Catalog> find(String hash) {
    return Optional.ofNullable(known.get(hash)).or(() -> stored(hash));
  }

  private Optional<Catalog> stored(String hash) {
    CatalogRow row = database.read(session -> session.find(CatalogRow.class, hash));
    if (row == null) {
      return Optional.empty();
    }
    var catalog = Catalog.of(hash, Json.reader().convertValue(row.document, CatalogDocument.class));
    known.put(hash, catalog);
    return Optional.of(catalog);
  }

  /**
   * Keeps the catalog.
   *
   * @throws StowageException {@code INVALID_REQUEST} where the hash is not the document's, or the
   *     document is no graph
   */
  public void register(String hash, CatalogDocument document) {
    if (!Json.hash(document).equals(hash)) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST, "the catalog's hash is not '" + hash + "'");
    }
    Catalog catalog;
    try {
      catalog = Catalog.of(hash, document);
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST, "the catalog cannot be read: " + e.getMessage(), e);
    }
    // Workers of a new version start together, and all bring it.
    database.query(
        "INSERT INTO stowage.catalog (hash, document) VALUES ($1, $2::text::jsonb) ON CONFLICT DO"
            + " NOTHING",
        hash,
        Json.text(document));
    known.put(hash, catalog);
  }

  /** The current catalog of the queue; empty where no worker ever sent one. */
  public Optional<Catalog> ofQueue(String queue) {
    // By the pool, not by Hibernate Reactive: a change of thread costs more than the question.
    var current =
        database
            .first("SELECT catalog_hash FROM stowage.queue WHERE name = $1", queue)
            .flatMap(row -> Optional.ofNullable(row.getString("catalog_hash")))
            .flatMap(this::find);
    current.ifPresent(catalog -> lastSeen.put(queue, catalog));
    return current;
  }

  /** What was the current catalog of the queue when it was last asked for; nothing is asked. */
  public Optional<Catalog> lastOfQueue(String queue) {
    return Optional.ofNullable(lastSeen.get(queue));
  }

  /** The current catalogs of all queues. */
  public Map<String, Catalog> all() {
    var queues =
        database.read(
            session ->
                session
                    .createSelectionQuery(
                        "from QueueRow where catalogHash is not null", QueueRow.class)
                    .getResultList());
    var all = new java.util.TreeMap<String, Catalog>();
    queues.forEach(
        queue -> find(queue.catalogHash).ifPresent(catalog -> all.put(queue.name, catalog)));
    return all;
  }
}
