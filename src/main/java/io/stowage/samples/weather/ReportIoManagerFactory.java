package io.stowage.samples.weather;

import io.stowage.api.IoManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.ResourceContext;
import io.stowage.store.ObjectStore;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;

/** Makes IO managers of type {@code report}: how a team adds a type of its own. */
@IoManagerType("report")
class ReportIoManagerFactory implements IoManagerFactory<ReportSettings> {
  @Override
  public IoManager create(ReportSettings settings, ResourceContext context) {
    return new ReportIoManager(context.resource(ObjectStore.class, settings.store()), settings);
  }

  @Override
  public boolean stores(ReportSettings settings, Type type) {
    return type instanceof ParameterizedType list
        && list.getRawType() == List.class
        && list.getActualTypeArguments()[0] == MonthSummary.class;
  }

  @Override
  public boolean loads(ReportSettings settings, Type type) {
    return type == String.class;
  }
}
