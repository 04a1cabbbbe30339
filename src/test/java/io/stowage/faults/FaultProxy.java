package io.stowage.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A way over loopback whose {@linkplain Condition condition} the test sets. Behind it stands one
 * server or several; a connection goes to the next one that accepts it. Bounded: beyond its most
 * connections new ones are closed at once.
 */
final class FaultProxy implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 2_500;
  private static final int BACKLOG = 512;
  private static final int CONNECT_MILLIS = 1_000;

  private final ServerSocket server;
  private final List<Integer> behind;
  private final Supplier<Tap> taps;
  private final AtomicInteger next = new AtomicInteger();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile Condition condition = Condition.CLEAR;

  FaultProxy(List<Integer> behind, Supplier<Tap> taps) {
    this.behind = List.copyOf(behind);
    this.taps = taps;
    try {
      server = new ServerSocket();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  static FaultProxy to(int port) {
    return new FaultProxy(List.of(port), () -> Tap.DEAF);
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Open connections meet it at their next byte; those that it ends are ended now. */
  void set(Condition now) {
    condition = now;
    if (now instanceof Condition.Down) {
      links.forEach(Link::close);
    }
  }

  void clear() {
    boolean held = condition instanceof Condition.BlackHole;
    condition = Condition.CLEAR;
    if (held) {
      links.forEach(Link::close); // what was swallowed cannot be made up for
    }
  }

  Condition condition() {
    return condition;
  }

  int connections() {
    return links.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().name("link").start(() -> connect(client));
      } catch (IOException e) {
        // closed, or a client that was gone before it was accepted
      }
    }
  }

  private void connect(Socket client) {
    if (condition instanceof Condition.Down || links.size() >= MOST_CONNECTIONS) {
      Link.end(client);
      return;
    }
    try {
      var link = new Link(client, reach(), this::condition, taps.get());
      links.add(link);
      link.run(() -> links.remove(link));
    } catch (IOException e) {
      Link.end(client);
    }
  }

  private Socket reach() throws IOException {
    IOException last = new IOException("nobody is behind");
    for (int tried = 0; tried < behind.size(); tried++) {
      int port = behind.get(Math.floorMod(next.getAndIncrement(), behind.size()));
      var socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        return socket;
      } catch (IOException e) {
        Link.end(socket);
        last = e;
      }
    }
    throw last;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      links.forEach(Link::close);
    }
  }
}
