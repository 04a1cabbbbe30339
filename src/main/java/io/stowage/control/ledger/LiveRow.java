package io.stowage.control.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

/** What of a live run is shown; changed by the queue's own statements alone. */
@Entity
@Immutable
@NullUnmarked
@Table(name = "live")
public class LiveRow {
  @Id
  @Column(name = "run_id")
  UUID runId;

  @Column(name = "queue_id")
  short queueId;

  short state;
  short attempt;
  short losses;

  @Column(name = "session_id")
  Long sessionId;

  @Column(name = "claimed_at")
  Instant claimedAt;
}
