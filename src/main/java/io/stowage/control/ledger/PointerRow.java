package io.stowage.control.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

/** Which materialization of an asset's partition is current. */
@Entity
@Immutable
@NullUnmarked
@Table(name = "asset_partition")
@IdClass(PointerRow.Key.class)
public class PointerRow {
  @Id String asset;

  @Id
  @Column(name = "partition_key")
  String partitionKey;

  @Column(name = "materialization_id")
  UUID materializationId;

  /** An asset's partition. */
  public record Key(String asset, String partitionKey) implements Serializable {}
}
