package io.stowage.io.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.AssetKey;
import io.stowage.api.partition.PartitionKey;
import io.stowage.store.ObjectKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ObjectKeysTest {
  private static final int PARTITIONS = 10_000;

  /** The characters that a path, a URI or our own encoding could stumble over. */
  private static final String NASTY = "@@%%//..~~|\\ aA\u00fc\u4e2d=_-:?#&+*\"'<>0";

  private final Random random = new Random(42);

  private String component() {
    var text = new StringBuilder();
    int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 150 : 4);
    for (int i = 0; i < length; i++) {
      text.append(NASTY.charAt(random.nextInt(NASTY.length())));
    }
    return text.toString().equals(".") || text.toString().equals("..") ? "x" : text.toString();
  }

  private PartitionKey partition() {
    return random.nextBoolean()
        ? PartitionKey.of(component())
        : PartitionKey.of(Map.of("city", component(), "date", component()));
  }

  private record Place(AssetKey asset, @Nullable PartitionKey partition) {}

  @Test
  @DisplayName("C49: ten thousand partitions of any characters share no object, and none escapes")
  void givesEveryPartitionAnObjectOfItsOwn() {
    for (Layout layout : Layout.values()) {
      var keys = new ObjectKeys("team", layout, "avro");
      var places = new HashMap<ObjectKey, Place>();
      while (places.size() < PARTITIONS) {
        AssetKey asset =
            AssetKey.of(random.nextBoolean() ? "a" : "a/" + component().replace("/", "@"));
        PartitionKey partition = random.nextInt(10) == 0 ? null : partition();
        var place = new Place(asset, partition);
        ObjectKey key = keys.written(asset, partition, "write");
        assertThat(places.put(key, place)).as(key.path()).isIn(null, place);
        assertThat(key.path())
            .startsWith("team/a")
            .endsWith(".avro")
            .matches("[A-Za-z0-9._=/@%~-]+");
      }
    }
  }
}
