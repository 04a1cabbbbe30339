package io.stowage.control.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity
@NullUnmarked
@Table(name = "catalog")
public class CatalogRow {
  @Id String hash;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, Object> document;

  @Column(name = "registered_at")
  Instant registeredAt;
}
