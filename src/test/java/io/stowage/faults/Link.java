package io.stowage.faults;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** One connection through a proxy: a thread for what is asked, one for what is answered. */
final class Link {
  private static final int CHUNK = 16 * 1024;
  private static final int REMEMBERED = 64 * 1024;

  private final Socket client;
  private final Socket server;
  private final Supplier<Condition> condition;
  private final Tap tap;
  private final Statements statements = new Statements();
  private final StringBuilder asked = new StringBuilder();
  private boolean answering;
  private long answered;

  Link(Socket client, Socket server, Supplier<Condition> condition, Tap tap) throws IOException {
    this.client = client;
    this.server = server;
    this.condition = condition;
    this.tap = tap;
    client.setTcpNoDelay(true);
  }

  /** Blocks until one side has ended the connection. */
  void run(Runnable over) {
    var back = Thread.ofVirtual().name("link-back").start(() -> pump(server, client, false));
    try {
      pump(client, server, true);
      back.join(Duration.ofSeconds(60));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
      tap.closed();
      over.run();
    }
  }

  private void pump(Socket from, Socket to, boolean asking) {
    byte[] chunk = new byte[CHUNK];
    try {
      var in = from.getInputStream();
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        boolean goesOn = asking ? ask(to, chunk, n) : answer(to, chunk, n);
        if (!goesOn) {
          break;
        }
      }
    } catch (IOException e) {
      // the connection ended, by one of its sides or by the test
    } finally {
      close();
    }
  }

  private boolean ask(Socket to, byte[] chunk, int n) throws IOException {
    remember(chunk, n);
    tap.asked(chunk, n);
    Condition now = condition.get();
    if (!passes(now, n)) {
      return !(now instanceof Condition.Reset);
    }
    byte[] sent = statements.pass(now, chunk, n);
    to.getOutputStream().write(sent, 0, sent.length);
    return true;
  }

  private boolean answer(Socket to, byte[] chunk, int n) throws IOException {
    Condition now = condition.get();
    if (!passes(now, n)) {
      return !(now instanceof Condition.Reset);
    }
    if (now instanceof Condition.AnswerLost lost && isLost(lost, chunk, n)) {
      return false;
    }
    int length = n;
    boolean cut = false;
    synchronized (asked) {
      answering = true;
      answered += n;
      if (now instanceof Condition.Truncated truncated && answered > truncated.bytes()) {
        length = (int) Math.max(0, n - (answered - truncated.bytes()));
        cut = true;
      }
    }
    // before it goes on: who has the answer asks the next thing, which would be heard first
    tap.answered(chunk, length);
    to.getOutputStream().write(chunk, 0, length);
    return !cut;
  }

  /** Whether bytes go on, after what holds them up. */
  private boolean passes(Condition now, int bytes) throws IOException {
    return switch (now) {
      case Condition.BlackHole _, Condition.Down _ -> false;
      case Condition.Reset _ -> {
        client.setSoLinger(true, 0);
        server.setSoLinger(true, 0);
        yield false;
      }
      case Condition.Latency latency -> waited(latency.delay().toNanos());
      case Condition.Bandwidth width -> waited(bytes * 1_000_000_000L / width.bytesPerSecond());
      case Condition.Clear _,
          Condition.Truncated _,
          Condition.AnswerLost _,
          Condition.Rewritten _ ->
          true;
    };
  }

  private static boolean waited(long nanos) {
    LockSupport.parkNanos(nanos);
    return true;
  }

  private void remember(byte[] chunk, int n) {
    synchronized (asked) {
      if (answering) {
        asked.setLength(0);
        answering = false;
        answered = 0;
      }
      if (asked.length() < REMEMBERED) {
        asked.append(new String(chunk, 0, n, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private boolean isLost(Condition.AnswerLost lost, byte[] chunk, int n) {
    synchronized (asked) {
      return asked.indexOf(lost.asked()) >= 0
          && new String(chunk, 0, n, StandardCharsets.ISO_8859_1).contains(lost.answered())
          && lost.take();
    }
  }

  void close() {
    end(client);
    end(server);
  }

  static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // ended is ended
    }
  }
}
