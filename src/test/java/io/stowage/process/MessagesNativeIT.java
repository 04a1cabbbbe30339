package io.stowage.process;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** The binary; skipped by name in a build that does not make one. */
class MessagesNativeIT extends MessagesContract {
  private static Path binary;

  @BeforeAll
  static void needsTheBinary() {
    binary = Stowage.binary();
  }

  @Override
  List<String> program() {
    return List.of(binary.toString());
  }
}
