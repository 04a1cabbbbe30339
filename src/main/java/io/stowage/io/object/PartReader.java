package io.stowage.io.object;

import io.stowage.api.InputContext;
import io.stowage.api.StowageException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Loads the objects of one input, side by side where they are all wanted at once. */
final class PartReader {
  private final InputContext context;
  private final ObjectLoader.Reading reading;
  private final Function<StoredPart, OpenPart> opening;
  private final BadRows bad;
  private final int parallelism;

  PartReader(
      InputContext context,
      ObjectLoader.Reading reading,
      Function<StoredPart, OpenPart> opening,
      BadRows bad,
      int parallelism) {
    this.context = context;
    this.reading = reading;
    this.opening = opening;
    this.bad = bad;
    this.parallelism = parallelism;
  }

  private record Loaded(@Nullable Object value) {}

  /**
   * The whole value of one object; null where null was stored, or where it is missing and may be.
   */
  @Nullable Object single(StoredPart part, Type type) {
    Loaded loaded = load(part, type);
    return loaded == null ? null : loaded.value();
  }

  Map<String, @Nullable Object> byPartition(List<StoredPart> parts, Type type) {
    List<@Nullable Loaded> loaded = all(parts, type);
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < parts.size(); i++) {
      Loaded each = loaded.get(i);
      if (each != null) {
        values.put(parts.get(i).partition(), each.value());
      }
    }
    return values;
  }

  List<@Nullable Object> concatenated(List<StoredPart> parts, Type type) {
    var values = new ArrayList<@Nullable Object>();
    for (Loaded each : all(parts, type)) {
      if (each != null && each.value() instanceof Iterable<?> rows) {
        rows.forEach(values::add);
      } else if (each != null) {
        values.add(each.value()); // one value of each partition makes a list of them
      }
    }
    return values;
  }

  Stream<@Nullable Object> chained(List<StoredPart> parts, Type type) {
    return ChainedRows.of(parts, part -> rows(part, type), context);
  }

  private @Nullable PartRows rows(StoredPart part, Type type) {
    OpenPart open = null;
    try {
      open = opening.apply(part);
      LoadedRows loaded = bad.of(part);
      Object rows = read(open, type, loaded);
      return new PartRows(part, open, rows == null ? Stream.empty() : (Stream<?>) rows, loaded);
    } catch (Exception e) {
      if (open != null) {
        open.close();
      }
      StoredParts.leaveOut(context, part.failure(e));
      return null;
    }
  }

  private @Nullable Object read(OpenPart open, Type type, LoadedRows loaded) throws Exception {
    try {
      return reading.read(context, type, open.bytes(), loaded);
    } catch (Exception e) {
      throw open.explained(e);
    }
  }

  private @Nullable Loaded load(StoredPart part, Type type) {
    context.cancellation().throwIfRequested();
    try (OpenPart open = opening.apply(part)) {
      LoadedRows loaded = bad.of(part);
      Object value = read(open, type, loaded);
      open.finish();
      loaded.end(value instanceof Collection<?> rows ? rows.size() : 1);
      return new Loaded(value);
    } catch (Exception e) {
      StoredParts.leaveOut(context, part.failure(e));
      return null;
    }
  }

  /** One result for each part, in their order. The first failure ends the rest. */
  private List<@Nullable Loaded> all(List<StoredPart> parts, Type type) {
    int threads = Math.max(1, Math.min(parallelism, parts.size()));
    var executor = Executors.newFixedThreadPool(threads, Thread.ofVirtual().factory());
    try {
      var running = new ArrayList<Future<@Nullable Loaded>>();
      parts.forEach(
          part ->
              running.add(executor.submit((Callable<@Nullable Loaded>) () -> load(part, type))));
      var loaded = new ArrayList<@Nullable Loaded>();
      for (int i = 0; i < parts.size(); i++) {
        loaded.add(result(parts.get(i), running.get(i)));
      }
      return loaded;
    } finally {
      executor.shutdownNow();
      executor.close();
    }
  }

  private static @Nullable Loaded result(StoredPart part, Future<@Nullable Loaded> running) {
    try {
      return running.get();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof StowageException known ? known : part.failure(cause);
    } catch (InterruptedException e) {
      throw part.failure(e);
    }
  }
}
