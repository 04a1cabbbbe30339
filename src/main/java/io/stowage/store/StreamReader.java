package io.stowage.store;

import io.stowage.api.StowageException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.util.function.Function;

/** The reader of every store: an open stream, whose errors it translates. */
public final class StreamReader implements ObjectReader {
  private static final Logger LOG = System.getLogger(StreamReader.class.getName());

  private final ObjectInfo info;
  private final InputStream stream;

  /**
   * @param errors makes an error of the stream into ours, naming the object
   */
  public StreamReader(
      ObjectInfo info, InputStream stream, Function<IOException, StowageException> errors) {
    this.info = info;
    this.stream = new TranslatingInput(stream, errors);
  }

  @Override
  public InputStream stream() {
    return stream;
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException | StowageException e) {
      LOG.log(Logger.Level.DEBUG, "closing a reader failed, which loses nothing", e);
    }
  }

  private static final class TranslatingInput extends InputStream {
    private final InputStream stream;
    private final Function<IOException, StowageException> errors;

    TranslatingInput(InputStream stream, Function<IOException, StowageException> errors) {
      this.stream = stream;
      this.errors = errors;
    }

    @Override
    public int read() {
      try {
        return stream.read();
      } catch (IOException e) {
        throw errors.apply(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      try {
        return stream.read(bytes, offset, length);
      } catch (IOException e) {
        throw errors.apply(e);
      }
    }

    @Override
    public long skip(long n) {
      try {
        return stream.skip(n);
      } catch (IOException e) {
        throw errors.apply(e);
      }
    }

    @Override
    public int available() throws IOException {
      return stream.available();
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
