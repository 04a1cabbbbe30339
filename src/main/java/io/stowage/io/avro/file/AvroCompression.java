package io.stowage.io.avro.file;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.avro.block.BlockCodec;
import io.stowage.io.avro.block.BlockCodecs;
import java.util.OptionalInt;

/**
 * How the blocks of a file are compressed. Every reader has {@code null} and {@code deflate}; not
 * every one the others.
 *
 * @param codec {@code null}, {@code deflate}, {@code snappy}, {@code zstandard}, as Avro calls them
 * @param level for deflate 1 (fast) to 9 (small), for zstandard 1 to 22; 0 is the codec's own
 *     choice
 */
public record AvroCompression(String codec, int level) {
  /**
   * Not zlib's own 6: of rows of numbers, of texts and of this program's sources it makes files
   * that are 1 to 6 % larger, at two to three times the speed. Below it they grow faster: level 1
   * is as quick again, and costs up to 25 %.
   */
  private static final int DEFLATE_LEVEL = 4;

  private static final int ZSTANDARD_LEVEL = 3;

  /** Deflate, of a strength that is quick. */
  public static final AvroCompression DEFAULT = new AvroCompression("deflate", 0);

  public AvroCompression {
    int highest =
        switch (codec) {
          case "null", "snappy" -> 0;
          case "deflate" -> 9;
          case "zstandard" -> 22;
          default ->
              throw new StowageException(
                  ErrorCode.INVALID_CONFIGURATION,
                  "codec '%s' is unknown: use null, deflate, snappy or zstandard".formatted(codec));
        };
    if (level < 0 || level > highest) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          highest == 0
              ? "codec '%s' has no level, but %d is set".formatted(codec, level)
              : "level %d is out of range: codec '%s' has 1 to %d"
                  .formatted(level, codec, highest));
    }
  }

  /**
   * @param level of the codec; empty for its own choice
   */
  public static AvroCompression of(String codec, OptionalInt level) {
    if (level.isPresent() && level.getAsInt() == 0) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION, "level 0 is no compression: use codec null for that");
    }
    return new AvroCompression(codec, level.orElse(0));
  }

  BlockCodec.Factory blocks() {
    return switch (codec) {
      case "deflate" -> BlockCodecs.deflate(level == 0 ? DEFLATE_LEVEL : level);
      case "snappy" -> BlockCodecs.snappy();
      case "zstandard" -> BlockCodecs.zstandard(level == 0 ? ZSTANDARD_LEVEL : level);
      default -> BlockCodecs.plain();
    };
  }
}
