package io.stowage.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store as a worker of the queue has it.
 *
 * @param state {@code well}, {@code faulty}, or {@code unused} where the worker has not needed it
 *     yet
 * @param fault what is wrong with it; null where nothing is
 * @param settings those that are given; what is secret is masked
 * @param ioManagers keys of those that use it
 * @param materializations of the last seven days by those managers, with their bytes and rows
 */
public record StoreView(
    String name,
    String type,
    String queue,
    String worker,
    String state,
    @Nullable String fault,
    @Nullable Instant checkedAt,
    Map<String, String> settings,
    List<String> ioManagers,
    long materializations,
    long bytes,
    long rows) {}
