package io.stowage.faults;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was read when a scenario was over: the history, the database, the store.
 *
 * @param settled whether no fault was left, and a sweep had run
 * @param unitsInUse by concurrency key
 * @param objects of the store, by location
 * @param uploads that nobody completed or aborted
 */
record Evidence(
    boolean settled,
    List<Operation> history,
    List<Run> runs,
    List<Live> live,
    List<Attempt> attempts,
    List<Stored> stored,
    List<Pointer> pointers,
    List<Event> events,
    Map<String, Integer> unitsInUse,
    Map<String, Held> objects,
    List<String> uploads) {

  /**
   * @param outcome null while it lives
   * @param clientKey of the request that asked for it; null for a run that follows another
   */
  record Run(String id, @Nullable String outcome, @Nullable String clientKey) {}

  record Live(String run, @Nullable String lease, @Nullable Instant claimed) {}

  /** A lease that has ended. */
  record Attempt(
      String lease, String run, int epoch, long fence, String outcome, Instant from, Instant to) {}

  /**
   * A committed materialization.
   *
   * @param location null where nothing was stored, or where it was removed since
   */
  record Stored(
      String commit,
      String run,
      String lease,
      long fence,
      String step,
      String output,
      String asset,
      String partition,
      @Nullable String location,
      @Nullable String checksum,
      long bytes,
      Instant committed) {}

  record Pointer(String asset, String partition, long fence) {}

  record Event(String run, long n, String type, String step, String message) {}

  record Held(long bytes, String checksum) {}

  Optional<Run> run(String id) {
    return runs.stream().filter(run -> run.id().equals(id)).findFirst();
  }

  List<Operation> operations(String what) {
    return history.stream().filter(each -> each.is(what)).toList();
  }
}
