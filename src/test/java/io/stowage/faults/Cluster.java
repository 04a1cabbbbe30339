package io.stowage.faults;

import static org.awaitility.Awaitility.await;

import io.stowage.fixture.SqsEndpoint;
import io.stowage.process.Stowage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Real processes on loopback: PostgreSQL, an S3 server, two control planes, three workers. Between
 * any two of them stands a proxy; whoever dies is started again. Times are short, so that what
 * waits for a lost session need not wait for half a minute.
 */
final class Cluster implements AutoCloseable {
  static final Duration TTL = Duration.ofSeconds(5);
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(12);

  /** The queue whose runs are told of by messages, to those who pull from it alone. */
  static final String TOLD = "told";

  private static final int CONTROLS = 2;
  private static final int WORKERS = 3;

  private final History history;
  private final Program program;
  private final Path folder;
  private final Database database;
  private final Store store;
  private final List<FaultProxy> databaseWays = new ArrayList<>();
  private final List<Member> controls = new ArrayList<>();
  private final List<Place> workers = new CopyOnWriteArrayList<>();
  private final SqsEndpoint messages = SqsEndpoint.start();
  private final List<Integer> controlPorts;
  private final FaultProxy clientWay;
  private final Thread hook = new Thread(this::end, "end-the-cluster");
  private volatile boolean over;

  /** A worker with its ways. */
  record Place(
      Member member, FaultProxy controlWay, FaultProxy storeWay, WorkerCalls calls, int port) {}

  Cluster(Program program, History history) {
    this.program = program;
    this.history = history;
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      folder = Files.createTempDirectory("stowage-faults-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database = new Database(folder.resolve("database"), Stowage.freePort());
    store = new Store(folder.resolve("store"), Stowage.freePort());
    messages.create(TOLD);
    migrate();
    var ports = Stream.generate(Stowage::freePort).limit(CONTROLS).toList();
    controlPorts = ports;
    clientWay = new FaultProxy(ports, () -> Tap.DEAF);
    ports.forEach(this::startControl);
    ports.forEach(port -> ready(controls.get(ports.indexOf(port)), port));
    for (int n = 1; n <= WORKERS; n++) {
      workers.add(startWorker("worker-" + n, Map.of()));
    }
    workers.forEach(each -> ready(each.member(), each.port()));
    await()
        .atMost(START)
        .until(() -> database.count("SELECT count(*) FROM stowage.session") >= WORKERS);
    Thread.ofVirtual().name("supervisor").start(this::supervise);
  }

  private void migrate() {
    var migrated = Stowage.run(program.command(), controlSettings(database.port()), "migrate");
    if (migrated.code() != 0) {
      throw new IllegalStateException("cannot migrate: " + migrated.output());
    }
  }

  private void startControl(int port) {
    var way = FaultProxy.to(database.port());
    databaseWays.add(way);
    controls.add(
        new Member(
            "control-" + databaseWays.size(),
            program.command(),
            controlSettings(way.port()),
            "serve",
            "--port",
            String.valueOf(port)));
  }

  private Map<String, String> controlSettings(int databasePort) {
    String at = "postgresql://127.0.0.1:%d/postgres";
    var settings = new HashMap<String, String>();
    settings.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + at.formatted(database.port()));
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", at.formatted(databasePort));
    settings.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
    settings.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
    settings.put("STOWAGE_CONTROL_SESSION_TTL", TTL.toSeconds() + "s");
    settings.put("STOWAGE_CONTROL_HEARTBEAT", "1s");
    settings.put("STOWAGE_CONTROL_REAPER", "1s");
    settings.putAll(messageSettings());
    return settings;
  }

  private Map<String, String> messageSettings() {
    return Map.of(
        "STOWAGE_QUEUE_URL_" + TOLD.toUpperCase(Locale.ROOT),
        messages.url(TOLD),
        "STOWAGE_QUEUE_ACCESS_KEY",
        SqsEndpoint.ACCESS_KEY,
        "STOWAGE_QUEUE_SECRET_KEY",
        SqsEndpoint.SECRET_KEY,
        "STOWAGE_QUEUE_VISIBILITY",
        "2s");
  }

  private Place startWorker(String name, Map<String, String> more) {
    var calls = new WorkerCalls(name, history);
    var controlWay = new FaultProxy(controlPorts, calls::tap);
    var storeWay = FaultProxy.to(store.port());
    int port = Stowage.freePort();
    var settings = new HashMap<String, String>();
    settings.put("STOWAGE_CONTROL_URL", controlWay.url());
    settings.put("STOWAGE_WORKER_NAME", name);
    settings.put("STOWAGE_WORKER_GRACE", GRACE.toSeconds() + "s");
    settings.put("STOWAGE_STORES_DEFAULT_TYPE", "s3");
    settings.put("STOWAGE_STORES_DEFAULT_ENDPOINT", storeWay.url());
    settings.put("STOWAGE_STORES_DEFAULT_BUCKET", Store.BUCKET);
    settings.put("STOWAGE_STORES_DEFAULT_ACCESS_KEY", Store.ACCESS_KEY);
    settings.put("STOWAGE_STORES_DEFAULT_SECRET_KEY", Store.SECRET_KEY);
    settings.put("STOWAGE_STORES_DEFAULT_TIMEOUT", "5s");
    settings.putAll(more);
    var member =
        new Member(name, program.command(), settings, "worker", "--port", String.valueOf(port));
    return new Place(member, controlWay, storeWay, calls, port);
  }

  /** Some that hear of runs by messages, until they are dismissed. */
  List<Place> hire(String... names) {
    var settings = new HashMap<>(messageSettings());
    settings.put("STOWAGE_WORKER_QUEUES", TOLD);
    var hired = Stream.of(names).map(name -> startWorker(name, settings)).toList();
    workers.addAll(hired);
    hired.forEach(each -> ready(each.member(), each.port()));
    return hired;
  }

  /** Its exit code; it ends as one that is told to stop. Where it was killed it is back before. */
  int dismiss(Place hired) {
    hired.member().want();
    ready(hired.member(), hired.port());
    int code = hired.member().stop(GRACE.multipliedBy(2));
    workers.remove(hired);
    hired.member().close();
    hired.controlWay().close();
    hired.storeWay().close();
    return code;
  }

  private static void ready(Member member, int port) {
    member.process().awaitReady("http://127.0.0.1:" + port + "/q/health/ready");
  }

  private void supervise() {
    while (!over) {
      members().forEach(Member::startIfGone);
      try {
        Thread.sleep(Duration.ofMillis(200));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Stream<Member> members() {
    return Stream.concat(controls.stream(), workers.stream().map(Place::member));
  }

  private Stream<FaultProxy> ways() {
    return Stream.of(
            databaseWays.stream(),
            workers.stream().map(Place::controlWay),
            workers.stream().map(Place::storeWay),
            Stream.of(clientWay))
        .flatMap(each -> each);
  }

  SqsEndpoint messages() {
    return messages;
  }

  Database database() {
    return database;
  }

  Store store() {
    return store;
  }

  FaultProxy clientWay() {
    return clientWay;
  }

  /** For who is no worker of the cluster, and speaks as one; the caller closes it. */
  FaultProxy strangersWay() {
    return new FaultProxy(controlPorts, new WorkerCalls("stranger", history)::tap);
  }

  List<FaultProxy> databaseWays() {
    return databaseWays;
  }

  List<Member> controls() {
    return controls;
  }

  List<Place> workers() {
    return workers;
  }

  void awaitControl(Member control) {
    ready(control, controlPorts.get(controls.indexOf(control)));
  }

  /** The one of that name, as the control plane tells who runs something. */
  Place worker(String name) {
    return workers.stream()
        .filter(each -> each.member().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no worker is called " + name));
  }

  /** No fault is left: all ways are clear, all processes are there and go on. */
  void heal() {
    ways().forEach(FaultProxy::clear);
    members().forEach(Member::thaw);
    members().forEach(Member::want);
  }

  /** Until no run lives, and no worker works for a lease that it lost. */
  void awaitIdle(Duration within) {
    var each = await().pollInterval(Duration.ofMillis(100)).ignoreExceptions();
    each.atMost(within).until(() -> database.count("SELECT count(*) FROM stowage.live") == 0);
    long drained = history.now();
    each.atMost(START)
        .until(() -> workers.stream().allMatch(place -> place.calls().idleSince(drained)));
  }

  private void end() {
    over = true;
    members().forEach(Member::close);
    ways().forEach(FaultProxy::close);
    messages.close();
    store.close();
    database.close();
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(hook);
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
