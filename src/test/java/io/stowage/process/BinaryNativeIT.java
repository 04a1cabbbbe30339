package io.stowage.process;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** The binary; skipped by name in a build that does not make one. */
class BinaryNativeIT extends ProcessContract {
  @BeforeAll
  static void needsTheBinary() {
    Stowage.binary();
  }

  @Override
  List<String> program() {
    return List.of(Stowage.binary().toString());
  }

  @Override
  List<String> program(String mostHeap) {
    return List.of(Stowage.binary().toString(), "-Xmx" + mostHeap);
  }
}
