package io.stowage.control;

import io.stowage.api.AssetKey;
import io.stowage.control.ledger.AssetActivity;
import io.stowage.control.ledger.AssetActivity.Moved;
import io.stowage.control.ledger.Catalogs;
import io.stowage.control.ledger.Catalogs.Catalog;
import io.stowage.control.ledger.Workers;
import io.stowage.control.ledger.Workers.Told;
import io.stowage.protocol.IoManagerView;
import io.stowage.protocol.StoreView;
import io.stowage.protocol.WorkerResources.Configured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The IO managers and stores that values are moved by. */
public final class Equipment {
  private static final String STORE = "store";

  private final Catalogs catalogs;
  private final Workers workers;
  private final Reused<Map<String, Moved>> moved;

  Equipment(Catalogs catalogs, AssetActivity activity, Workers workers) {
    this.catalogs = catalogs;
    this.workers = workers;
    this.moved = new Reused<>(activity::moved, System::nanoTime);
  }

  /**
   * What there is.
   *
   * @param ioManagers of all queues' current catalogs
   * @param stores of which workers tell, each queue's by itself
   */
  public record Views(List<IoManagerView> ioManagers, List<StoreView> stores) {}

  /** As all queues' current catalogs, and the workers that tell, have them. */
  public Views all() {
    var told = workers.resources();
    var managers = ioManagers(told);
    return new Views(managers, stores(told, managers));
  }

  private List<IoManagerView> ioManagers(Map<String, Told> told) {
    var lately = moved.get();
    var views = new ArrayList<IoManagerView>();
    catalogs
        .all()
        .forEach(
            (queue, catalog) ->
                new TreeMap<>(catalog.document().ioManagers())
                    .keySet()
                    .forEach(
                        key ->
                            views.add(
                                ioManager(
                                    queue,
                                    catalog,
                                    key,
                                    lately,
                                    configured(told.get(queue), key)))));
    return views;
  }

  private static IoManagerView ioManager(
      String queue,
      Catalog catalog,
      String key,
      Map<String, Moved> moved,
      Map<String, String> configured) {
    var manager = Objects.requireNonNull(catalog.document().ioManagers().get(key));
    var stores = stores(catalog, key);
    Moved all =
        stores.stream()
            .map(asset -> moved.getOrDefault(asset, Moved.NOTHING))
            .reduce(Moved.NOTHING, Moved::plus);
    return new IoManagerView(
        key,
        manager.type(),
        queue,
        manager.loadOnly(),
        manager.settings(),
        configured,
        stores,
        loads(catalog, key),
        all.materializations(),
        all.bytes(),
        all.rows());
  }

  private static Map<String, String> configured(@Nullable Told told, String key) {
    return told == null
        ? Map.of()
        : told.resources().ioManagers().stream()
            .filter(each -> each.name().equals(key))
            .findFirst()
            .map(Configured::settings)
            .orElse(Map.of());
  }

  private static List<StoreView> stores(Map<String, Told> told, List<IoManagerView> managers) {
    var views = new ArrayList<StoreView>();
    told.forEach(
        (queue, one) ->
            one.resources()
                .stores()
                .forEach(store -> views.add(store(queue, one.worker(), store, managers))));
    return views;
  }

  private static StoreView store(
      String queue, String worker, Configured store, List<IoManagerView> managers) {
    var users =
        managers.stream()
            .filter(each -> each.queue().equals(queue))
            .filter(each -> each.settings().stream().anyMatch(has -> has.name().equals(STORE)))
            .filter(each -> each.configured().getOrDefault(STORE, "default").equals(store.name()))
            .toList();
    var health = store.health();
    String fault = health == null ? null : health.fault();
    return new StoreView(
        store.name(),
        store.type(),
        queue,
        worker,
        health == null ? "unused" : fault == null ? "well" : "faulty",
        fault,
        health == null ? null : health.checkedAt(),
        store.settings(),
        users.stream().map(IoManagerView::key).toList(),
        users.stream().mapToLong(IoManagerView::materializations).sum(),
        users.stream().mapToLong(IoManagerView::bytes).sum(),
        users.stream().mapToLong(IoManagerView::rows).sum());
  }

  private static List<String> stores(Catalog catalog, String manager) {
    return catalog.graph().keys().stream()
        .filter(
            key ->
                catalog.graph().producer(key).orElseThrow().output(key).ioManager().equals(manager))
        .map(AssetKey::toString)
        .sorted()
        .toList();
  }

  private static List<String> loads(Catalog catalog, String manager) {
    return catalog.graph().steps().stream()
        .flatMap(step -> step.inputs().stream())
        .filter(input -> input.declaration().manager().filter(manager::equals).isPresent())
        .map(input -> input.asset().toString())
        .distinct()
        .sorted()
        .toList();
  }
}
