package io.stowage.protocol;

import io.stowage.catalog.SettingSpec;
import java.util.List;
import java.util.Map;

/**
 * The assets of one application as they are sent: declarations as data, and what overrides are
 * checked against.
 *
 * @param assets {@code DeclarationData} of each
 * @param ioManagers by key
 */
public record CatalogDocument(List<Map<String, Object>> assets, Map<String, Manager> ioManagers) {
  /**
   * @param settings that the manager's type has
   */
  public record Manager(String type, boolean loadOnly, List<SettingSpec> settings) {}
}
