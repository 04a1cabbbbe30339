package io.stowage.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a proxy does under each condition, in front of a server that says what it hears. */
class FaultProxyTest {
  private static final int TIMEOUT = 500;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private ServerSocket server;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    proxy = FaultProxy.to(server.getLocalPort());
  }

  @AfterEach
  void end() throws IOException {
    proxy.close();
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> echo(client));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void echo(Socket client) {
    byte[] chunk = new byte[1024];
    try (client) {
      InputStream in = client.getInputStream();
      for (int n = in.read(chunk); n > 0; n = in.read(chunk)) {
        heard.add(new String(chunk, 0, n, UTF_8));
        client.getOutputStream().write(chunk, 0, n);
      }
    } catch (IOException e) {
      // the client is gone
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(TIMEOUT);
    return socket;
  }

  private static String ask(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    byte[] answer = new byte[text.length()];
    int n = socket.getInputStream().readNBytes(answer, 0, answer.length);
    return new String(answer, 0, n, UTF_8);
  }

  @Test
  void passesOnWhatIsSaidAndGoesRoundTheServersThatAreThere() throws IOException {
    try (var dead = new ServerSocket(0);
        var socket = connect()) {
      int gone = dead.getLocalPort();
      dead.close();
      assertThat(ask(socket, "hello")).isEqualTo("hello");
      try (var two = new FaultProxy(List.of(gone, server.getLocalPort()), () -> Tap.DEAF);
          var other = new Socket(InetAddress.getLoopbackAddress(), two.port())) {
        assertThat(ask(other, "again")).isEqualTo("again");
      }
    }
  }

  @Test
  void latencyHoldsUpEachWay() throws IOException {
    try (var socket = connect()) {
      proxy.set(new Condition.Latency(Duration.ofMillis(60)));
      long from = System.nanoTime();
      assertThat(ask(socket, "slow")).isEqualTo("slow");
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(119));
    }
  }

  @Test
  void bandwidthHoldsUpByTheSize() throws IOException {
    try (var socket = connect()) {
      proxy.set(new Condition.Bandwidth(10_000));
      long from = System.nanoTime();
      ask(socket, "x".repeat(1_000));
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(190));
    }
  }

  @Test
  void downEndsConnectionsAndRefusesNewOnes() throws IOException {
    try (var socket = connect()) {
      ask(socket, "hello");
      proxy.set(new Condition.Down());
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      try (var next = connect()) {
        assertThat(next.getInputStream().read()).isEqualTo(-1);
      }
      proxy.clear();
      try (var next = connect()) {
        assertThat(ask(next, "back")).isEqualTo("back");
      }
    }
  }

  @Test
  void aBlackHoleSwallowsEverything() throws IOException {
    try (var socket = connect()) {
      proxy.set(new Condition.BlackHole());
      assertThatThrownBy(() -> ask(socket, "hello")).isInstanceOf(SocketTimeoutException.class);
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void aResetEndsTheConnectionBeforeTheServerHears() throws IOException {
    try (var socket = connect()) {
      proxy.set(new Condition.Reset());
      assertThatThrownBy(() -> ask(socket, "hello"))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void aTruncatedAnswerEndsInTheMiddle() throws IOException {
    try (var socket = connect()) {
      proxy.set(new Condition.Truncated(3));
      assertThat(ask(socket, "hello")).isEqualTo("hel");
    }
  }

  @Test
  void aLostAnswerIsOfWhatWasDoneAndOfNothingElse() throws Exception {
    var lost = new Condition.AnswerLost("commit", "", 1);
    proxy.set(lost);
    try (var socket = connect()) {
      assertThat(ask(socket, "begin")).isEqualTo("begin");
      assertThat(ask(socket, "commit")).isEmpty();
      assertThat(heard.poll(1, TimeUnit.SECONDS)).isEqualTo("begin");
      assertThat(heard.poll(1, TimeUnit.SECONDS)).isEqualTo("commit");
    }
    assertThat(lost.isUsedUp()).isTrue();
    try (var socket = connect()) {
      assertThat(ask(socket, "commit")).isEqualTo("commit");
    }
  }

  @Test
  void aStatementIsRewrittenOnItsWayWhateverTheChunks() {
    byte[] start = ByteBuffer.allocate(8).putInt(8).putInt(196_608).array();
    byte[] text = "\0UPDATE t WHERE a = $1\0\0\0".getBytes(UTF_8);
    byte[] parse =
        ByteBuffer.allocate(text.length + 5)
            .put((byte) 'P')
            .putInt(text.length + 4)
            .put(text)
            .array();
    byte[] sync = {'S', 0, 0, 0, 4};
    var rewritten = new Condition.Rewritten(Pattern.compile("a = \\$1"), "(a = \\$1 OR true)");
    var statements = new Statements();
    var sent = new ArrayList<Byte>();
    for (byte[] message : List.of(start, parse, sync)) {
      for (byte each : message) {
        for (byte out : statements.pass(rewritten, new byte[] {each}, 1)) {
          sent.add(out);
        }
      }
    }
    byte[] all = new byte[sent.size()];
    for (int n = 0; n < all.length; n++) {
      all[n] = sent.get(n);
    }
    assertThat(new String(all, UTF_8)).contains("UPDATE t WHERE (a = $1 OR true)\0");
    assertThat(ByteBuffer.wrap(all, 9, 4).getInt()).isEqualTo(text.length + 4 + 10);
    assertThat(all).hasSize(start.length + parse.length + sync.length + 10).endsWith(sync);
    assertThat(rewritten.count().get()).isEqualTo(1);
  }

  @Test
  void anExchangeIsHeardWithItsAnswerAndWithoutOneWhereItWasLost() {
    var exchanges = new ArrayList<Exchange>();
    var tap = new HttpTap(() -> 1L, exchanges::add);
    byte[] asked = "POST /v1/x HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}".getBytes(UTF_8);
    byte[] answered = "HTTP/1.1 409 Conflict\r\nContent-Length: 4\r\n\r\nlost".getBytes(UTF_8);
    tap.asked(asked, asked.length);
    tap.answered(answered, answered.length - 1);
    assertThat(exchanges).isEmpty();
    tap.answered("t".getBytes(UTF_8), 1);
    tap.asked(asked, asked.length);
    tap.closed();
    assertThat(exchanges).extracting(Exchange::status).containsExactly(409, -1);
    assertThat(exchanges.getFirst())
        .extracting(Exchange::request, Exchange::answer)
        .containsExactly("{}", "lost");
  }
}
