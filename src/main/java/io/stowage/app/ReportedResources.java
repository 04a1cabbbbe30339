package io.stowage.app;

import io.stowage.protocol.WorkerResources;
import io.stowage.protocol.WorkerResources.Configured;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What a worker tells of its IO managers and stores; asks stores that are in use how they are. */
@Singleton
final class ReportedResources implements Supplier<WorkerResources> {
  private final StowageConfig config;
  private final Resources resources;

  @Inject
  ReportedResources(StowageConfig config, Resources resources) {
    this.config = config;
    this.resources = resources;
  }

  @Override
  public WorkerResources get() {
    var health = resources.health();
    var managers = new ArrayList<Configured>();
    new TreeMap<>(config.io())
        .forEach((key, given) -> managers.add(configured(key, given, Map.of())));
    var stores = new ArrayList<Configured>();
    new TreeMap<>(config.stores())
        .forEach((name, given) -> stores.add(configured(name, given, health)));
    if (!config.stores().containsKey(HomeStore.NAME)) {
      stores.addFirst(
          new Configured(
              HomeStore.NAME,
              "file",
              Map.of("path", HomeStore.below(config.home()).path().toString()),
              health.get(HomeStore.NAME)));
    }
    return new WorkerResources(List.copyOf(managers), List.copyOf(stores));
  }

  private static Configured configured(
      String name, StowageConfig.Typed given, Map<String, WorkerResources.Health> health) {
    return new Configured(
        name, given.type(), MaskedSettings.of(given.settings()), health.get(name));
  }
}
