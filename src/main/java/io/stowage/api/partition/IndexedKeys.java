package io.stowage.api.partition;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The keys of dynamic partitions, and an index of those of each name, for as long as the source
 * gives the same list: a hundred thousand keys are held against it one by one.
 */
final class IndexedKeys implements Function<String, List<String>> {
  private final Function<String, List<String>> source;
  private final Map<String, Indexed> indexed = new ConcurrentHashMap<>();

  private record Indexed(List<String> keys, ListedValues values) {
    boolean isOf(List<String> others) {
      return keys == others && values.all().size() == others.size();
    }
  }

  private IndexedKeys(Function<String, List<String>> source) {
    this.source = source;
  }

  static IndexedKeys of(Function<String, List<String>> source) {
    return source instanceof IndexedKeys already ? already : new IndexedKeys(source);
  }

  @Override
  public List<String> apply(String name) {
    return source.apply(name);
  }

  ListedValues values(String name) {
    List<String> keys = source.apply(name);
    Indexed known = indexed.get(name);
    if (known == null || !known.isOf(keys)) {
      String expectation = "one of the dynamic partitions '" + name + "': add it first";
      known = new Indexed(keys, new ListedValues(keys, expectation));
      indexed.put(name, known);
    }
    return known.values();
  }
}
