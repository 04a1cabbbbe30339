package io.stowage.protocol;

import io.stowage.protocol.EventsRequest.NewEvent;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One output of one partition.
 *
 * @param commitId new for each output; the same when the call is repeated
 * @param asset its key; of an op's output {@code @runs/<run id>/<step>/<output>[/<mapping key>]}
 * @param beside further assets that the manager wrote
 * @param events what happened before, in order; recorded with the output or not at all
 */
public record CommitRequest(
    UUID commitId,
    UUID runId,
    String step,
    String output,
    String asset,
    String partition,
    @Nullable String location,
    @Nullable String etag,
    @Nullable String checksum,
    long bytes,
    long rows,
    @Nullable String schemaFingerprint,
    Map<String, Map<String, Object>> metadata,
    List<ReadInput> inputs,
    List<Beside> beside,
    List<NewEvent> events) {
  public CommitRequest {
    events = events == null ? List.of() : events;
    Required.present("commit_id", commitId);
    Required.present("run_id", runId);
    Required.present("step", step);
    Required.present("output", output);
    Required.present("asset", asset);
    Required.present("partition", partition);
    Required.present("metadata", metadata);
    Required.whole("inputs", inputs);
    Required.whole("beside", beside);
    Required.whole("events", events);
  }

  /** Without events. */
  public CommitRequest(
      UUID commitId,
      UUID runId,
      String step,
      String output,
      String asset,
      String partition,
      @Nullable String location,
      @Nullable String etag,
      @Nullable String checksum,
      long bytes,
      long rows,
      @Nullable String schemaFingerprint,
      Map<String, Map<String, Object>> metadata,
      List<ReadInput> inputs,
      List<Beside> beside) {
    this(
        commitId,
        runId,
        step,
        output,
        asset,
        partition,
        location,
        etag,
        checksum,
        bytes,
        rows,
        schemaFingerprint,
        metadata,
        inputs,
        beside,
        List.of());
  }

  /** An asset that a manager wrote beside the main one. */
  public record Beside(String asset, Map<String, Map<String, Object>> metadata) {
    public Beside {
      Required.present("asset", asset);
      Required.present("metadata", metadata);
    }
  }
}
