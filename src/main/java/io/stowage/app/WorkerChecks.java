package io.stowage.app;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionMapping;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.OutputDeclaration;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

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
    types.check();
    var faults = new ArrayList<String>();
    for (AssetSpec spec : assets.graph().steps()) {
      spec.outputs().stream()
          .filter(OutputDeclaration::stored)
          .forEach(output -> checkOutput(output, faults));
      spec.inputs()
          .forEach(
              input ->
                  input
                      .declaration()
                      .manager()
                      .ifPresent(
                          key ->
                              checkKey(
                                  key,
                                  "input '"
                                      + input.declaration().name()
                                      + "' of '"
                                      + spec.step()
                                      + "'",
                                  faults)));
    }
    assets.graph().steps().forEach(spec -> checkMappings(spec, faults));
    if (!faults.isEmpty()) {
      throw new StowageException(ErrorCode.INVALID_CONFIGURATION, String.join("\n", faults));
    }
  }

  private void checkMappings(AssetSpec spec, List<String> faults) {
    for (AssetSpec.WiredInput input : spec.inputs()) {
      if (input.declaration().mapping() instanceof PartitionMapping.Custom(String name)) {
        try {
          mappings.find(name);
        } catch (StowageException e) {
          faults.add(
              "input '"
                  + input.declaration().name()
                  + "' of '"
                  + spec.step()
                  + "': "
                  + e.getMessage());
        }
      }
    }
  }

  private void checkOutput(OutputDeclaration output, List<String> faults) {
    String who = "asset '" + output.asset() + "'";
    if (checkKey(output.ioManager(), who, faults) && types.typeOf(output.ioManager()).loadOnly()) {
      faults.add(
          who + " is to be stored by IO manager '" + output.ioManager() + "', which only loads");
    }
  }

  private boolean checkKey(String key, String who, List<String> faults) {
    try {
      types.typeOf(key);
      return true;
    } catch (StowageException e) {
      faults.add(who + ": " + e.getMessage());
      return false;
    }
  }
}
