package io.stowage.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** The binary; skipped where none was built, except in the build that builds it. */
class BinaryNativeIT extends ProcessContract {
  private static final Path BINARY = Path.of(System.getProperty("native.image.path"));

  @BeforeAll
  static void needsTheBinary() {
    if (Boolean.getBoolean("native.image.required")) {
      assertThat(BINARY).as("the binary that this build was to make").isExecutable();
    }
    assumeTrue(
        Files.isExecutable(BINARY),
        () ->
            "no binary at " + BINARY + ": './mvnw verify -Pnative' builds it, given GRAALVM_HOME");
  }

  @Override
  List<String> program() {
    return List.of(BINARY.toString());
  }
}
