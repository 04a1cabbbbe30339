package io.stowage.io.avro.file;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.OptionalInt;
import org.apache.avro.file.CodecFactory;

/**
 * How the blocks of a file are compressed. Every reader has {@code null} and {@code deflate}; not
 * every one the others.
 *
 * @param codec {@code null}, {@code deflate}, {@code snappy}, {@code zstandard}, as Avro calls them
 * @param level for deflate 1 (fast) to 9 (small), for zstandard 1 to 22; 0 is the codec's own
 *     choice
 */
public record AvroCompression(String codec, int level) {
  private static final int DEFLATE_LEVEL = 6;
  private static final int ZSTANDARD_LEVEL = 3;

  /** Deflate, of middling strength. */
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

  CodecFactory factory() {
    return switch (codec) {
      case "deflate" -> CodecFactory.deflateCodec(level == 0 ? DEFLATE_LEVEL : level);
      case "snappy" -> CodecFactory.snappyCodec();
      case "zstandard" -> CodecFactory.zstandardCodec(level == 0 ? ZSTANDARD_LEVEL : level);
      default -> CodecFactory.nullCodec();
    };
  }
}
