package io.stowage.control.page;

import io.stowage.catalog.SettingSpec;
import io.stowage.control.Equipment;
import io.stowage.protocol.IoManagerView;
import io.stowage.protocol.StoreView;
import java.util.List;

/** IO managers and stores of all queues. */
public record ManagersPage(List<IoManagerView> managers, List<StoreView> stores) {
  static ManagersPage of(Equipment.Views views) {
    return new ManagersPage(views.ioManagers(), views.stores());
  }

  /** What is given; empty for the default. */
  public String value(IoManagerView manager, SettingSpec setting) {
    return manager.configured().getOrDefault(setting.name(), "");
  }

  /** A word that has a colour. */
  public String tone(StoreView store) {
    return switch (store.state()) {
      case "well" -> "fresh";
      case "faulty" -> "failed";
      default -> "never";
    };
  }
}
