package io.stowage.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** The binary; skipped by name in a build that does not make one. */
class BinaryNativeIT extends ProcessContract {
  private static final Path BINARY = Path.of(System.getProperty("native.image.path"));

  @BeforeAll
  static void needsTheBinary() {
    assumeTrue(
        Boolean.getBoolean("native.image.required"),
        "the binary is built and tested by './mvnw verify -Pnative', given a GRAALVM_HOME");
    assertThat(BINARY).isExecutable();
  }

  @Override
  List<String> program() {
    return List.of(BINARY.toString());
  }

  @Override
  List<String> program(String mostHeap) {
    return List.of(BINARY.toString(), "-Xmx" + mostHeap);
  }
}
