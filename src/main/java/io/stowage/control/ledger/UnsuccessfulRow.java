package io.stowage.control.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

/** A run that ended otherwise than by success: few among many, and found by that. */
@Entity
@Immutable
@NullUnmarked
@Table(name = "unsuccessful")
public class UnsuccessfulRow {
  @Id
  @Column(name = "run_id")
  UUID runId;

  @Column(name = "queue_id")
  short queueId;

  short outcome;
}
