package com.example.shop;

import io.stowage.api.IoManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.ResourceContext;
import java.lang.reflect.Type;

@IoManagerType("notes")
class NotesIoManagerFactory implements IoManagerFactory<NotesSettings> {
  @Override
  public IoManager create(NotesSettings settings, ResourceContext context) {
    return new NotesIoManager(settings.folder(), settings.suffix());
  }

  /** A worker with an asset of another type does not start. */
  @Override
  public boolean stores(NotesSettings settings, Type type) {
    return type == String.class;
  }

  @Override
  public boolean loads(NotesSettings settings, Type type) {
    return type == String.class;
  }
}
