package io.stowage.io.caching;

import io.stowage.api.IoManager;
import io.stowage.api.Materialization;
import io.stowage.api.OutputContext;
import io.stowage.api.SchemaDifference;
import io.stowage.api.SchemaGuard;
import io.stowage.api.Sweepable;
import io.stowage.api.partition.PartitionKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores by the wrapped manager, and forgets what was loaded of the asset's partition before. */
final class CachingIoManager extends CachingInputManager implements IoManager, SchemaGuard {
  private final IoManager wrapped;

  CachingIoManager(IoManager wrapped, ValueCache cache) {
    super(wrapped, cache);
    this.wrapped = wrapped;
  }

  @Override
  public void handleOutput(OutputContext context, @Nullable Object value) throws Exception {
    wrapped.handleOutput(context, value);
    cache().forget(context.asset(), context.partitions().stream().map(PartitionKey::text).toList());
  }

  @Override
  public Optional<Sweepable> sweepable() {
    return wrapped.sweepable();
  }

  @Override
  public SchemaDifference difference(OutputContext context, Materialization last) throws Exception {
    return wrapped instanceof SchemaGuard guard
        ? guard.difference(context, last)
        : SchemaDifference.NONE;
  }
}
