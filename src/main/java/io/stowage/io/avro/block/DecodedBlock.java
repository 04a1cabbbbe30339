package io.stowage.io.avro.block;

import java.io.IOException;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The values of a block: all of a small one, which wait in memory; of a large one each when it is
 * taken, since few bytes may hold many values. What cannot be read shows after the values before
 * it.
 */
final class DecodedBlock {
  private static final int LARGE = 1 << 20;
  private static final int MANY = 1 << 16;

  private final int storedBytes;
  private final ArrayList<@Nullable Object> values = new ArrayList<>(0);
  private final BlockDecoder decoder;
  private final Consumer<BlockDecoder> released;
  private int taken;
  private long undecoded;
  private @Nullable Exception failure;

  private DecodedBlock(Block block, BlockDecoder decoder, Consumer<BlockDecoder> released) {
    this.storedBytes = block.bytes().remaining();
    this.undecoded = block.values();
    this.decoder = decoder;
    this.released = released;
  }

  /**
   * @param released gets the decoder back when the block has no more need of it
   */
  static DecodedBlock of(Block block, BlockDecoder decoder, Consumer<BlockDecoder> released) {
    var decoded = new DecodedBlock(block, decoder, released);
    try {
      if (decoder.open(block) <= LARGE && block.values() <= MANY) {
        decoded.values.ensureCapacity((int) block.values());
        while (decoded.undecoded > 0) {
          decoded.values.add(decoder.next());
          decoded.undecoded--;
        }
      }
      decoded.endIfAllIsDecoded();
    } catch (IOException | RuntimeException e) {
      decoded.fail(e);
    }
    return decoded;
  }

  int storedBytes() {
    return storedBytes;
  }

  boolean hasNext() throws DamageException {
    if (taken < values.size() || undecoded > 0) {
      return true;
    }
    if (failure != null) {
      throw new DamageException(failure);
    }
    return false;
  }

  @Nullable Object next() throws DamageException {
    if (taken < values.size()) {
      return values.get(taken++);
    }
    try {
      Object value = decoder.next();
      undecoded--;
      endIfAllIsDecoded();
      return value;
    } catch (IOException | RuntimeException e) {
      fail(e);
      throw new DamageException(e);
    }
  }

  void forEachRemaining(Consumer<@Nullable Object> action) throws DamageException {
    while (taken < values.size()) {
      action.accept(values.get(taken++));
    }
    while (hasNext()) {
      action.accept(next());
    }
  }

  private void endIfAllIsDecoded() {
    if (undecoded > 0) {
      return;
    }
    try {
      decoder.finish();
      released.accept(decoder);
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(Exception e) {
    failure = e;
    undecoded = 0;
    released.accept(decoder);
  }

  /** Gives the decoder back; there is nothing more to take. */
  void abandon() {
    taken = values.size();
    if (undecoded > 0) {
      undecoded = 0;
      released.accept(decoder);
    }
  }
}
