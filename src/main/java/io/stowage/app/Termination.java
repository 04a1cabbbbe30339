package io.stowage.app;

import java.lang.reflect.Proxy;

/**
 * Ends a process that is asked to stop (SIGTERM) with 0: who stops in order has done its work. By
 * themselves a JVM, and a binary by Quarkus' own handler, stop in order too, but say 143.
 */
final class Termination {
  private Termination() {}

  /**
   * Once Quarkus has begun, so that ours is the last handler. {@code sun.misc.Signal} is used by
   * reflection, since javac warns of each other use; the image's metadata names it.
   */
  static void endsWithZero() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                System.exit(RoleApplication.DONE);
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("TERM"), handling);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      System.getLogger(Termination.class.getName())
          .log(System.Logger.Level.DEBUG, "SIGTERM ends this process with 143", e);
    }
  }
}
