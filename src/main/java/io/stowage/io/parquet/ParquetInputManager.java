package io.stowage.io.parquet;

import dev.hardwood.Hardwood;
import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.InputManager;
import io.stowage.api.StowageException;
import io.stowage.io.object.InputShape;
import io.stowage.io.object.ObjectFormat;
import io.stowage.io.object.ObjectLoader;
import io.stowage.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Loads lists and streams of records from Parquet files, which others have written: external assets
 * by their key or {@code path}. The metadata of the input tells {@code rows}, {@code columns_read}
 * and {@code columns_in_file} of the files that were opened: of all, once a stream was read.
 */
public final class ParquetInputManager implements InputManager, AutoCloseable {
  private final ObjectLoader loader;
  private final long maxBytes;

  /** Its threads decode pages, for all files of this manager. */
  private final Hardwood parquet = Hardwood.create();

  public ParquetInputManager(ObjectStore store, ParquetSettings settings) {
    this.loader =
        ObjectLoader.of(
            store, settings, new ObjectFormat("parquet", "application/vnd.apache.parquet"));
    this.maxBytes = settings.maxBytes();
  }

  @Override
  public @Nullable Object loadInput(InputContext context) {
    var seen = new FilesSeen(context);
    seen.describe(); // where there is no file
    return loader.load(context, (_, type, bytes, _) -> read(type, bytes, seen));
  }

  private Object read(Type type, InputStream bytes, FilesSeen seen) throws IOException {
    RecordTypes.refusal(type)
        .ifPresent(
            reason -> {
              throw new StowageException(ErrorCode.TYPE_MISMATCH, reason);
            });
    var record = (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0];
    ParquetRows rows = ParquetRows.open(parquet, TemporaryFile.of(bytes, maxBytes), record);
    seen.add(rows);
    Stream<Object> stream =
        StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
            .onClose(rows::close);
    if (InputShape.raw(type) == Stream.class) {
      return stream;
    }
    try (stream) {
      List<Object> list = stream.toList();
      return list;
    }
  }

  @Override
  public void close() {
    parquet.close();
  }
}
