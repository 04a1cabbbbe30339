package io.stowage.control.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Immutable
@NullUnmarked
@Table(name = "queue")
public class QueueRow {
  @Id Short id;
  String name;
  boolean paused;

  @Column(name = "catalog_hash")
  String catalogHash;
}
