package io.stowage.control.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Immutable
@NullUnmarked
@Table(name = "session")
public class SessionRow {
  @Id Long id;
  String worker;
  short state;
  int slots;

  @Column(name = "last_seen_at")
  Instant lastSeenAt;
}
