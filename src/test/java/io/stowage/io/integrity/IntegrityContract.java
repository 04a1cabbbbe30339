package io.stowage.io.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.ErrorCode;
import io.stowage.api.Input;
import io.stowage.api.InputManager;
import io.stowage.api.Materialization;
import io.stowage.api.StoredObject;
import io.stowage.api.partition.StaticPartitions;
import io.stowage.fixture.StoreSettings;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.io.csv.CsvIoManager;
import io.stowage.io.csv.CsvSettings;
import io.stowage.store.Checksums;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectStore;
import io.stowage.store.WriteOptions;
import io.stowage.testing.Materialize;
import io.stowage.testing.Materialized;
import jakarta.enterprise.inject.Vetoed;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Between what was stored and a load of it an object is damaged: the load fails, says which object
 * it is and both checksums, and nothing of it gets into a result.
 */
@Tag("C33")
@Tag("C20")
abstract class IntegrityContract {
  record Order(int id, String item) {}

  enum Damage {
    TRUNCATED {
      @Override
      byte[] of(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length - 7);
      }
    },
    FLIPPED {
      @Override
      byte[] of(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 1;
        return flipped;
      }
    },
    EMPTIED {
      @Override
      byte[] of(byte[] bytes) {
        return new byte[0];
      }
    },
    /** By another object that can be read as well. */
    REPLACED {
      @Override
      byte[] of(byte[] bytes) {
        return other;
      }
    },
    DELETED {
      @Override
      byte @Nullable [] of(byte[] bytes) {
        return null;
      }
    };

    static byte[] other = {};

    abstract byte @Nullable [] of(byte[] bytes);
  }

  @Vetoed
  @AssetGroup
  static class Shop {
    static Runnable damage = () -> {};
    static int copies = 1;

    @Asset
    @StaticPartitions({"a", "b"})
    List<Order> orders() {
      return IntStream.range(0, 2_000 * copies).mapToObj(id -> new Order(id, "tea " + id)).toList();
    }

    @Asset
    void damaged(@Input(mapping = Input.Mapping.ALL, orderOnly = true) List<Order> orders) {
      damage.run();
    }

    @Asset(after = "damaged")
    List<Order> list(@Input(mapping = Input.Mapping.ALL) List<Order> orders) {
      return orders;
    }

    @Asset(after = "damaged")
    List<Order> map(@Input(mapping = Input.Mapping.ALL) Map<String, List<Order>> orders) {
      return orders.values().stream().flatMap(List::stream).toList();
    }

    @Asset(after = "damaged")
    Stream<Order> stream(@Input(mapping = Input.Mapping.ALL) Stream<Order> orders) {
      return orders;
    }
  }

  abstract ObjectStore store();

  private final String prefix = "integrity-" + UUID.randomUUID();
  private @Nullable StoredObject stored;
  private byte @Nullable [] found;

  private InputManager manager(String format, boolean verify) {
    var settings = new HashMap<>(Map.of("prefix", prefix, "verify", Boolean.toString(verify)));
    return format.equals("csv")
        ? new CsvIoManager(store(), StoreSettings.of(CsvSettings.class, settings))
        : new AvroIoManager(store(), StoreSettings.of(AvroSettings.class, settings));
  }

  private Materialized run(String format, String shape, Damage damage, boolean verify) {
    InputManager manager = manager(format, true);
    Shop.copies = 2;
    Shop.damage = () -> {};
    Damage.other =
        bytes(made(shop(manager).select("orders").partition("b").run().orThrow()).location());
    Shop.copies = 1;
    Shop.damage = () -> damage(damage);
    return shop(manager(format, verify))
        .select("orders", "damaged", shape)
        .partition("a", "b")
        .run();
  }

  private static Materialize shop(InputManager manager) {
    return Materialize.assets(Shop.class).manager("default", manager);
  }

  private static StoredObject made(Materialized result) {
    return Objects.requireNonNull(result.materialization("orders", "b").object());
  }

  private byte[] bytes(java.net.URI location) {
    try (var reader = store().open(store().keyOf(location))) {
      return reader.stream().readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Damages the newest object of partition b. */
  private void damage(Damage damage) {
    ObjectKey key;
    try (var all = store().list(prefix + "/orders/@b/")) {
      key = all.filter(info -> info.size() != Damage.other.length).findFirst().orElseThrow().key();
    }
    byte[] before = bytes(store().location(key));
    stored =
        new StoredObject(
            store().location(key), null, Checksums.sha256(before), before.length, -1, null);
    byte[] after = damage.of(before);
    store().delete(key);
    found = after;
    if (after != null) {
      try (var writer = store().create(key, WriteOptions.overwrite())) {
        writer.stream().write(after);
        writer.commit();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  static Stream<Arguments> all() {
    return Stream.of("avro", "csv")
        .flatMap(
            format ->
                Stream.of("list", "map", "stream")
                    .flatMap(
                        shape ->
                            Arrays.stream(Damage.values())
                                .map(damage -> Arguments.of(format, shape, damage))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aDamagedObjectFailsTheLoadNamingItAndBothChecksums(
      String format, String shape, Damage damage) {
    Materialized result = run(format, shape, damage, true);

    var failure = result.failure().orElseThrow();
    StoredObject object = Objects.requireNonNull(stored);
    assertThat(failure.message()).contains("'orders' partition 'b'", object.location().toString());
    if (found == null) {
      assertThat(failure.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED);
    } else {
      assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
      assertThat(failure.message())
          .contains("SHA-256", Checksums.sha256(found), String.valueOf(object.checksum()));
    }
    hasNothingOf(shape, result);
  }

  private void hasNothingOf(String shape, Materialized result) {
    assertThat(result.materializations())
        .extracting(Materialization::asset)
        .noneMatch(asset -> asset.toString().equals(shape));
    try (var left = store().list(prefix + "/" + shape + "/")) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void withoutChecksumsTheFormatAloneSeesWhatIsWrong(String format, String shape, Damage damage) {
    boolean seen =
        switch (damage) {
          case DELETED, EMPTIED -> true;
          case TRUNCATED -> format.equals("avro"); // a row of text may end anywhere
          case REPLACED -> false;
          case FLIPPED -> {
            assumeTrue(format.equals("csv"), "a block may be damaged in many ways");
            yield false;
          }
        };
    Materialized result = run(format, shape, damage, false);

    StoredObject object = Objects.requireNonNull(stored);
    assertThat(result.succeeded()).isEqualTo(!seen);
    if (seen) {
      assertThat(result.failure().orElseThrow().message())
          .contains("'orders' partition 'b'", object.location().toString())
          .doesNotContain("SHA-256");
      hasNothingOf(shape, result);
    } else {
      assertThat(result.rows(shape, Order.class))
          .hasSize(damage == Damage.REPLACED ? 6_000 : 4_000);
    }
  }
}
