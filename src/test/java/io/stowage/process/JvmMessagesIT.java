package io.stowage.process;

import java.util.List;

/** The packaged application on a JVM. */
class JvmMessagesIT extends MessagesContract {
  @Override
  List<String> program() {
    return Stowage.onJvm("512m");
  }
}
