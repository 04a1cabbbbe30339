package io.stowage.control;

import io.stowage.api.AssetKey;
import io.stowage.api.partition.PartitionMapping;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.DeclarationData;
import io.stowage.catalog.DeclaredType;
import io.stowage.catalog.InputDeclaration;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.catalog.SettingSpec;
import io.stowage.control.database.Database;
import io.stowage.protocol.CatalogDocument;
import io.stowage.protocol.Json;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunView;
import io.stowage.protocol.SessionAnswer;
import io.stowage.protocol.SessionRequest;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.SubmitRequest;
import io.stowage.protocol.http.BearerToken;
import io.stowage.protocol.http.JsonClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A queue that a test has for itself, with a small catalog: {@code raw} without partitions, {@code
 * town} and {@code weather} by town, the second from the first, {@code bulk} as {@code weather} but
 * all towns in a run, {@code pairs} two towns in a run, {@code day} by day, {@code balance} by day
 * from its own day before, {@code report} over all of {@code weather}.
 */
public final class QueueUnderTest {
  public static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final DeclaredType LONG = DeclaredType.of("java.lang.Long");
  private static final DeclaredType TOWN_MAP =
      DeclaredType.of("java.util.Map", DeclaredType.of("java.lang.String"), LONG);
  private static final PartitionMapping IDENTITY = new PartitionMapping.Identity();
  private static final PartitionsDefinition TOWNS =
      PartitionsDefinition.ofStatic("Basel", "Chur", "Davos");

  private final String name =
      "test-" + UUID.randomUUID().toString().substring(0, 8) + COUNT.incrementAndGet();
  private final JsonClient client;
  private final Database database;
  private final CatalogDocument catalog;

  private QueueUnderTest(JsonClient client, Database database) {
    this.client = client;
    this.database = database;
    this.catalog = new CatalogDocument(declarations(), Map.of("default", manager()));
  }

  /** With its catalog registered, by a worker that has gone again. */
  public static QueueUnderTest at(URI base, Database database) {
    var queue = new QueueUnderTest(new JsonClient(base, BearerToken.NONE, Json.reader()), database);
    queue.worker().close();
    return queue;
  }

  public String name() {
    return name;
  }

  public JsonClient client() {
    return client;
  }

  public CatalogDocument catalog() {
    return catalog;
  }

  /** The key of an asset of the catalog. */
  public String key(String asset) {
    return name + "/" + asset;
  }

  /**
   * A worker with a session of its own, which does not end by time: how long a test takes is no
   * part of it.
   */
  public ScriptedWorker worker() {
    SessionAnswer opened =
        client.call("POST", "/v1/sessions", request(catalog), SessionAnswer.class, TIMEOUT);
    database.query("UPDATE stowage.session SET ttl = interval '1 hour' WHERE id = $1", opened.id());
    return new ScriptedWorker(client, opened);
  }

  /** As {@link #worker}, and it executes runs of all kinds. */
  public ScriptedWorker sweeper() {
    SessionRequest plain = request(catalog);
    var request =
        new SessionRequest(
            plain.name(),
            plain.version(),
            plain.protocol(),
            plain.queues(),
            plain.slots(),
            plain.catalogHash(),
            plain.catalog(),
            RunKind.words());
    SessionAnswer opened =
        client.call("POST", "/v1/sessions", request, SessionAnswer.class, TIMEOUT);
    database.query("UPDATE stowage.session SET ttl = interval '1 hour' WHERE id = $1", opened.id());
    return new ScriptedWorker(client, opened);
  }

  /** A request for a run of another kind, on this queue. */
  public SubmitRequest asking(
      RunKind kind, Map<String, Object> options, List<String> partitions, String... assets) {
    return SubmitRequest.of(Stream.of(assets).map(this::key).toList())
        .partitions(partitions.isEmpty() ? null : partitions)
        .queue(name)
        .kind(kind.word())
        .options(options)
        .build();
  }

  public SessionRequest request(CatalogDocument document) {
    return new SessionRequest(
        "worker of " + name,
        "1",
        SessionRequest.PROTOCOL,
        List.of(name),
        4,
        Json.hash(document),
        document);
  }

  /** A request for the asset, on this queue. */
  public SubmitRequest asking(String asset, String partition) {
    return SubmitRequest.of(List.of(key(asset))).partition(partition).queue(name).build();
  }

  public UUID submit(SubmitRequest request) {
    return client.call("POST", "/v1/runs", request, SubmitAnswer.class, TIMEOUT).id();
  }

  /** Submits a run of the asset without partitions. */
  public UUID submit() {
    return submit(asking("raw", null));
  }

  public RunView run(UUID id) {
    return client.call("GET", "/v1/runs/" + id, null, RunView.class, TIMEOUT);
  }

  public String stateOf(UUID run) {
    return run(run).state();
  }

  private List<Map<String, Object>> declarations() {
    return List.of(
        data(asset("raw", Optional.empty())),
        data(asset("town", Optional.of(TOWNS))),
        data(asset("weather", Optional.of(TOWNS), input("town", new PartitionMapping.Identity()))),
        data(
            asset(
                "bulk", Optional.of(TOWNS), Integer.MAX_VALUE, input("town", IDENTITY, TOWN_MAP))),
        data(asset("pairs", Optional.of(TOWNS), 2)),
        data(asset("day", Optional.of(PartitionsDefinition.daily("2026-01-01")))),
        data(
            asset(
                "balance",
                Optional.of(PartitionsDefinition.daily("2026-01-01")),
                input("balance", new PartitionMapping.TimeWindows(-1, -1), LONG))),
        data(
            asset(
                "report",
                Optional.empty(),
                input("weather", new PartitionMapping.AllPartitions()))));
  }

  private AssetDeclaration asset(
      String asset, Optional<PartitionsDefinition> partitions, InputDeclaration... inputs) {
    return asset(asset, partitions, 1, inputs);
  }

  private AssetDeclaration asset(
      String asset,
      Optional<PartitionsDefinition> partitions,
      int maxPartitionsPerRun,
      InputDeclaration... inputs) {
    var output =
        new OutputDeclaration(
            "result", AssetKey.of(key(asset)), LONG, false, "default", "", Map.of(), Map.of());
    return new AssetDeclaration(
        key(asset),
        "Assets." + asset,
        name,
        name,
        "",
        Map.of("kind", asset),
        inputs.length,
        Set.of(),
        List.of(inputs),
        List.of(output),
        List.of(),
        partitions,
        Optional.empty(),
        1,
        Duration.ofSeconds(1),
        maxPartitionsPerRun,
        Optional.empty());
  }

  private InputDeclaration input(String asset, PartitionMapping mapping) {
    return input(asset, mapping, mapping instanceof PartitionMapping.Identity ? LONG : TOWN_MAP);
  }

  private InputDeclaration input(String asset, PartitionMapping mapping, DeclaredType type) {
    return new InputDeclaration(
        0,
        asset,
        type,
        Optional.of(AssetKey.of(key(asset))),
        Optional.empty(),
        Map.of(),
        Map.of(),
        false,
        false,
        mapping);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> data(AssetDeclaration declaration) {
    return (Map<String, Object>) (Map<String, ?>) DeclarationData.of(declaration);
  }

  private static CatalogDocument.Manager manager() {
    return new CatalogDocument.Manager(
        "avro",
        false,
        List.of(
            new SettingSpec("codec", "String", false, false),
            new SettingSpec("batch", "int", false, false),
            new SettingSpec("timeout", "Duration", false, false),
            new SettingSpec("endpoint", "String", true, true)));
  }
}
