package io.stowage.app;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionMapping;
import io.stowage.app.ResourceTypes.ConfiguredType;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.AssetSpec.WiredInput;
import io.stowage.catalog.DeclaredType;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.engine.DeclaredTypes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What can be known of assets and managers only when a worker starts, since it is configuration.
 * All faults are told at once.
 */
@Singleton
final class WorkerChecks {
  private final Assets assets;
  private final ResourceTypes types;
  private final MappingBeans mappings;

  @Inject
  WorkerChecks(Assets assets, ResourceTypes types, MappingBeans mappings) {
    this.assets = assets;
    this.types = types;
    this.mappings = mappings;
  }

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION}, a line for each fault
   */
  void check() {
    var check = new Check(types.check());
    assets.graph().steps().forEach(check::step);
    if (!check.faults.isEmpty()) {
      throw new StowageException(ErrorCode.INVALID_CONFIGURATION, String.join("\n", check.faults));
    }
  }

  /** Who is stored in a place, and by what name of its store. */
  private record Taken(String who, String store) {}

  private final class Check {
    private final Map<String, ConfiguredType> managers;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Taken> places = new HashMap<>();

    Check(Map<String, ConfiguredType> managers) {
      this.managers = managers;
    }

    void step(AssetSpec spec) {
      spec.outputs().stream()
          .filter(OutputDeclaration::stored)
          .forEach(output -> output(spec, output));
      spec.inputs().forEach(input -> input(spec.declaration(), input));
      spec.inputs().forEach(input -> mapping(spec.declaration(), input));
    }

    private void mapping(AssetDeclaration consumer, WiredInput input) {
      if (input.declaration().mapping() instanceof PartitionMapping.Custom(String name)) {
        try {
          mappings.find(name);
        } catch (StowageException e) {
          faults.add(
              "input '%s' of '%s': %s"
                  .formatted(input.declaration().name(), consumer.step(), e.getMessage()));
        }
      }
    }

    private void output(AssetSpec spec, OutputDeclaration output) {
      String who = (spec.isOp() ? "op output '" : "asset '") + output.asset() + "'";
      String is = who + " is to be stored by IO manager '" + output.ioManager() + "', which ";
      Optional<ConfiguredType> manager = manager(output.ioManager(), who);
      if (manager.isEmpty()) {
        return;
      }
      Optional<ConfiguredType> loader =
          with(manager.get(), ConfiguredType::storesBy).stream()
              .filter(each -> each.type().loadOnly())
              .findFirst();
      if (loader.isPresent()) {
        faults.add(is + "only loads" + because(loader.get(), manager.get()));
      } else if (!stores(manager.get(), resolved(output.storedType()))) {
        faults.add(is + "does not store a " + output.storedType());
      } else {
        place(spec, output, who, manager.get());
      }
    }

    /** Two outputs of one place would each replace what the other has stored. */
    private void place(AssetSpec spec, OutputDeclaration output, String who, ConfiguredType by) {
      AssetKey key = spec.isOp() ? AssetKey.ofAnyRun(spec.step(), output.name()) : output.asset();
      try {
        for (ConfiguredType each : with(by, ConfiguredType::storesBy)) {
          each.place(key, output).ifPresent(place -> place(place, who));
        }
      } catch (StowageException e) {
        faults.add(who + ": " + e.getMessage());
      }
    }

    private void place(IoManagerFactory.Place place, String who) {
      var taken =
          places.putIfAbsent(
              place.what() + " at " + types.address(place.store()), new Taken(who, place.store()));
      if (taken == null) {
        return;
      }
      String store =
          taken.store().equals(place.store())
              ? "store '" + place.store() + "'"
              : "stores '%s' and '%s', which are one database"
                  .formatted(taken.store(), place.store());
      faults.add(
          "%s and %s would both be stored in %s of %s: %s"
              .formatted(taken.who(), who, place.what(), store, place.advice()));
    }

    private void input(AssetDeclaration consumer, WiredInput input) {
      if (input.declaration().orderOnly()) {
        return;
      }
      String who = "input '%s' of '%s'".formatted(input.declaration().name(), consumer.step());
      Optional<String> key = input.declaration().manager().or(() -> producers(input));
      if (key.isPresent()) {
        manager(key.get(), who)
            .filter(manager -> !loads(manager, input))
            .ifPresent(
                _ ->
                    faults.add(
                        "%s is to be loaded by IO manager '%s', which does not load a %s"
                            .formatted(who, key.get(), input.declaration().type())));
      }
    }

    private Optional<String> producers(WiredInput input) {
      return assets.graph().producer(input.asset()).stream()
          .flatMap(spec -> spec.outputs().stream())
          .filter(output -> output.asset().equals(input.asset()) && output.stored())
          .map(OutputDeclaration::ioManager)
          .filter(managers::containsKey) // else its producer's fault, told there
          .findFirst();
    }

    /**
     * A map may be by partition key, which its mapping says: then the values are what is loaded.
     */
    private boolean loads(ConfiguredType manager, WiredInput input) {
      DeclaredType type = input.declaration().type();
      return loads(manager, resolved(type))
          || type.is("java.util.Map") && loads(manager, resolved(type.arguments().getLast()));
    }

    private boolean stores(ConfiguredType manager, Type type) {
      return withWrapped(manager).stream().allMatch(each -> each.stores(type));
    }

    private boolean loads(ConfiguredType manager, Type type) {
      return withWrapped(manager).stream().allMatch(each -> each.loads(type));
    }

    private static String because(ConfiguredType loader, ConfiguredType manager) {
      return loader.equals(manager) ? "" : ", since it stores by one that does";
    }

    /** A wrapper takes what those that it wraps take. */
    private Set<ConfiguredType> withWrapped(ConfiguredType manager) {
      return with(manager, ConfiguredType::wraps);
    }

    /** The manager, and the others that it names, which may name more. */
    private Set<ConfiguredType> with(
        ConfiguredType manager, Function<ConfiguredType, List<String>> others) {
      var all = new LinkedHashSet<ConfiguredType>();
      var open = new ArrayDeque<>(List.of(manager));
      while (!open.isEmpty()) {
        ConfiguredType next = open.pop();
        if (all.add(next)) {
          others.apply(next).stream()
              .map(managers::get)
              .filter(Objects::nonNull)
              .forEach(open::push);
        }
      }
      return all;
    }

    private Type resolved(DeclaredType type) {
      return DeclaredTypes.resolve(type, assets::type);
    }

    private Optional<ConfiguredType> manager(String key, String who) {
      try {
        types.typeOf(key);
      } catch (StowageException e) {
        faults.add(who + ": " + e.getMessage());
      }
      return Optional.ofNullable(managers.get(key));
    }
  }
}
