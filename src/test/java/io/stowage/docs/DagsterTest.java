package io.stowage.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.Input;
import io.stowage.api.InputContext;
import io.stowage.api.InputManager;
import io.stowage.api.IoManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.Job;
import io.stowage.api.MultiOp;
import io.stowage.api.Op;
import io.stowage.api.OpOut;
import io.stowage.api.Output;
import io.stowage.api.OutputContext;
import io.stowage.api.ResourceContext;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.BackfillPolicy;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.testing.InputContexts;
import io.stowage.testing.Materialize;
import io.stowage.testing.OutputContexts;
import io.stowage.testing.ResourceContexts;
import io.stowage.testing.Settings;
import io.stowage.testing.Types;
import jakarta.enterprise.inject.Vetoed;
import java.io.IOException;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DagsterTest {
  @TempDir Path folder;

  @Test
  void nothingNeedsToBeSaidForTheDefault() {
    var result = Materialize.assets(Defaults.class).run().orThrow();
    assertThat(result.value("upper")).isEqualTo(List.of("A", "B"));
  }

  @Test
  void filesAreWrittenAndRead() {
    var result =
        Materialize.assets(Defaults.class)
            .manager("default", new TextFileManager(folder))
            .run()
            .orThrow();
    assertThat(result.value("upper")).isEqualTo(List.of("A", "B"));
    assertThat(result.metadata("upper")).containsEntry("lines", new MetadataValue.Int(2));
    assertThat(folder.toFile().list()).hasSize(2);
  }

  @Test
  void metadataIsOnTheMaterialization() {
    var result = Materialize.assets(WithMetadata.class).run().orThrow();
    assertThat(result.metadata("report"))
        .containsEntry("lines", new MetadataValue.Int(2))
        .containsEntry("preview", MetadataValue.markdown("**two** lines"));
  }

  @Test
  void aPartitionIsAFileOfItsOwn() {
    var all = Materialize.assets(Daily.class).manager("files", new PartitionedFiles(folder));
    all.partition("2026-01-01").run().orThrow();
    all.partition("2026-01-02").run().orThrow();
    assertThat(folder.resolve("visits").toFile().list()).hasSize(2);
  }

  @Test
  void aRangeIsOneRun() {
    var result =
        Materialize.assets(SingleRun.class).partition("2026-01-01", "2026-01-02").run().orThrow();
    assertThat(result.value("events", "2026-01-02")).isEqualTo(List.of("2026-01-02"));
  }

  @Test
  void aCacheIsKeptByTheManager() throws Exception {
    var calls = new ArrayList<String>();
    var manager =
        new RemoteIoManagerFactory()
            .create(
                Settings.of(RemoteSettings.class, Map.of("api-token", "s3cret")),
                ResourceContexts.of("remote")
                    .with("remote", (RemoteService) key -> calls.add(key) ? key + "!" : ""));
    var stored = OutputContexts.of("shop/orders", String.class).build();
    assertThat(manager.loadInput(InputContexts.of(stored).build())).isEqualTo("shop/orders!");
    assertThat(manager.loadInput(InputContexts.of(stored).build())).isEqualTo("shop/orders!");
    assertThat(calls).containsExactly("shop/orders");
  }

  @Test
  void eachAssetNamesItsManager() {
    var warehouse = new TextFileManager(folder);
    var result = Materialize.assets(PerAsset.class).manager("warehouse", warehouse).run().orThrow();
    assertThat(folder.toFile().list()).hasSize(1);
    assertThat(result.value("dashboard")).isEqualTo(1);
  }

  @Test
  void eachOutputOfAnOpNamesItsManager() {
    var result =
        Materialize.assets(PerOutput.class)
            .manager("warehouse", new TextFileManager(folder))
            .job("ingest")
            .run()
            .orThrow();
    assertThat(folder.toFile().list()).hasSize(1);
    assertThat(result.value("ingest/report")).isEqualTo("1 good, 1 bad");
  }

  @Test
  void anInputHasAManagerOfItsOwn() throws IOException {
    Files.write(folder.resolve("prices.txt"), List.of("1", "2"));
    var result =
        Materialize.assets(WithInputManager.class)
            .manager("legacy", new LegacyFiles(folder))
            .run()
            .orThrow();
    assertThat(result.value("total")).isEqualTo(2);
  }

  @Test
  void aTypeIsStoredInItsOwnWay() throws Exception {
    var manager = new ByType(folder);
    var text = OutputContexts.of("text", String.class).build();
    manager.handleOutput(text, "a");
    var lines = OutputContexts.of("lines", Types.listOf(String.class)).build();
    manager.handleOutput(lines, List.of("a", "b"));
    assertThat(manager.loadInput(InputContexts.of(text).build())).isEqualTo("a");
    assertThat(manager.loadInput(InputContexts.of(lines).build())).isEqualTo(List.of("a", "b"));
  }

  // docs: testing
  @Test
  void theClientIsToldWhatToStore() throws Exception {
    var told = new ArrayList<String>();
    var manager = new QueueManager((topic, message) -> told.add(topic + ": " + message));

    var context = OutputContexts.of("shop/orders", String.class).partition("2026-01-01").build();
    manager.handleOutput(context, "two");

    assertThat(told).containsExactly("shop/orders: two");
    assertThat(context.metadata()).containsEntry("topic", new MetadataValue.Text("shop/orders"));
  }

  @Test
  void theUpstreamIsWhatWasStored() throws Exception {
    var stored = OutputContexts.of("shop/orders", String.class).build();
    var manager = new TextFileManager(folder);
    manager.handleOutput(stored, List.of("a", "b"));

    var input = InputContexts.of(stored).build();
    assertThat(manager.loadInput(input)).isEqualTo(List.of("a", "b"));
    assertThat(input.upstreamOutput().asset()).isEqualTo(AssetKey.of("shop/orders"));
  }
  // end
}

@Vetoed
// docs: default
@AssetGroup
class Defaults {
  @Asset
  List<String> lower() {
    return List.of("a", "b");
  }

  @Asset
  List<String> upper(List<String> lower) {
    return lower.stream().map(String::toUpperCase).toList();
  }
}

// end

// docs: custom
class TextFileManager implements IoManager {
  private final Path folder;

  TextFileManager(Path folder) {
    this.folder = folder;
  }

  /** A file of its own for each write: what was committed before stays whole. */
  @Override
  public void handleOutput(OutputContext context, Object value) throws IOException {
    Path file = folder.resolve(context.asset().name() + "-" + UUID.randomUUID() + ".txt");
    Files.write(file, ((List<?>) value).stream().map(String::valueOf).toList());
    context.addOutputMetadata("lines", ((List<?>) value).size());
    context.stored(new StoredObject(file.toUri(), null, null, Files.size(file), -1, null));
  }

  /** The ledger says which file is current. */
  @Override
  public Object loadInput(InputContext context) throws IOException {
    URI location = context.materialization().orElseThrow().object().location();
    return Files.readAllLines(Path.of(location));
  }
}

// end

@Vetoed
// docs: metadata
@AssetGroup
class WithMetadata {
  @Asset
  Output<List<String>> report(AssetContext context) {
    context.addOutputMetadata("preview", MetadataValue.markdown("**two** lines"));
    return Output.of(List.of("one", "two")).with("lines", 2);
  }
}

// end

@Vetoed
// docs: table
@AssetGroup(value = "shop", ioManager = "warehouse")
class Sales {
  record Sale(String id, String customer, double amount) {}

  /** Stored in the table shop.sales, made from the record. */
  @Asset
  List<Sale> sales() {
    return List.of(new Sale("a", "Ann", 20), new Sale("b", "Bob", 5), new Sale("c", "Ann", 1));
  }

  record Sum(String customer, double amount) {}

  /** In another schema, reports.sums; reads two columns of the first. */
  @Asset(metadata = "schema=reports")
  List<Sum> sums(@Input(options = "columns=customer,amount") List<Sum> sales) {
    return sales.stream()
        .collect(
            Collectors.groupingBy(
                Sum::customer, TreeMap::new, Collectors.summingDouble(Sum::amount)))
        .entrySet()
        .stream()
        .map(sum -> new Sum(sum.getKey(), sum.getValue()))
        .toList();
  }
}

// end

@Vetoed
@AssetGroup(ioManager = "files")
class Daily {
  @Asset
  @DailyPartitions(start = "2026-01-01")
  String visits(AssetContext context) {
    return "visits of " + context.partition();
  }
}

// docs: partitioned
class PartitionedFiles implements IoManager {
  private final Path folder;

  PartitionedFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public void handleOutput(OutputContext context, Object value) throws IOException {
    String name = context.partitioned() ? context.partition().text() : "all";
    Path file = folder.resolve(context.asset().name()).resolve(name + "-" + UUID.randomUUID());
    Files.createDirectories(file.getParent());
    Files.writeString(file, (String) value);
    context.stored(new StoredObject(file.toUri(), null, null, Files.size(file), -1, null));
  }

  /** One value, or a map by partition where the input is of several. */
  @Override
  public Object loadInput(InputContext context) throws IOException {
    var byPartition = new TreeMap<String, String>();
    for (var each : context.materializations()) {
      byPartition.put(each.partition(), Files.readString(Path.of(each.object().location())));
    }
    return context.byPartition() ? byPartition : byPartition.firstEntry().getValue();
  }
}

// end

@Vetoed
// docs: single
@AssetGroup
class SingleRun {
  @Asset
  @DailyPartitions(start = "2026-01-01")
  @BackfillPolicy(BackfillPolicy.Type.SINGLE_RUN)
  Map<String, List<String>> events(AssetContext context) {
    var days = new TreeMap<String, List<String>>();
    context.partitions().forEach(day -> days.put(day.text(), List.of(day.text())));
    return days;
  }
}

// end

// docs: factory
interface RemoteService {
  String fetch(String key);
}

class RemoteIoManager implements InputManager {
  private final Map<String, String> cache = new ConcurrentHashMap<>();
  private final RemoteService service;

  RemoteIoManager(RemoteService service) {
    this.service = service;
  }

  @Override
  public Object loadInput(InputContext context) {
    return cache.computeIfAbsent(context.asset().toString(), service::fetch);
  }
}

// end

@Vetoed
// docs: factory-type
/** Makes one manager for each key of a worker; settings are below {@code stowage.io.<key>}. */
@IoManagerType(value = "remote", loadOnly = true, locked = "api-token")
class RemoteIoManagerFactory implements IoManagerFactory<RemoteSettings> {
  @Override
  public InputManager create(RemoteSettings settings, ResourceContext context) {
    return new RemoteIoManager(context.resource(RemoteService.class, "remote"));
  }
}

// end

@Vetoed
// docs: per-asset
@AssetGroup
class PerAsset {
  @Asset(ioManager = "warehouse")
  List<String> rows() {
    return List.of("a");
  }

  /** Stored by default, loaded by the warehouse's manager. */
  @Asset
  int dashboard(List<String> rows) {
    return rows.size();
  }
}

// end

@Vetoed
// docs: per-output
@Job("ingest")
class PerOutput {
  record Sorted(@OpOut(ioManager = "warehouse") List<String> good, int bad) {}

  @MultiOp
  Sorted sorted() {
    return new Sorted(List.of("a"), 1);
  }

  @Op
  String report(List<String> good, int bad) {
    return good.size() + " good, " + bad + " bad";
  }
}

// end

// docs: input-manager
class LegacyFiles implements InputManager {
  private final Path folder;

  LegacyFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public Object loadInput(InputContext context) throws IOException {
    return Files.readAllLines(folder.resolve(context.options().get("file")));
  }
}

// end

@Vetoed
// docs: input
@AssetGroup
class WithInputManager {
  @Asset
  int total(@Input(manager = "legacy", options = "file=prices.txt") List<String> prices) {
    return prices.size();
  }
}

// end

// docs: by-type
class ByType implements IoManager {
  private final Path folder;

  ByType(Path folder) {
    this.folder = folder;
  }

  @Override
  public void handleOutput(OutputContext context, Object value) throws IOException {
    Path file = folder.resolve(context.asset().name() + "-" + UUID.randomUUID());
    switch (value) {
      case String text -> Files.writeString(file, text);
      case List<?> lines -> Files.write(file, lines.stream().map(String::valueOf).toList());
      default ->
          throw new StowageException(
              ErrorCode.TYPE_MISMATCH, "a " + value.getClass() + " cannot be stored here");
    }
    context.stored(new StoredObject(file.toUri(), null, null, Files.size(file), -1, null));
  }

  @Override
  public Object loadInput(InputContext context) throws IOException {
    Path file = Path.of(context.materialization().orElseThrow().object().location());
    Type wanted = context.type();
    return wanted == String.class ? Files.readString(file) : Files.readAllLines(file);
  }
}

// end

// docs: client
class QueueManager implements IoManager {
  interface Client {
    void send(String topic, String message);
  }

  private final Client client;

  QueueManager(Client client) {
    this.client = client;
  }

  @Override
  public void handleOutput(OutputContext context, Object value) {
    String topic = context.asset().toString();
    client.send(topic, value.toString());
    context.addOutputMetadata("topic", topic);
  }

  @Override
  public Object loadInput(InputContext context) {
    throw new StowageException(
        ErrorCode.NOT_MATERIALIZED, "what was sent to '" + context.asset() + "' is gone");
  }
}
// end
