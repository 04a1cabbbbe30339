package io.stowage.store;

import java.io.InputStream;

/**
 * An object being read. It must be closed, which gives back a connection or a file. For one thread
 * at a time.
 */
public interface ObjectReader extends AutoCloseable {
  /** The object's bytes; the same stream at each call. Not buffered. */
  InputStream stream();

  /** What is being read: its etag is the one of these very bytes. */
  ObjectInfo info();

  /** Closes the stream. Never fails; repeating it does nothing. */
  @Override
  void close();
}
