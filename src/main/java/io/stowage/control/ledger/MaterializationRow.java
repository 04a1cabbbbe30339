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
@Table(name = "materialization")
public class MaterializationRow {
  @Id UUID id;

  @Column(name = "run_id")
  UUID runId;

  String step;
  String output;
  String asset;

  @Column(name = "partition_key")
  String partitionKey;

  String location;
  String etag;
  String checksum;
  long bytes;

  @Column(name = "row_count")
  long rowCount;

  @Column(name = "schema_fingerprint")
  String schemaFingerprint;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, Object> metadata;

  /** Under the name {@code read}: Hibernate Reactive reads JSON objects, but no arrays. */
  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, Object> inputs;

  @Column(name = "committed_at")
  Instant committedAt;

  @Column(name = "removed_at")
  Instant removedAt;
}
