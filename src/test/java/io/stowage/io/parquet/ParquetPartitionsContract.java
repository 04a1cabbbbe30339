package io.stowage.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.Input;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.StaticPartitions;
import io.stowage.fixture.BytesIoManager;
import io.stowage.fixture.StoreSettings;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.store.Checksums;
import io.stowage.store.ObjectStore;
import io.stowage.store.WriteOptions;
import io.stowage.testing.Materialize;
import io.stowage.testing.Materialized;
import jakarta.enterprise.inject.Vetoed;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several files of one input, each of another codec, in whatever store. */
@Tag("C45")
@Tag("C56")
abstract class ParquetPartitionsContract {
  record Narrow(String text, int whole) {}

  private static final String[] CODECS = {"none", "snappy", "gzip", "lz4", "brotli"};

  @Vetoed
  @AssetGroup
  static class Shop {
    static Runnable damage = () -> {};

    @Asset(ioManager = "files")
    @StaticPartitions({"none", "snappy", "gzip", "lz4", "brotli"})
    byte[] files(AssetContext context) {
      return shipped(context.partition().text());
    }

    @Asset
    void damaged(@Input(mapping = Input.Mapping.ALL, orderOnly = true) byte[] files) {
      damage.run();
    }

    @Asset(after = "damaged")
    List<Narrow> list(@Input(manager = "parquet", mapping = Input.Mapping.ALL) List<Narrow> files) {
      return files;
    }

    @Asset(after = "damaged")
    List<Narrow> stream(
        @Input(manager = "parquet", mapping = Input.Mapping.ALL) Stream<Narrow> files) {
      return files.toList();
    }

    @Asset(after = "damaged")
    String map(
        @Input(manager = "parquet", mapping = Input.Mapping.ALL) Map<String, List<Narrow>> files) {
      return files.entrySet().stream()
          .map(each -> each.getKey() + each.getValue().size())
          .toList()
          .toString();
    }

    static byte[] shipped(String codec) {
      try (var bytes = Shop.class.getResourceAsStream("/parquet/" + codec + ".parquet")) {
        return Objects.requireNonNull(bytes).readAllBytes();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private final String prefix = "parquet-" + UUID.randomUUID();

  abstract ObjectStore store();

  private Materialized run(String asset) {
    var settings = Map.of("prefix", prefix);
    try (var parquet =
        new ParquetInputManager(store(), StoreSettings.of(ParquetSettings.class, settings))) {
      return Materialize.assets(Shop.class)
          .manager("files", new BytesIoManager(store(), prefix, "parquet"))
          .manager("parquet", parquet)
          .manager(
              "default", new AvroIoManager(store(), StoreSettings.of(AvroSettings.class, settings)))
          .select("files", "damaged", asset)
          .partition(CODECS)
          .run();
    } finally {
      Shop.damage = () -> {};
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "stream"})
  void rowsOfAllPartitionsComeInTheirOrder(String asset) {
    var rows = run(asset).orThrow().rows(asset, Narrow.class);

    assertThat(rows).hasSize(15);
    assertThat(rows.subList(0, 3))
        .isEqualTo(rows.subList(12, 15))
        .first()
        .isEqualTo(new Narrow("plain", 1));
  }

  @Test
  void aMapHasTheRowsByPartition() {
    assertThat(run("map").orThrow().value("map", String.class))
        .isEqualTo("[none3, snappy3, gzip3, lz43, brotli3]");
  }

  @Test
  void allFilesAreCountedWithTheInput() {
    Materialized result = run("stream").orThrow();
    assertThat(result.events("input_read").getLast().data().get("metadata").toString())
        .contains(MetadataValue.of("rows", 15).toData().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "stream", "map"})
  void aFileThatIsAnotherThanWasStoredFailsTheLoad(String asset) {
    byte[] good = Shop.shipped("lz4");
    byte[] bad = good.clone();
    bad[good.length / 2] ^= 4;
    Shop.damage = () -> replace("/@lz4/", bad);
    Materialized result = run(asset);

    assertThat(result.failure().orElseThrow().message())
        .contains("'files' partition 'lz4'", "/@lz4/")
        .contains(Checksums.sha256(good), Checksums.sha256(bad));
    assertThat(result.events("output_stored")).noneMatch(each -> each.step().equals(asset));
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "stream", "map"})
  void aFileThatWasCutOffFailsTheLoad(String asset) {
    byte[] good = Shop.shipped("brotli");
    byte[] bad = Arrays.copyOf(good, good.length / 2);
    Shop.damage = () -> replace("/@brotli/", bad);

    assertThat(run(asset).failure().orElseThrow().message())
        .contains("'files' partition 'brotli'", "/@brotli/", good.length + " were stored")
        .contains(Checksums.sha256(good), Checksums.sha256(bad));
  }

  private void replace(String folder, byte[] bytes) {
    try (var all = store().list(prefix + "/files" + folder)) {
      var key = all.findFirst().orElseThrow().key();
      store().delete(key);
      try (var writer = store().create(key, WriteOptions.overwrite())) {
        writer.stream().write(bytes);
        writer.commit();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
