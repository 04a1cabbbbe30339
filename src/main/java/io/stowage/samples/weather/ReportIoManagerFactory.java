package io.stowage.samples.weather;

import io.stowage.api.IoManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.ResourceContext;
import io.stowage.store.ObjectStore;

/** Makes IO managers of type {@code report}: how a team adds a type of its own. */
@IoManagerType("report")
class ReportIoManagerFactory implements IoManagerFactory<ReportSettings> {
  @Override
  public IoManager create(ReportSettings settings, ResourceContext context) {
    return new ReportIoManager(context.resource(ObjectStore.class, settings.store()), settings);
  }
}
