package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.queue.CommitBatch.Call;
import io.stowage.control.queue.CommitBatch.Result;
import io.stowage.protocol.CommitAnswer;
import io.stowage.protocol.CommitRequest;
import io.stowage.protocol.EventsRequest;
import java.util.UUID;

/**
 * The fenced commit: one output of one partition, with its metadata, its events and the asset's
 * pointer, or nothing. The lease's row is locked first, so that who lost it cannot commit, and who
 * holds it does not lose it meanwhile. What many workers commit at the same time is one statement.
 */
public final class Commits {
  private static final String REPEATED =
      "SELECT id, superseded FROM stowage.materialization WHERE commit_id = $1 AND lease_id = $2";

  private final Database database;
  private final Sessions sessions;
  private final QueueMetrics metrics;
  private final Coalescer<Call, Result> calls;

  Commits(Database database, Sessions sessions, QueueMetrics metrics, Grouping grouping) {
    this.database = database;
    this.sessions = sessions;
    this.metrics = metrics;
    this.calls =
        grouping.coalescer("commit", metrics, members -> CommitBatch.execute(database, members));
  }

  /**
   * @throws StowageException {@code LEASE_LOST}, or {@code CONFLICT} where this run committed the
   *     output before
   */
  public CommitAnswer commit(long session, String secret, UUID lease, CommitRequest request) {
    sessions.known(session, secret);
    Result result;
    try {
      result = metrics.timed("commit", () -> calls.call(Call.of(session, lease, request)));
    } catch (StowageException e) {
      if (e.code() == ErrorCode.CONFLICT) {
        return repeated(lease, request, e);
      }
      throw e;
    }
    if (!result.held()) {
      metrics.stale("commit");
      throw lost(lease, request.runId(), "nothing was committed");
    }
    metrics.committed(result.superseded());
    return new CommitAnswer(result.materialization(), result.superseded());
  }

  /** A repeat that ran beside the first call was refused by what that one had just written. */
  private CommitAnswer repeated(UUID lease, CommitRequest request, StowageException refused) {
    return database
        .first(REPEATED, request.commitId(), lease)
        .map(row -> new CommitAnswer(row.getUUID("id"), row.getBoolean("superseded")))
        .orElseThrow(
            () ->
                new StowageException(
                    ErrorCode.CONFLICT,
                    "run "
                        + request.runId()
                        + " has committed output '"
                        + request.output()
                        + "' of '"
                        + request.step()
                        + "' already",
                    refused));
  }

  /** Records events of who holds the lease, numbered in one statement. */
  public void events(long session, String secret, UUID lease, EventsRequest request) {
    sessions.known(session, secret);
    if (request.events().isEmpty()) {
      return;
    }
    if (!metrics.timed("events", () -> calls.call(Call.of(session, lease, request))).held()) {
      metrics.stale("events");
      throw lost(lease, request.runId(), "nothing was recorded");
    }
  }

  private static StowageException lost(UUID lease, UUID run, String what) {
    return new StowageException(
        ErrorCode.LEASE_LOST, "lease " + lease + " of run " + run + " is held no more: " + what);
  }
}
