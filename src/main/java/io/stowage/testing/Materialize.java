package io.stowage.testing;

import io.stowage.api.AssetKey;
import io.stowage.api.InputManager;
import io.stowage.api.partition.PartitionKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs annotated classes without an application: the graph is wired and checked as at build, the
 * engine is the worker's, and what is stored is kept in memory, or by managers that the test gives.
 *
 * <pre>{@code
 * @AssetGroup("shop")
 * static class ShopAssets {
 *   @Asset
 *   @DailyPartitions(start = "2026-01-01")
 *   List<Order> orders(@Input(manager = "crm") List<Order> rawOrders) {
 *     return rawOrders.stream().filter(order -> order.amount() > 0).toList();
 *   }
 *
 *   @Asset
 *   @DailyPartitions(start = "2026-01-01")
 *   Output<Double> revenue(List<Order> orders) {
 *     return Output.of(orders.stream().mapToDouble(Order::amount).sum()).with("orders", orders.size());
 *   }
 * }
 *
 * @Test
 * void addsUpTheOrdersOfADay() {
 *   var result = Materialize.assets(ShopAssets.class)
 *       .input("rawOrders", List.of(new Order("a", 2), new Order("b", -1)))
 *       .partition("2026-01-02")
 *       .run();
 *   assertThat(result.value("shop/revenue")).isEqualTo(2.0);
 *   assertThat(result.metadata("shop/revenue")).containsEntry("orders", new MetadataValue.Int(1));
 * }
 * }</pre>
 *
 * <p>Where a project has a {@code @QuarkusTest}, its test classes are part of the application that
 * is tested: annotate a group of the tests alone {@code @Vetoed} (of {@code
 * jakarta.enterprise.inject}) to keep it out of that.
 *
 * <p>Each method gives a new object, and leaves this one as it was. All that come from one {@link
 * #assets} share their storage: a later run loads what an earlier one stored. Waits between
 * attempts take no time. Whoever gives a manager closes it. Not for use from several threads at
 * once.
 */
public final class Materialize {
  private final AnnotatedClasses classes;
  private final Storage storage;
  private final Wanted wanted;

  private Materialize(AnnotatedClasses classes, Storage storage, Wanted wanted) {
    this.classes = classes;
    this.storage = storage;
    this.wanted = wanted;
  }

  /**
   * The assets and jobs of these classes, with storage of their own. Where they have a job and no
   * assets, it is what is run.
   *
   * @param instancesOrClasses annotated {@code @AssetGroup} or {@code @Job}; they may be
   *     package-private, nested and static, and so may their methods. A class is created by its
   *     constructor without parameters
   * @throws io.stowage.api.StowageException {@code INVALID_CONFIGURATION} with all faults, one a
   *     line, in the words that a build would fail with: an unknown upstream, a circle, a key given
   *     twice, types that do not fit; and where there is no class, or one cannot be created
   */
  public static Materialize assets(Object... instancesOrClasses) {
    return new Materialize(AnnotatedClasses.of(instancesOrClasses), new Storage(), Wanted.ALL);
  }

  /**
   * A ready-made manager in place of a configured one. Any key without one keeps values in memory,
   * by reference, a stream as the list of its rows.
   *
   * @param key as assets name it; {@code default} for those that name none
   * @throws io.stowage.api.StowageException {@code UNKNOWN_MANAGER} where no asset names the key
   */
  public Materialize manager(String key, InputManager manager) {
    var keys = NamedManagers.of(classes.graph());
    if (!key.equals("default") && !keys.contains(key)) {
      throw NamedManagers.unknown(key, keys);
    }
    return with(wanted.manager(key, manager));
  }

  /**
   * Selects assets, by the words of {@code stowage submit}: keys, groups, tags, {@code
   * *shop/revenue} with all upstream, {@code shop/orders+} with what is next to it. Without it all
   * assets are selected, but those that were given a value by {@link #input}.
   */
  public Materialize select(String... words) {
    return with(wanted.words(words));
  }

  /**
   * Runs the job in place of assets. What its ops made is found by the job's and the op's name,
   * {@code almanac/ranking}; of several values, each by its mapping key where assets have the
   * partition.
   */
  public Materialize job(String name) {
    return with(wanted.job(name));
  }

  /**
   * The partitions, as text; {@code Seattle|2012-03} where there are several dimensions, ordered by
   * their names. Assets that are upstream take those which are mapped to these.
   */
  public Materialize partition(String... partitions) {
    return with(wanted.partitions(partitions));
  }

  /** As {@link #partition(String...)}. */
  public Materialize partition(PartitionKey... partitions) {
    return partition(Stream.of(partitions).map(PartitionKey::text).toArray(String[]::new));
  }

  /**
   * A value for an asset that this run does not compute: an external one, which is then loaded by
   * no manager; or one of the classes', which is stored by its manager as an earlier run would have
   * stored it.
   *
   * @param asset the whole key. An external asset's is the parameter's name, unless {@code @Input}
   *     says another
   * @param value of the type that the asset's manager would load; rows of a stream as a list
   * @throws io.stowage.api.StowageException {@code UNKNOWN_ASSET} when it is run, where no input is
   *     loaded from the asset and nobody computes it
   */
  public Materialize input(String asset, @Nullable Object value) {
    return given(AssetKey.of(asset), "", value);
  }

  /** As {@link #input(String, Object)}, for one partition. */
  public Materialize input(String asset, String partition, @Nullable Object value) {
    return given(AssetKey.of(asset), partition, value);
  }

  private Materialize given(AssetKey asset, String partition, @Nullable Object value) {
    return with(wanted.values(wanted.values().with(asset, partition, value)));
  }

  /**
   * The keys that there are of the dynamic partitions of that name, in their order. A key that the
   * run itself names is there without being said.
   */
  public Materialize dynamicPartitions(String name, String... keys) {
    return with(wanted.dynamicKeys(name, keys));
  }

  /** The run's tags. */
  public Materialize tags(Map<String, String> tags) {
    return with(wanted.tags(tags));
  }

  /** The time of the run, by which windows are complete; the present otherwise. */
  public Materialize at(Instant now) {
    return with(wanted.at(now));
  }

  private Materialize with(Wanted other) {
    return new Materialize(classes, storage, other);
  }

  /**
   * Runs, and returns when all steps have ended. A failed step is in the result; see {@link
   * Materialized#orThrow}.
   *
   * @throws io.stowage.api.StowageException where nothing can be run: {@code UNKNOWN_ASSET}, {@code
   *     UNKNOWN_PARTITION}, or {@code INVALID_CONFIGURATION} where a manager that only loads is to
   *     store
   */
  public Materialized run() {
    return new MemoryRun(classes, storage, wanted, UUID.randomUUID().toString()).run();
  }

  /** Keys of all assets, sorted. */
  public List<String> keys() {
    var keys = new ArrayList<String>();
    classes.graph().keys().forEach(key -> keys.add(key.toString()));
    return keys;
  }
}
