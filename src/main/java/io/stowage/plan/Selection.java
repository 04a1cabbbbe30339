package io.stowage.plan;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.AssetSpec;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Words that select assets: a whole key, {@code weather/monthly}; a group, {@code weather}, or
 * {@code weather/*}; all, {@code *}; a tag, {@code tag:owner=team-x} or {@code tag:owner}. A star
 * before a key adds all that it is computed from, one behind it all that is computed from it; plus
 * signs do so for as many steps: {@code *weather/monthly}, {@code weather/observations+}.
 */
public final class Selection {
  private static final String TAG = "tag:";

  private Selection() {}

  /**
   * The assets that the words select together, sorted.
   *
   * @throws StowageException {@code UNKNOWN_ASSET} where a word selects nothing, naming what is
   *     near
   */
  public static Set<AssetKey> of(Collection<String> words, AssetGraph graph) {
    var selected = new TreeSet<AssetKey>();
    for (String word : words) {
      selected.addAll(one(word.strip(), graph));
    }
    return selected;
  }

  private static Set<AssetKey> one(String word, AssetGraph graph) {
    if (word.equals("*")) {
      return new TreeSet<>(graph.keys());
    }
    String core = word.endsWith("/*") ? word.substring(0, word.length() - 2) : word;
    int up = 0;
    int down = 0;
    while (core.startsWith("*") || core.startsWith("+")) {
      up = core.startsWith("*") ? Integer.MAX_VALUE : up + 1;
      core = core.substring(1);
    }
    while (core.endsWith("*") || core.endsWith("+")) {
      down = core.endsWith("*") ? Integer.MAX_VALUE : down + 1;
      core = core.substring(0, core.length() - 1);
    }
    Set<AssetKey> named = named(core, word, graph);
    var all = new TreeSet<>(named);
    all.addAll(reach(named, up, key -> upstream(key, graph)));
    all.addAll(reach(named, down, graph::downstream));
    return all;
  }

  private static Set<AssetKey> named(String core, String word, AssetGraph graph) {
    Set<AssetKey> named =
        core.startsWith(TAG) ? tagged(core.substring(TAG.length()), graph) : keyed(core, graph);
    if (named.isEmpty()) {
      throw new StowageException(
          ErrorCode.UNKNOWN_ASSET, "'" + word + "' selects no asset" + near(core, graph));
    }
    return named;
  }

  private static Set<AssetKey> keyed(String core, AssetGraph graph) {
    AssetKey key = AssetKey.of(core);
    Optional<AssetSpec> producer = graph.producer(key);
    if (producer.filter(AssetSpec::isOp).isPresent()) {
      throw new StowageException(
          ErrorCode.UNKNOWN_ASSET,
          "'"
              + key
              + "' is an op of job '"
              + producer.get().declaration().job().orElseThrow().name()
              + "', and no asset: ask for the job");
    }
    return producer.isPresent()
        ? Set.of(key)
        : graph.keys().stream()
            .filter(each -> each.isIn(key))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<AssetKey> tagged(String tag, AssetGraph graph) {
    int equals = tag.indexOf('=');
    String name = equals < 0 ? tag : tag.substring(0, equals);
    var keys = new TreeSet<AssetKey>();
    for (AssetSpec spec : graph.steps()) {
      String value = spec.declaration().tags().get(name);
      if (value != null
          && !spec.isOp()
          && (equals < 0 || value.equals(tag.substring(equals + 1)))) {
        spec.outputs().forEach(output -> keys.add(output.asset()));
      }
    }
    return keys;
  }

  private static Collection<AssetKey> upstream(AssetKey key, AssetGraph graph) {
    return graph.producer(key).map(AssetSpec::upstream).orElse(Set.of());
  }

  private interface Neighbours {
    Collection<AssetKey> of(AssetKey key);
  }

  private static Set<AssetKey> reach(Set<AssetKey> from, int steps, Neighbours neighbours) {
    var reached = new TreeSet<>(from);
    var edge = new ArrayDeque<>(from);
    for (int step = 0; step < steps && !edge.isEmpty(); step++) {
      var next = new ArrayDeque<AssetKey>();
      edge.forEach(key -> neighbours.of(key).stream().filter(reached::add).forEach(next::add));
      edge = next;
    }
    return reached;
  }

  private static String near(String core, AssetGraph graph) {
    String last = core.substring(core.lastIndexOf('/') + 1);
    Optional<AssetKey> alike =
        graph.keys().stream().filter(key -> key.name().equalsIgnoreCase(last)).findFirst();
    if (alike.isPresent()) {
      return ": is '" + alike.get() + "' meant?";
    }
    List<AssetKey> known = graph.keys().stream().limit(10).toList();
    return known.isEmpty()
        ? ": the queue's catalog has none; is a worker running?"
        : ": there are " + known + (graph.keys().size() > 10 ? " and more" : "");
  }
}
