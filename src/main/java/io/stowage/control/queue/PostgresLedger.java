package io.stowage.control.queue;

import io.stowage.protocol.CommitAnswer;
import io.stowage.protocol.CommitRequest;
import io.stowage.protocol.CompleteAnswer;
import io.stowage.protocol.CompleteRequest;
import io.stowage.protocol.EventsRequest;
import io.stowage.protocol.Lease;
import java.util.List;
import java.util.UUID;

/** The ledger as rows of PostgreSQL. */
record PostgresLedger(Claims claims, Commits commits, Completions completions, Releases releases)
    implements Ledger {
  @Override
  public List<Lease> claim(long session, String secret, List<UUID> runs) {
    return claims.claim(session, secret, runs);
  }

  @Override
  public CommitAnswer commit(long session, String secret, UUID lease, CommitRequest request) {
    return commits.commit(session, secret, lease, request);
  }

  @Override
  public void events(long session, String secret, UUID lease, EventsRequest request) {
    commits.events(session, secret, lease, request);
  }

  @Override
  public CompleteAnswer complete(long session, String secret, CompleteRequest request) {
    return completions.complete(session, secret, request);
  }

  @Override
  public void release(Releases.Release release) {
    releases.release(release);
  }
}
