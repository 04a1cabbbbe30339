package com.example.shop;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.IoManager;
import io.stowage.api.OutputContext;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Keeps texts as files. Each write gets a file of its own, so that what was committed before stays
 * whole; the record of the materialization says which one is current.
 */
class NotesIoManager implements IoManager {
  private final Path folder;
  private final String suffix;

  NotesIoManager(Path folder, String suffix) {
    this.folder = folder;
    this.suffix = suffix;
  }

  @Override
  public boolean accepts(Type type) {
    return type == String.class;
  }

  @Override
  public void handleOutput(OutputContext context, Object value) throws IOException {
    byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
    Files.createDirectories(folder);
    Path file =
        folder.resolve(context.asset().name() + "-" + UUID.randomUUID() + "." + suffix);
    Files.write(file, text);
    context.addOutputMetadata("words", ((String) value).split("\\s+").length);
    context.stored(
        new StoredObject(file.toAbsolutePath().toUri(), null, null, text.length, -1, null));
  }

  @Override
  public Object loadInput(InputContext context) throws IOException {
    StoredObject object =
        context
            .materialization()
            .orElseThrow(
                () ->
                    new StowageException(
                        ErrorCode.NOT_MATERIALIZED, "there is no note of '" + context.asset() + "'"))
            .object();
    return Files.readString(Path.of(object.location()));
  }
}
