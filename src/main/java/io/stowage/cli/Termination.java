package io.stowage.cli;

import java.lang.reflect.Proxy;

/**
 * Ends a JVM that is asked to stop (SIGTERM) as a binary ends, where Quarkus handles the signal.
 * Without it a JVM stops in order too, but says 143.
 */
final class Termination {
  private Termination() {}

  /** Of {@code jdk.unsupported}, which javac warns of in every use: hence by reflection. */
  static void calls(Runnable end) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                end.run();
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
