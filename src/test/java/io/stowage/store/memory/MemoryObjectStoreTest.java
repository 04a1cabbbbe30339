package io.stowage.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.fixture.StoreSettings;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectStore;
import io.stowage.store.ObjectStoreContract;
import io.stowage.store.WriteOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryObjectStoreTest extends ObjectStoreContract {
  private final MemoryObjectStore store = new MemoryObjectStore("scratch");

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected List<String> leftovers() {
    return List.of();
  }

  @Test
  void saysWhereAnObjectIs() {
    assertThat(store.location(ObjectKey.of("a b/c%"))).hasToString("memory:scratch/a%20b/c%25");
  }

  @Test
  void refusesMoreThanItMayHold() throws Exception {
    try (var small =
            new MemoryObjectStore(
                "small", StoreSettings.of(MemorySettings.class, Map.of("max-bytes", "10")));
        var writer = small.create(ObjectKey.of("a"), WriteOptions.once())) {
      writer.stream().write(new byte[6]);

      assertThatThrownBy(() -> writer.stream().write(new byte[6]))
          .hasMessageContaining("'small'")
          .hasMessageContaining("raise max-bytes");
      assertThatThrownBy(writer::commit)
          .hasMessageContaining("an earlier write or commit of it failed");
    }
  }
}
