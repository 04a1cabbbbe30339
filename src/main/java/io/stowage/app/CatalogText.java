package io.stowage.app;

import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.DeclarationData;
import io.stowage.protocol.CatalogDocument;
import io.stowage.protocol.Json;
import io.stowage.worker.Worker.Catalog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** What this application can execute, as it is told to the control plane. */
@Singleton
final class CatalogText {
  private final Catalog catalog;

  @Inject
  CatalogText(Assets assets, ResourceTypes types) {
    var declarations = new ArrayList<Map<String, Object>>();
    for (AssetSpec spec : assets.graph().steps()) {
      declarations.add(plain(DeclarationData.of(spec.declaration())));
    }
    var managers = new TreeMap<String, CatalogDocument.Manager>();
    types
        .managers()
        .forEach(
            (key, type) ->
                managers.put(
                    key,
                    new CatalogDocument.Manager(
                        type.type(), type.loadOnly(), type.settingSpecs())));
    var document = new CatalogDocument(declarations, managers);
    catalog = new Catalog(Json.hash(document), document);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> plain(Map<String, ?> data) {
    return (Map<String, Object>) data;
  }

  Catalog catalog() {
    return catalog;
  }
}
