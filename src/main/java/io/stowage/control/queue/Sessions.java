package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.queue.Delivery.Ready;
import io.stowage.control.queue.Releases.Release;
import io.stowage.control.queue.WorkBatch.Offer;
import io.stowage.protocol.HeartbeatAnswer;
import io.stowage.protocol.HeartbeatRequest;
import io.stowage.protocol.Json;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.SessionAnswer;
import io.stowage.protocol.SessionRequest;
import io.stowage.protocol.WorkerResources;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions of workers: each has a secret, lives by heartbeats, and is lost one way when it missed
 * them for its TTL.
 */
public final class Sessions {
  private static final String NEW_QUEUES =
      """
      INSERT INTO stowage.queue (name) SELECT DISTINCT n FROM unnest($1::text[]) n
      WHERE NOT EXISTS (SELECT 1 FROM stowage.queue q WHERE q.name = n) ON CONFLICT DO NOTHING""";
  private static final String QUEUES = "SELECT id FROM stowage.queue WHERE name = ANY ($1::text[])";
  private static final String OPEN =
      """
      INSERT INTO stowage.session (worker, principal, secret_hash, catalog_hash, queue_ids, slots, ttl, kinds)
      SELECT $1, $2, $3, $4, $5, $6, coalesce(min(session_ttl), make_interval(secs => $7)), $8
      FROM stowage.queue WHERE id = ANY ($5)
      RETURNING id, extract(epoch FROM ttl)::float8 AS ttl""";
  private static final String CATALOG =
      "UPDATE stowage.queue SET catalog_hash = $2 WHERE id = ANY ($1) AND catalog_hash IS DISTINCT FROM $2";
  private static final String SECRET =
      "SELECT secret_hash, queue_ids, catalog_hash, kinds FROM stowage.session WHERE id = $1 AND state < 3";
  private static final String BEAT =
      """
      UPDATE stowage.session SET last_seen_at = clock_timestamp(), state = $2
      WHERE id = $1 AND state < 3 RETURNING drain""";
  private static final String RESOURCES =
      "UPDATE stowage.session SET resources = $2::text::jsonb WHERE id = $1 AND state < 3";
  private static final String DRAIN =
      "UPDATE stowage.session SET drain = true WHERE id = $1 AND state < 3 RETURNING worker";
  private static final String HELD =
      "SELECT lease_id, state, unlisted FROM stowage.live WHERE session_id = $1 AND state >= 3";
  private static final String UNLISTED =
      """
      UPDATE stowage.live SET unlisted = CASE WHEN lease_id = ANY ($2) THEN 0 ELSE unlisted + 1 END
      WHERE session_id = $1 AND state >= 3 AND (unlisted > 0 OR NOT lease_id = ANY ($2))
      RETURNING run_id, lease_id, unlisted""";
  private static final String CLOSE =
      "UPDATE stowage.session SET state = 4 WHERE id = $1 AND state < 3";
  private static final int UNLISTED_BEATS = 2;
  private static final int BEATS_OF_A_TTL = 4;
  private static final int MOST_KNOWN = 10_000;

  private final Database database;
  private final Releases releases;
  private final Times times;
  private final Map<Long, Known> known = new ConcurrentHashMap<>();

  /** What of a session never changes. */
  record Known(byte[] secretHash, Offer offer) {}

  /**
   * @param ttl a session not heard of for so long is lost
   * @param claimWait the longest that a claim waits
   * @param cancelGrace how long a worker has to end a run that is canceled
   */
  public record Times(Duration ttl, Duration heartbeat, Duration claimWait, Duration cancelGrace) {
    public Times(Duration ttl, Duration heartbeat, Duration claimWait) {
      this(ttl, heartbeat, claimWait, Duration.ofMinutes(1));
    }
  }

  Sessions(Database database, Releases releases, Times times) {
    this.database = database;
    this.releases = releases;
    this.times = times;
  }

  /** Makes the catalog, which is known, the current one of the queues. */
  public void makeCurrent(List<String> queues, String catalog) {
    database.query(CATALOG, idsOf(queues).toArray(Short[]::new), catalog);
  }

  private List<Short> idsOf(List<String> queues) {
    Object names = queues.toArray(String[]::new);
    database.query(NEW_QUEUES, names);
    // In a statement of its own: it sees what another server added just now.
    return database.query(QUEUES, names).stream().map(row -> row.getShort("id")).toList();
  }

  /** Opens a session whose catalog is known, and makes that the current catalog of its queues. */
  public SessionAnswer open(SessionRequest request, String principal) {
    String secret = newSecret();
    byte[] secretHash = hash(bound(secret, principal));
    var queues = idsOf(request.queues());
    Short[] ids = queues.toArray(Short[]::new);
    var kinds = kinds(request);
    Row opened =
        database.transaction(
            sql -> {
              sql.query(CATALOG, ids, request.catalogHash());
              return sql.first(
                      OPEN,
                      request.name(),
                      principal,
                      Buffer.buffer(secretHash),
                      request.catalogHash(),
                      ids,
                      request.slots(),
                      times.ttl().toMillis() / 1000.0,
                      kinds.toArray(String[]::new))
                  .orElseThrow();
            });
    long id = opened.getLong("id");
    remember(id, new Known(secretHash, new Offer(queues, request.catalogHash(), kinds)));
    Duration ttl = Duration.ofMillis((long) (opened.getDouble("ttl") * 1000));
    return new SessionAnswer(id, secret, ttl, heartbeat(ttl), times.claimWait());
  }

  /** Who says nothing is older than the kinds. */
  private static List<String> kinds(SessionRequest request) {
    return Objects.requireNonNullElse(request.kinds(), List.of(RunKind.ASSET.word()));
  }

  /** A queue whose sessions are lost sooner is heard of sooner: several times within the TTL. */
  private Duration heartbeat(Duration ttl) {
    Duration often = ttl.dividedBy(BEATS_OF_A_TTL);
    return often.compareTo(times.heartbeat()) < 0 && ttl.compareTo(times.ttl()) < 0
        ? often
        : times.heartbeat();
  }

  private static String newSecret() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What a caller must know: the secret, and it must be the principal's who opened the session. */
  public static String bound(String secret, String principal) {
    return secret + '\n' + principal;
  }

  private static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What is known of the session, if the secret is its own.
   *
   * @throws StowageException {@code SESSION_GONE} or {@code FORBIDDEN}
   */
  Known known(long session, String secret) {
    Known found = known.get(session);
    if (found == null) {
      var row = database.first(SECRET, session).orElseThrow(() -> gone(session));
      found =
          new Known(
              row.getBuffer("secret_hash").getBytes(),
              new Offer(
                  List.of(row.getArrayOfShorts("queue_ids")),
                  row.getString("catalog_hash"),
                  List.of(row.getArrayOfStrings("kinds"))));
      remember(session, found);
    }
    if (!MessageDigest.isEqual(found.secretHash(), hash(secret))) {
      throw new StowageException(
          ErrorCode.FORBIDDEN,
          "the secret is not that of session " + session + ", or the session is another's");
    }
    return found;
  }

  /** What is forgotten is read again. */
  private void remember(long session, Known found) {
    if (known.size() >= MOST_KNOWN) {
      known.clear();
    }
    known.put(session, found);
  }

  static StowageException gone(long session) {
    return new StowageException(
        ErrorCode.SESSION_GONE, "session " + session + " was lost or closed: open a new one");
  }

  public HeartbeatAnswer heartbeat(long session, String secret, HeartbeatRequest request) {
    known(session, secret);
    short state = (short) (request.state().equals("terminating") ? 2 : 0);
    Row beaten =
        database
            .first(BEAT, session, state)
            .orElseThrow(
                () -> {
                  known.remove(session);
                  return gone(session);
                });
    var states = new LinkedHashMap<UUID, String>();
    request.leases().forEach(lease -> states.put(lease, "lost"));
    boolean unlisted = false;
    for (Row row : database.query(HELD, session)) {
      String heard = row.getShort("state") == RunState.CANCELING.live() ? "cancel" : "ok";
      unlisted |= states.replace(row.getUUID("lease_id"), heard) == null;
      unlisted |= row.getShort("unlisted") > 0;
    }
    if (unlisted) {
      giveBackUnlisted(session, request);
    }
    return new HeartbeatAnswer(
        states, beaten.getBoolean("drain") ? List.of(HeartbeatAnswer.DRAIN) : List.of());
  }

  /** Keeps what a worker tells of its IO managers and stores. */
  public void resources(long session, String secret, WorkerResources resources) {
    known(session, secret);
    database.query(RESOURCES, session, Json.text(resources));
  }

  /**
   * Has the worker end: it is told with its next heartbeat, claims nothing more, and leaves when
   * what it holds has ended. Asking again changes nothing.
   *
   * @return the worker's name
   * @throws StowageException {@code NOT_FOUND} where there is no such session any more
   */
  public String drain(long session) {
    return database
        .first(DRAIN, session)
        .map(row -> row.getString("worker"))
        .orElseThrow(
            () ->
                new StowageException(
                    ErrorCode.NOT_FOUND, "there is no worker with session " + session));
  }

  /**
   * A lease whose claim answer was lost is never listed: after two heartbeats it is given back,
   * with nothing counted.
   */
  private void giveBackUnlisted(long session, HeartbeatRequest request) {
    database
        .query(UNLISTED, session, request.leases().toArray(UUID[]::new))
        .forEach(
            row -> {
              if (row.getShort("unlisted") >= UNLISTED_BEATS) {
                releases.releaseIfHeld(
                    new Release(
                        session,
                        row.getUUID("run_id"),
                        row.getUUID("lease_id"),
                        "the worker never listed the lease",
                        null));
              }
            });
  }

  /** Ends the session; what it still holds is given back. */
  public void close(long session, String secret) {
    known(session, secret);
    var ready = new ArrayList<Ready>();
    database.transaction(
        sql -> {
          // What a claim under way still gets is given back by the reaper.
          sql.query(CLOSE, session);
          for (Row row :
              sql.query(
                  "SELECT run_id, lease_id FROM stowage.live WHERE session_id = $1 AND state >= 3",
                  session)) {
            releases.giveBack(
                sql,
                new Release(
                    session,
                    row.getUUID("run_id"),
                    row.getUUID("lease_id"),
                    "the session was closed",
                    null),
                ready);
          }
          return session;
        });
    releases.deliver(ready);
    known.remove(session);
  }

  /** Hash of the session's catalog; refuses who is not the session. */
  public String catalogOf(long session, String secret) {
    return known(session, secret).offer().catalog();
  }

  /** What was known of a session that has ended. */
  void forget(long session) {
    known.remove(session);
  }

  Times times() {
    return times;
  }
}
