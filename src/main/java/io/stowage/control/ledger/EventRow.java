package io.stowage.control.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
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
@Table(name = "event")
@IdClass(EventRow.Key.class)
public class EventRow {
  @Id
  @Column(name = "run_id")
  UUID runId;

  @Id long n;
  Instant at;
  String type;
  String step;

  @Column(name = "partition_key")
  String partitionKey;

  String message;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, Object> data;

  /** A run's event by its number. */
  public record Key(UUID runId, long n) implements Serializable {}
}
