package io.stowage.control;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.protocol.PreviewOptions;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.SubmitRequest;
import io.stowage.protocol.SweepOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Holds a request for a run that computes nothing against the queue's catalog. */
final class KindSubmission {
  private static final int LONGEST_PARTITION = 2_000;

  private final Submission submission;
  private final RunKind kind;

  KindSubmission(Submission submission, RunKind kind) {
    this.submission = submission;
    this.kind = kind;
  }

  /** Faults stand in the submission. */
  RunSpec spec(
      SubmitRequest request, Map<String, Map<String, String>> overrides, @Nullable UUID retryOf) {
    Set<AssetKey> assets = assets(request);
    return new RunSpec(
        kind.word(),
        assets.stream().map(AssetKey::toString).toList(),
        partitions(request, assets),
        overrides,
        Objects.requireNonNullElse(request.tags(), Map.of()),
        request.timeout(),
        null,
        retryOf,
        kind.word(),
        options(request));
  }

  /** A sweep without a selection goes over all; a wipe is never meant for what nobody named. */
  private Set<AssetKey> assets(SubmitRequest request) {
    boolean none = request.assets() == null || request.assets().isEmpty();
    return none && kind == RunKind.SWEEP ? new TreeSet<>() : submission.selected(request.assets());
  }

  /**
   * Text is taken as it is: what a definition no longer has can be wiped as well, such as the data
   * of a dynamic key that was removed.
   */
  private List<String> partitions(SubmitRequest request, Set<AssetKey> assets) {
    if (kind == RunKind.PREVIEW) {
      return previewed(request, assets);
    }
    if (request.partition() == null && request.partitions() == null) {
      return List.of();
    }
    if (kind == RunKind.SWEEP) {
      submission.fault(
          request.partition() == null ? "partitions" : "partition",
          ErrorCode.INVALID_REQUEST,
          "a sweep goes over all partitions: leave them out");
      return List.of();
    }
    if (request.partitions() == null && request.partition() instanceof String text) {
      return text("partition", text);
    }
    if (request.partition() == null
        && request.partitions() instanceof List<?> list
        && list.stream().allMatch(String.class::isInstance)
        && !list.isEmpty()) {
      return list.stream().flatMap(each -> text("partitions", (String) each).stream()).toList();
    }
    return submission.partitions(request, assets);
  }

  /** One asset is previewed at a time, and of partitions one. */
  private List<String> previewed(SubmitRequest request, Set<AssetKey> assets) {
    if (assets.size() > 1) {
      submission.fault(
          "assets",
          ErrorCode.INVALID_REQUEST,
          "a preview is of one asset, not of " + assets.size());
      return List.of();
    }
    if (request.partitions() != null) {
      submission.fault(
          "partitions", ErrorCode.INVALID_REQUEST, "a preview is of one 'partition', by its key");
      return List.of();
    }
    boolean partitioned = !submission.definitions(assets).isEmpty();
    if (request.partition() == null && partitioned) {
      submission.fault(
          "partition",
          ErrorCode.UNKNOWN_PARTITION,
          "say which 'partition' of " + assets.iterator().next() + " is to be shown");
    }
    if (request.partition() == null) {
      return List.of();
    }
    return request.partition() instanceof String text
        ? text("partition", text)
        : submission.partitions(request, assets);
  }

  private List<String> text(String field, String partition) {
    if (partition.isBlank()
        || partition.length() > LONGEST_PARTITION
        || partition.chars().anyMatch(Character::isISOControl)) {
      submission.fault(
          field,
          ErrorCode.UNKNOWN_PARTITION,
          "a partition's key has 1 to " + LONGEST_PARTITION + " characters, none of them control");
      return List.of();
    }
    return List.of(partition);
  }

  private Map<String, String> options(SubmitRequest request) {
    Map<String, Object> given = Objects.requireNonNullElse(request.options(), Map.of());
    if (kind == RunKind.WIPE
        && !Set.of(SweepOptions.DRY_RUN, "dry_run").containsAll(given.keySet())) {
      submission.fault(
          "options", ErrorCode.UNKNOWN_SETTING, "a wipe has the option 'dry-run' alone");
      return Map.of();
    }
    try {
      return kind == RunKind.PREVIEW
          ? PreviewOptions.of(given).toData()
          : SweepOptions.of(given).toData();
    } catch (StowageException e) {
      submission.fault("options", e.code(), String.valueOf(e.getMessage()));
      return Map.of();
    }
  }
}
