package io.stowage.io.object;

import io.stowage.api.OutputContext;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectStore;
import io.stowage.store.ObjectWriter;
import io.stowage.store.WriteOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Rows that could not be stored, in an object beside the others': CSV of {@code reason} and {@code
 * row}. It is begun with the first bad row, and appears before the object that it belongs to, so
 * that what is named by a materialization is there. Without {@link #commit} nothing is left.
 */
final class QuarantineObject extends Quarantine implements AutoCloseable {
  private final ObjectStore store;
  private final ObjectKey key;
  private final WriteOptions options;
  private @Nullable ObjectWriter writer;
  private @Nullable Writer text;
  private boolean committed;
  private boolean settled;

  QuarantineObject(
      QuarantineSettings settings, ObjectStore store, ObjectKey key, WriteOptions options) {
    super(settings);
    this.store = store;
    this.key = key;
    this.options = options.contentType("text/csv");
  }

  @Override
  void keep(String reason, String row) {
    try {
      if (text == null) {
        writer = store.create(key, options);
        text = new BufferedWriter(new OutputStreamWriter(writer.stream(), StandardCharsets.UTF_8));
        text.write("reason,row\r\n");
      }
      text.write(quoted(reason) + "," + quoted(row) + "\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Makes it visible, where there is anything to see. */
  void commit() throws IOException {
    if (writer != null && text != null) {
      text.flush();
      writer.commit();
      committed = true;
    }
  }

  /**
   * The same under a name that the former write had too, and where there is nothing, removes its.
   */
  void replace() throws IOException {
    if (writer != null) {
      commit();
    } else if (isOn()) {
      store.delete(key);
    }
  }

  /** Tells of the bad rows with the materialization. */
  void describe(OutputContext context) {
    if (count() > 0) {
      context.addOutputMetadata("quarantined", count());
      context.addOutputMetadata("quarantine", store.location(key));
      context.addOutputMetadata("quarantined_first", table());
    }
  }

  /** What it belongs to is there as well: it stays. */
  void settle() {
    settled = true;
  }

  /** Aborts it; where it is visible already, and what it belongs to has failed, removes it. */
  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
    if (committed && !settled) {
      try {
        store.delete(key);
      } catch (StowageException _) {
        // the sweep of lost attempts' objects finds it
      }
    }
  }
}
