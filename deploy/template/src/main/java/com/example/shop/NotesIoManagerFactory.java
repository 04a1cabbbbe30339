package com.example.shop;

import io.stowage.api.IoManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.ResourceContext;

@IoManagerType("notes")
class NotesIoManagerFactory implements IoManagerFactory<NotesSettings> {
  @Override
  public IoManager create(NotesSettings settings, ResourceContext context) {
    return new NotesIoManager(settings.folder(), settings.suffix());
  }
}
