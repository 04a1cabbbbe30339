package io.stowage.control.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.NullUnmarked;

@Entity
@NullUnmarked
@Table(name = "dynamic_key")
@IdClass(DynamicKeyRow.Key.class)
public class DynamicKeyRow {
  @Id String definition;
  @Id String key;

  /** The order in which the keys were added; the database's own. */
  @Column(insertable = false, updatable = false)
  Long seq;

  /** A key of a definition. */
  public record Key(String definition, String key) implements Serializable {}
}
