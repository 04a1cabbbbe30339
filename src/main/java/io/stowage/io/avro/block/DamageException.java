package io.stowage.io.avro.block;

/** The bytes of a file are not what its format or its schema asks for; the cause says how. */
public final class DamageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Exception damage;

  DamageException(Exception damage) {
    super(damage);
    this.damage = damage;
  }

  public Exception damage() {
    return damage;
  }
}
