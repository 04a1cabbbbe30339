package io.stowage.io.branching;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputManager;
import io.stowage.api.IoManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.ResourceContext;
import io.stowage.api.StowageException;
import java.util.List;

/**
 * Makes IO managers of type {@code branching}, over two others. No run may say which: it could
 * store in the parent.
 */
@IoManagerType(
    value = "branching",
    locked = {"branch", "parent"})
public final class BranchingIoManagerFactory implements IoManagerFactory<BranchingSettings> {
  @Override
  public List<String> wraps(BranchingSettings settings) {
    return List.of(settings.branch(), settings.parent());
  }

  @Override
  public List<String> storesBy(BranchingSettings settings) {
    return List.of(settings.branch());
  }

  @Override
  public IoManager create(BranchingSettings settings, ResourceContext context) {
    if (settings.branch().equals(settings.parent())) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "stowage.io.%s.branch and .parent are both '%s': nothing would branch off"
              .formatted(context.key(), settings.branch()));
    }
    InputManager parent = context.resource(InputManager.class, settings.parent());
    InputManager branch = context.resource(InputManager.class, settings.branch());
    if (branch instanceof IoManager stores) {
      return new BranchingIoManager(settings.branch(), stores, parent);
    }
    throw new StowageException(
        ErrorCode.INVALID_CONFIGURATION,
        "stowage.io.%s.branch is '%s', which only loads: a branch stores"
            .formatted(context.key(), settings.branch()));
  }
}
