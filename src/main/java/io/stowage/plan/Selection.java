package io.stowage.plan;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.Likeness;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Words that select assets: a whole key, {@code weather/monthly}; all below a prefix, {@code
 * weather} or {@code weather/*}; a group as it was annotated, whatever its assets' keys, {@code
 * group:weather}; all, {@code *}; a tag, {@code tag:owner=team-x} or {@code tag:owner}. A star
 * before it adds all that it is computed from, one behind it all that is computed from it; plus
 * signs do so for as many steps: {@code *weather/monthly}, {@code weather/*+}.
 */
public final class Selection {
  private static final String TAG = "tag:";
  private static final String GROUP = "group:";
  private static final String BELOW = "/*";
  private static final int MOST_NAMED = 10;

  private final String word;
  private final AssetGraph graph;

  private Selection(String word, AssetGraph graph) {
    this.word = word;
    this.graph = graph;
  }

  /**
   * The assets that the words select together, sorted.
   *
   * @throws StowageException {@code UNKNOWN_ASSET} where a word selects nothing, naming what is
   *     near
   */
  public static Set<AssetKey> of(Collection<String> words, AssetGraph graph) {
    var selected = new TreeSet<AssetKey>();
    for (String word : words) {
      selected.addAll(new Selection(word.strip(), graph).selected());
    }
    return selected;
  }

  private Set<AssetKey> selected() {
    if (word.equals("*")) {
      return new TreeSet<>(graph.keys());
    }
    String core = word;
    int up = 0;
    int down = 0;
    while (core.startsWith("*") || core.startsWith("+")) {
      up = core.startsWith("*") ? Integer.MAX_VALUE : add(up);
      core = core.substring(1);
    }
    while (!core.endsWith(BELOW) && (core.endsWith("*") || core.endsWith("+"))) {
      down = core.endsWith("*") ? Integer.MAX_VALUE : add(down);
      core = core.substring(0, core.length() - 1);
    }
    Set<AssetKey> named = named(core);
    var all = new TreeSet<>(named);
    all.addAll(reach(named, up, this::upstream));
    all.addAll(reach(named, down, graph::downstream));
    return all;
  }

  private static int add(int steps) {
    return steps == Integer.MAX_VALUE ? steps : steps + 1;
  }

  private Set<AssetKey> named(String core) {
    if (core.startsWith(TAG)) {
      return tagged(core.substring(TAG.length()));
    }
    if (core.startsWith(GROUP)) {
      return grouped(core.substring(GROUP.length()));
    }
    return core.endsWith(BELOW)
        ? below(AssetKey.of(core.substring(0, core.length() - BELOW.length())))
        : keyed(AssetKey.of(core));
  }

  private Set<AssetKey> keyed(AssetKey key) {
    Optional<AssetSpec> producer = graph.producer(key);
    if (producer.filter(AssetSpec::isOp).isPresent()) {
      throw nothing(
          "'"
              + key
              + "' is an op of job '"
              + producer.get().declaration().job().orElseThrow().name()
              + "', and no asset: ask for the job");
    }
    return producer.isPresent() ? Set.of(key) : below(key);
  }

  private Set<AssetKey> below(AssetKey prefix) {
    var keys = new TreeSet<AssetKey>();
    graph.keys().stream()
        .filter(each -> each.isIn(prefix) && !each.equals(prefix))
        .forEach(keys::add);
    if (keys.isEmpty()) {
      var known = new TreeSet<String>();
      graph.keys().forEach(key -> known.add(key.toString()));
      groups().forEach(known::add);
      throw missing("selects no asset", prefix.toString(), "", known, keyTexts());
    }
    return keys;
  }

  private List<String> keyTexts() {
    return graph.keys().stream().map(AssetKey::toString).toList();
  }

  /** What was annotated: the group itself, and those that it is a prefix of. */
  private Set<AssetKey> grouped(String group) {
    var keys =
        outputs(
            spec -> {
              String own = spec.declaration().group();
              return !group.isEmpty() && (own.equals(group) || own.startsWith(group + "/"));
            });
    if (keys.isEmpty()) {
      throw missing("is no group of assets", group, GROUP, groups(), groups());
    }
    return keys;
  }

  private Collection<String> groups() {
    var groups = new TreeSet<String>();
    assets().map(spec -> spec.declaration().group()).forEach(groups::add);
    groups.remove("");
    return groups;
  }

  private Set<AssetKey> tagged(String tag) {
    int equals = tag.indexOf('=');
    String name = equals < 0 ? tag : tag.substring(0, equals);
    var keys =
        outputs(
            spec -> {
              String value = spec.declaration().tags().get(name);
              return value != null && (equals < 0 || value.equals(tag.substring(equals + 1)));
            });
    if (keys.isEmpty()) {
      var known = tags();
      throw missing("is a tag of no asset", tag, TAG, known, known);
    }
    return keys;
  }

  private Collection<String> tags() {
    var tags = new TreeSet<String>();
    assets()
        .forEach(
            spec ->
                spec.declaration()
                    .tags()
                    .forEach(
                        (name, value) -> tags.add(value.isEmpty() ? name : name + "=" + value)));
    return tags;
  }

  private Stream<AssetSpec> assets() {
    return graph.steps().stream().filter(spec -> !spec.isOp() && !spec.outputs().isEmpty());
  }

  private Set<AssetKey> outputs(Predicate<AssetSpec> wanted) {
    var keys = new TreeSet<AssetKey>();
    assets()
        .filter(wanted)
        .forEach(spec -> spec.outputs().forEach(output -> keys.add(output.asset())));
    return keys;
  }

  private Collection<AssetKey> upstream(AssetKey key) {
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

  private StowageException missing(
      String what,
      String written,
      String kind,
      Collection<String> candidates,
      Collection<String> known) {
    String hint =
        Likeness.nearest(written, candidates)
            .map(near -> ": is '" + kind + near + "' meant?")
            .orElseGet(() -> known(known));
    return nothing("'" + word + "' " + what + hint);
  }

  private String known(Collection<String> known) {
    if (graph.keys().isEmpty()) {
      return ": the queue's catalog has none; is a worker running?";
    }
    return known.isEmpty()
        ? ": there are none"
        : ": there are "
            + known.stream().limit(MOST_NAMED).toList()
            + (known.size() > MOST_NAMED ? " and more" : "");
  }

  private static StowageException nothing(String message) {
    return new StowageException(ErrorCode.UNKNOWN_ASSET, message);
  }
}
