package io.stowage.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.InputContext;
import io.stowage.api.IoManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.OutputContext;
import io.stowage.api.ResourceContext;
import io.stowage.api.StowageException;
import io.stowage.io.object.ObjectFormat;
import io.stowage.io.object.ObjectIoManager;
import io.stowage.io.object.Written;
import io.stowage.store.ObjectStore;
import io.stowage.store.memory.MemoryObjectStore;
import io.stowage.testing.Materialize;
import io.stowage.testing.ResourceContexts;
import io.stowage.testing.Settings;
import jakarta.enterprise.inject.Vetoed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IoManagersTest {
  private static IoManager poems(Map<String, String> settings) {
    return (IoManager)
        new PoemIoManagerFactory()
            .create(
                Settings.of(PoemSettings.class, settings),
                ResourceContexts.of("poems").with("default", new MemoryObjectStore("default")));
  }

  @Test
  void aFormatOfOnesOwnStoresAndLoads() {
    var result =
        Materialize.assets(LibraryAssets.class).manager("poems", poems(Map.of())).run().orThrow();
    assertThat(result.value("library/lines")).isEqualTo(2);
    assertThat(result.materialization("library/haiku").object().location().toString())
        .startsWith("memory:")
        .endsWith(".txt");
  }

  @Test
  void anotherTypeIsRefusedWhenAWorkerStarts() {
    var factory = new PoemIoManagerFactory();
    var settings = Settings.of(PoemSettings.class, Map.of());
    assertThat(factory.stores(settings, String.class)).isTrue();
    assertThat(factory.stores(settings, List.class)).isFalse();
    assertThatThrownBy(() -> Settings.of(PoemSettings.class, Map.of("charst", "UTF-8")))
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("charst");
  }
}

@Vetoed
// docs: choose
@AssetGroup("library")
class LibraryAssets {
  @Asset(ioManager = "poems")
  String haiku() {
    return "An old silent pond\nA frog jumps in";
  }

  @Asset
  int lines(String haiku) {
    return haiku.split("\n").length;
  }
}

// end

// docs: format
/** Keeps texts as they are, in any store. */
class PoemIoManager extends ObjectIoManager {
  private final Charset charset;

  PoemIoManager(ObjectStore store, PoemSettings settings) {
    super(store, settings, new ObjectFormat("txt", "text/plain"));
    charset = settings.charset();
  }

  @Override
  protected Written write(OutputContext context, Object value, OutputStream bytes)
      throws IOException {
    bytes.write(((String) value).getBytes(charset));
    return Written.datum().with("lines", ((String) value).lines().count());
  }

  @Override
  protected Object read(InputContext context, Type type, InputStream bytes) throws IOException {
    return new String(bytes.readAllBytes(), charset);
  }
}

// end

@Vetoed
// docs: factory
@IoManagerType("poem")
class PoemIoManagerFactory implements IoManagerFactory<PoemSettings> {
  @Override
  public PoemIoManager create(PoemSettings settings, ResourceContext context) {
    return new PoemIoManager(context.resource(ObjectStore.class, settings.store()), settings);
  }

  /** A worker with an asset of another type does not start. */
  @Override
  public boolean stores(PoemSettings settings, Type type) {
    return type == String.class;
  }

  @Override
  public boolean loads(PoemSettings settings, Type type) {
    return type == String.class;
  }
}

// end
