package io.stowage.control.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Immutable
@NullUnmarked
@Table(name = "run")
public class RunRow {
  @Id UUID id;

  @Column(name = "queue_id")
  short queueId;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, Object> spec;

  short priority;

  @Column(name = "submitted_by")
  String submittedBy;

  @Column(name = "submitted_at")
  Instant submittedAt;

  @Column(name = "backfill_id")
  UUID backfillId;

  Short outcome;
  short attempts;
  short losses;

  @Column(name = "started_at")
  Instant startedAt;

  @Column(name = "finished_at")
  Instant finishedAt;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, Object> result;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, Object> error;
}
