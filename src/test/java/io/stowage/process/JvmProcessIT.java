package io.stowage.process;

import java.util.List;

/** The packaged application on a JVM. */
class JvmProcessIT extends ProcessContract {
  @Override
  List<String> program() {
    return program("1g");
  }

  @Override
  List<String> program(String mostHeap) {
    return Stowage.onJvm(mostHeap);
  }
}
