package io.stowage.io.parquet;

import dev.hardwood.InputFile;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of an object, for access in any order. The file has lost its name before it is filled
 * (on Linux and macOS), so that it is gone when it is closed, and when the process is killed.
 */
final class TemporaryFile implements InputFile {
  private static final int PIECE = 256 * 1024;

  private final FileChannel channel;
  private final long length;

  private TemporaryFile(FileChannel channel, long length) {
    this.channel = channel;
    this.length = length;
  }

  /**
   * @throws StowageException {@code PAYLOAD_TOO_LARGE} for more bytes than that; {@code
   *     UNAVAILABLE} where there is no room
   */
  static TemporaryFile of(InputStream bytes, long maxBytes) throws IOException {
    FileChannel channel = nameless();
    try {
      return new TemporaryFile(channel, copy(bytes, channel, maxBytes));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel nameless() {
    try {
      Path path = Files.createTempFile("stowage-", ".parquet");
      return FileChannel.open(
          path,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private static long copy(InputStream bytes, FileChannel channel, long maxBytes)
      throws IOException {
    var piece = new byte[PIECE];
    long length = 0;
    for (int n = bytes.read(piece); n >= 0; n = bytes.read(piece)) {
      length += n;
      if (length > maxBytes) {
        throw new StowageException(
            ErrorCode.PAYLOAD_TOO_LARGE,
            "it has more than %d bytes, which this manager copies to a temporary file at most; raise max-bytes"
                .formatted(maxBytes));
      }
      write(channel, ByteBuffer.wrap(piece, 0, n));
    }
    return length;
  }

  private static void write(FileChannel channel, ByteBuffer piece) {
    try {
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private static StowageException noRoom(IOException e) {
    return new StowageException(
        ErrorCode.UNAVAILABLE,
        "cannot write a temporary file to '%s': %s"
            .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
        e);
  }

  @Override
  public void open() {}

  @Override
  public ByteBuffer readRange(long offset, int size) throws IOException {
    var bytes = ByteBuffer.allocateDirect(size);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException("the file ends at " + length + ", within what should be read");
      }
    }
    return bytes.flip();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public String name() {
    return "the file";
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
