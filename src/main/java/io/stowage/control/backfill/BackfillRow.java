package io.stowage.control.backfill;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/** What is shown of a backfill: not its plan, which may be long. Nothing is written by it. */
@Entity
@NullUnmarked
@Table(name = "backfill")
public class BackfillRow {
  @Id UUID id;
  String queue;
  String state;

  /** Under the name {@code keys}: Hibernate Reactive reads JSON objects, but no arrays. */
  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, Object> assets;

  int total;
  int waiting;
  int live;
  int succeeded;
  int failed;
  int skipped;
  int canceled;

  @Column(name = "held_up")
  String heldUp;

  @Column(name = "retry_of")
  UUID retryOf;

  @Column(name = "submitted_by")
  String submittedBy;

  @Column(name = "submitted_at")
  Instant submittedAt;

  @Column(name = "finished_at")
  Instant finishedAt;
}
