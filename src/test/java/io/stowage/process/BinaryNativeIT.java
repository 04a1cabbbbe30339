package io.stowage.process;

import java.util.List;

/** The binary. */
class BinaryNativeIT extends ProcessContract {
  @Override
  List<String> program() {
    return List.of(System.getProperty("native.image.path"));
  }
}
