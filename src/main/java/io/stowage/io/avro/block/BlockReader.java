package io.stowage.io.avro.block;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of an object container file. The stream is read by the caller's thread alone;
 * where there is more than one block, others decompress and decode what was read ahead. Memory is
 * bounded by that: so many blocks as {@link Lookahead} takes, but no further one beyond {@value
 * #MOST_BYTES_AHEAD} bytes as they are stored. For one thread.
 *
 * <p>A failure of the stream is thrown as {@code UncheckedIOException}, or as the stream's own
 * unchecked exception, after the values before it.
 */
public final class BlockReader implements AutoCloseable {
  private static final long MOST_BYTES_AHEAD = 4 << 20;

  private final BlockFrames frames;
  private final Supplier<? extends DatumReader<? extends @Nullable Object>> readers;
  private final Lookahead<DecodedBlock> ahead = new Lookahead<>();
  private final Queue<BlockDecoder> idle = new ConcurrentLinkedQueue<>();
  private @Nullable DecodedBlock current;
  private long bytesAhead;
  private boolean ended;
  private @Nullable DamageException damage;
  private @Nullable RuntimeException lost;

  private BlockReader(
      BlockFrames frames, Supplier<? extends DatumReader<? extends @Nullable Object>> readers) {
    this.frames = frames;
    this.readers = readers;
  }

  /**
   * Reads the header.
   *
   * @param in closed with the reader; where opening fails, left to the caller
   * @param readers makes of the file's schema readers of its values, each for one thread; asked by
   *     any
   * @throws DamageException where it is not the header of such a file
   */
  public static BlockReader open(
      InputStream in,
      Function<Schema, ? extends Supplier<? extends DatumReader<? extends @Nullable Object>>>
          readers)
      throws DamageException {
    var frames = BlockFrames.open(in);
    return new BlockReader(frames, readers.apply(frames.header().schema()));
  }

  /** As the file was written with. */
  public Schema schema() {
    return frames.header().schema();
  }

  /** An entry of the header. */
  public Optional<String> metadata(String key) {
    return Optional.ofNullable(frames.header().entries().get(key));
  }

  /**
   * @throws DamageException as often as it is asked from there on
   */
  public boolean hasNext() throws DamageException {
    try {
      while (current == null || !current.hasNext()) {
        current = nextBlock();
        if (current == null) {
          release();
          return false;
        }
      }
      return true;
    } catch (DamageException | RuntimeException e) {
      release();
      throw e;
    }
  }

  /** The next value; the same exceptions. */
  public @Nullable Object next() throws DamageException {
    if (!hasNext() || current == null) {
      throw new NoSuchElementException();
    }
    return current.next();
  }

  /** The values that are left, for less than one by one; the same exceptions, and the action's. */
  public void forEachRemaining(Consumer<@Nullable Object> action) throws DamageException {
    while (hasNext() && current != null) {
      current.forEachRemaining(action);
    }
  }

  private @Nullable DecodedBlock nextBlock() throws DamageException {
    readAhead();
    if (!ahead.isEmpty()) {
      return taken();
    }
    if (damage != null) {
      throw damage;
    }
    if (lost != null) {
      throw lost;
    }
    return null;
  }

  private void readAhead() {
    while (!ended && !ahead.isFull() && (ahead.isEmpty() || bytesAhead < MOST_BYTES_AHEAD)) {
      try {
        Block block = frames.next();
        if (block == null) {
          ended = true;
        } else {
          add(block);
        }
      } catch (DamageException e) {
        ended = true;
        damage = e;
      } catch (RuntimeException e) {
        ended = true;
        lost = e;
      }
    }
  }

  private void add(Block block) {
    bytesAhead += block.bytes().remaining();
    if (ahead.isEmpty()) {
      ahead.add(() -> decoded(block));
    } else {
      ahead.begin(() -> decoded(block));
    }
  }

  private DecodedBlock decoded(Block block) {
    BlockDecoder decoder = idle.poll();
    return DecodedBlock.of(
        block,
        decoder == null
            ? new BlockDecoder(frames.header().codec().create(), readers.get())
            : decoder,
        idle::add);
  }

  private DecodedBlock taken() {
    try {
      DecodedBlock taken = ahead.take();
      bytesAhead -= taken.storedBytes();
      return taken;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StowageException(ErrorCode.CANCELED, "the thread was interrupted", e);
    }
  }

  /** Ends what is under way, and drops what was read ahead; the stream stays open. */
  public void release() {
    ended = true;
    ahead.close();
    if (current != null) {
      current.abandon();
    }
    for (BlockDecoder each = idle.poll(); each != null; each = idle.poll()) {
      each.close();
    }
  }

  /** Ends what is under way, and closes the stream. */
  @Override
  public void close() throws IOException {
    release();
    frames.close();
  }
}
