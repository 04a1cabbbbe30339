package io.stowage.control;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.control.backfill.Backfills;
import io.stowage.control.backfill.Backfills.Asked;
import io.stowage.control.backfill.Backfills.Taken;
import io.stowage.control.backfill.Blueprint;
import io.stowage.control.ledger.Catalogs.Catalog;
import io.stowage.protocol.BackfillRequest;
import io.stowage.protocol.Json;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks backfills against the queue's catalog, and keeps them. */
final class BackfillRequests {
  private static final String DEFAULT_QUEUE = "default";

  private final RunRequests requests;
  private final Backfills backfills;

  BackfillRequests(RunRequests requests, Backfills backfills) {
    this.requests = requests;
    this.backfills = backfills;
  }

  /**
   * Partitions that are not named are all that there are, at most a million.
   *
   * @throws Rejected with every fault
   */
  Taken submit(BackfillRequest request, @Nullable String idempotencyKey, String principal) {
    var asked = new Asked(principal, idempotencyKey, Json.hash(request));
    // What was accepted once is answered as it was, also where the catalog has changed since.
    return backfills.replay(asked).orElseGet(() -> submit(request, asked));
  }

  private Taken submit(BackfillRequest request, Asked by) {
    String queue = Objects.requireNonNullElse(request.queue(), DEFAULT_QUEUE);
    Catalog catalog = requests.catalog(queue);
    var dynamic = new HashMap<String, List<String>>();
    PartitionContext asked = requests.context();
    PartitionContext context =
        asked.withDynamicKeys(
            name -> dynamic.computeIfAbsent(name, each -> asked.dynamicKeys().apply(each)));
    var submission = requests.submission(catalog, context);
    var assets = submission.selected(request.assets());
    var partitions =
        request.partitions() == null
            ? all(submission, assets, context)
            : submission.partitions(request.partitions(), assets);
    var overrides =
        new Overrides(catalog.document().ioManagers(), submission.faults()).of(request.config());
    var keys = assets.stream().map(AssetKey::toString).toList();
    Integer total =
        submission.faults().isEmpty()
            ? submission.attempt(
                "partitions", () -> Blueprint.total(keys, partitions, catalog.graph(), context))
            : null;
    if (total == null || !submission.faults().isEmpty()) {
      throw new Rejected(submission.faults());
    }
    return backfills.submit(
        new Backfills.Request(
            queue,
            catalog.hash(),
            new Blueprint(context.now(), keys, partitions, dynamic),
            total,
            overrides,
            Objects.requireNonNullElse(request.tags(), Map.of()),
            by));
  }

  /** All that there are by now, of each definition. */
  private static List<String> all(
      Submission submission, Set<AssetKey> assets, PartitionContext context) {
    var definitions = submission.definitions(assets);
    var keys = new LinkedHashSet<String>();
    for (PartitionsDefinition definition : definitions) {
      submission.attempt(
          "partitions",
          () -> keys.addAll(definition.keys(context).stream().map(PartitionKey::text).toList()));
    }
    if (keys.isEmpty() && !definitions.isEmpty() && submission.faults().isEmpty()) {
      submission.fault(
          "partitions",
          ErrorCode.UNKNOWN_PARTITION,
          "there is no partition yet of " + assets + ": nothing can be backfilled");
    }
    return List.copyOf(keys);
  }
}
