package io.stowage.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The IO managers and stores of a worker, as they are configured there; what is secret is masked
 * before it is sent.
 */
public record WorkerResources(List<Configured> ioManagers, List<Configured> stores) {
  private static final int MOST = 1_000;

  /**
   * @param name the key of an IO manager, the name of a store
   * @param settings those that are given, by the name below it
   * @param health null of an IO manager, and of a store that was not used yet
   */
  public record Configured(
      String name, String type, Map<String, String> settings, @Nullable Health health) {
    public Configured {
      Required.name("name", name);
      Required.name("type", type);
      Required.present("settings", settings);
      Required.wholeIfGiven("settings", settings);
      Required.between("settings", settings.size(), 0, MOST);
    }
  }

  /**
   * @param fault what was wrong; null where nothing was
   */
  public record Health(Instant checkedAt, @Nullable String fault) {
    public Health {
      Required.present("checked_at", checkedAt);
    }
  }

  public WorkerResources {
    Required.whole("io_managers", ioManagers);
    Required.whole("stores", stores);
    Required.between("io_managers", ioManagers.size(), 0, MOST);
    Required.between("stores", stores.size(), 0, MOST);
  }
}
