package io.stowage.io.object;

import io.stowage.api.InputContext;
import io.stowage.api.metadata.MetadataValue;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * What the objects of one input have lost by bad rows: told by a warning for each object, and with
 * the metadata of the input, {@code quarantined} and {@code quarantined_first}. Nothing is written,
 * since whoever loads may have no right to. For several threads.
 */
final class BadRows {
  private static final int KEPT = 10;

  private final InputContext context;
  private final QuarantineSettings settings;
  private final List<List<String>> first = new ArrayList<>();
  private long count;

  BadRows(InputContext context, QuarantineSettings settings) {
    this.context = context;
    this.settings = settings;
  }

  LoadedRows of(StoredPart part) {
    return new LoadedRows(settings, (bad, all) -> add(part, bad, all));
  }

  private synchronized void add(StoredPart part, Quarantine bad, long all) {
    String uri = part.location().toString();
    context.log().log(
        Level.WARNING,
        "input ''{0}'' goes without {1} of {2} rows of ''{3}'', which are bad; the first: {4}",
        context.inputName(),
        Long.toString(bad.count()),
        Long.toString(all),
        uri,
        bad.first().getFirst().getFirst());
    count += bad.count();
    bad.first().stream()
        .limit(KEPT - first.size())
        .forEach(row -> first.add(List.of(uri, row.getFirst(), row.getLast())));
    context.addInputMetadata("quarantined", count);
    context.addInputMetadata(
        "quarantined_first", MetadataValue.table(List.of("object", "reason", "row"), first));
  }
}
