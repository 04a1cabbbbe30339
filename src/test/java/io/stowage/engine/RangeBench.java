package io.stowage.engine;

import io.stowage.api.AssetContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Declared;
import io.stowage.fixture.Workbench;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Assets that compute ranges of months, and what they were called with. */
abstract class RangeBench {
  static final PartitionsDefinition MONTHS =
      PartitionsDefinition.monthly("2012-01").until("2016-01");
  static final List<String> QUARTER = List.of("2012-01", "2012-02", "2012-03");

  final Workbench bench = new Workbench();
  final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  static List<String> texts(AssetContext context) {
    return context.partitions().stream().map(PartitionKey::text).toList();
  }

  /** An asset over ranges of months, whose function is told its context, the first parameter. */
  Declared ranged(String key, Function<AssetContext, @Nullable Object> computed) {
    return bench
        .asset(key)
        .partitioned(MONTHS)
        .perRun(Integer.MAX_VALUE)
        .context()
        .computed(
            given -> {
              var context = (AssetContext) Objects.requireNonNull(given[0]);
              calls.add(key + texts(context));
              return computed.apply(context);
            });
  }

  static Map<String, Long> values(AssetContext context) {
    var values = new HashMap<String, Long>();
    texts(context).forEach(text -> values.put(text, (long) Integer.parseInt(text.substring(5))));
    return values;
  }

  List<String> committed() {
    return bench.ledger().commits().stream()
        .map(commit -> commit.asset() + "[" + commit.partition() + "]")
        .toList();
  }
}
