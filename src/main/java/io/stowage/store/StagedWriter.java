package io.stowage.store;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The writer of every store: counts and hashes what passes, and knows whether to publish or to
 * discard.
 */
public final class StagedWriter implements ObjectWriter {
  private enum State {
    OPEN,
    /** The stream was closed by whoever wrote to it. */
    ENDED,
    FAILED,
    COMMITTED,
    CLOSED
  }

  private final ObjectKey key;
  private final Staging staging;
  private final MessageDigest digest = Checksums.digest();
  private final OutputStream stream = new Stream();
  private State state = State.OPEN;
  private long bytes;
  private @Nullable ObjectInfo committed;

  public StagedWriter(ObjectKey key, Staging staging) {
    this.key = key;
    this.staging = staging;
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public ObjectInfo commit() {
    if (state == State.COMMITTED) {
      return Objects.requireNonNull(committed);
    }
    if (state != State.OPEN && state != State.ENDED) {
      throw refused("cannot commit '%s'");
    }
    state = State.FAILED;
    ObjectInfo info = staging.publish(Checksums.hex(digest));
    committed = info;
    state = State.COMMITTED;
    return info;
  }

  @Override
  public void close() {
    if (state != State.COMMITTED && state != State.CLOSED) {
      state = State.CLOSED;
      staging.discard();
    }
  }

  private void write(byte[] from, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, from.length);
    if (state != State.OPEN) {
      throw refused("cannot write to '%s'");
    }
    state = State.FAILED;
    staging.write(from, offset, length);
    state = State.OPEN;
    digest.update(from, offset, length);
    bytes += length;
  }

  private StowageException refused(String what) {
    String why =
        switch (state) {
          case FAILED -> "an earlier write or commit of it failed";
          case ENDED -> "its stream was closed";
          case OPEN, COMMITTED, CLOSED -> "it was committed or aborted";
        };
    return new StowageException(ErrorCode.INTERNAL_ERROR, (what + ": %s").formatted(key, why));
  }

  private final class Stream extends OutputStream {
    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      StagedWriter.this.write(from, offset, length);
    }

    @Override
    public void close() {
      if (state == State.OPEN) {
        state = State.ENDED;
      }
    }
  }
}
