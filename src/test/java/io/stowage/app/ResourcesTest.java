package io.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.InputManager;
import io.stowage.api.IoManager;
import io.stowage.api.OutputContext;
import io.stowage.api.ResourceContext;
import io.stowage.api.StowageException;
import io.stowage.io.table.database.PostgresDatabase;
import io.stowage.io.table.database.PostgresSettings;
import io.stowage.protocol.WorkerResources.Health;
import io.stowage.store.ObjectStore;
import io.stowage.store.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ResourcesTest {
  private final List<String> story = Collections.synchronizedList(new ArrayList<>());
  private final Made made = new Made();
  private final Resources resources = new Resources(made);

  /** A manager named by its key, which knows its settings. */
  private final class Recorded implements IoManager, AutoCloseable {
    private final String key;
    private final Map<String, String> settings;

    Recorded(String key, Map<String, String> settings) {
      this.key = key;
      this.settings = settings;
      story.add("make " + key);
    }

    @Override
    public void handleOutput(OutputContext context, @Nullable Object value) {}

    @Override
    public @Nullable Object loadInput(InputContext context) {
      return null;
    }

    @Override
    public void close() {
      story.add("close " + key);
      if (key.equals("sticky")) {
        throw new IllegalStateException("stuck");
      }
    }
  }

  /** Keys say what is made: {@code a>b} wraps {@code b}, {@code a@s} is over store {@code s}. */
  private final class Made implements Resources.Factories {
    private @Nullable RuntimeException failure;

    @Override
    public InputManager manager(
        String key, Map<String, String> overrides, ResourceContext context) {
      if (key.startsWith("failing") && failure != null) {
        throw failure;
      }
      if (key.equals("loads")) {
        return _ -> null;
      }
      if (key.contains("@")) {
        assertThat(context.resource(ObjectStore.class, key.substring(key.indexOf('@') + 1)))
            .isNotNull();
      }
      if (key.contains(">")) {
        context.resource(IoManager.class, key.substring(key.indexOf('>') + 1));
      }
      return new Recorded(key, overrides);
    }

    @Override
    public ObjectStore store(String name) {
      story.add("open " + name);
      return new MemoryObjectStore(name);
    }

    @Override
    public PostgresDatabase database(String name) {
      return PostgresDatabase.of(name, new Nobody());
    }
  }

  /** A port at which nothing listens. */
  private record Nobody() implements PostgresSettings {
    @Override
    public String url() {
      return "postgresql://127.0.0.1:1/shop";
    }

    @Override
    public Optional<String> username() {
      return Optional.empty();
    }

    @Override
    public Optional<String> password() {
      return Optional.empty();
    }
  }

  @Test
  void tellsHowStoresAndDatabasesAreThatWereUsed() {
    assertThat(resources.health()).isEmpty();
    resources.store("disk");
    resources.database("shop");
    var health = resources.health();
    assertThat(health.get("disk")).extracting(Health::fault).isNull();
    assertThat(health.get("shop"))
        .extracting(Health::fault)
        .asString()
        .contains("cannot connect to store 'shop'");
    assertThat(resources.health()).as("asked again after a while only").isEqualTo(health);
    resources.close();
  }

  @Test
  @Tag("C5")
  void makesAManagerOnceOnFirstUseWhoeverAsks() throws Exception {
    assertThat(story).isEmpty();
    var found = Collections.synchronizedSet(new HashSet<InputManager>());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        threads.submit(() -> found.add(resources.forRun(Map.of()).loading("lake")));
      }
    }

    assertThat(found).hasSize(1);
    assertThat(resources.storing("lake")).isSameAs(found.iterator().next());
    assertThat(resources.loading("attic")).isNotSameAs(resources.loading("lake"));
    assertThat(story).containsExactly("make lake", "make attic");
  }

  @Test
  @Tag("C5")
  void closesInReverseOrderAndGoesOnAfterAFailure() {
    resources.loading("first@disk");
    resources.loading("sticky");
    resources.loading("outer>inner");
    story.clear();

    resources.close();
    resources.close();

    assertThat(story)
        .containsExactly("close outer>inner", "close inner", "close sticky", "close first@disk");
  }

  @Test
  @Tag("C5")
  void saysWhichManagerCouldNotBeMadeAndTriesAgain() {
    made.failure = new IllegalStateException("no such host");
    assertThatThrownBy(() -> resources.loading("failing"))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ASSET_FAILED))
        .hasMessageContainingAll("IO manager 'failing' could not be made", "no such host")
        .hasCause(made.failure);

    made.failure = new StowageException(ErrorCode.UNAVAILABLE, "the store is away");
    assertThatThrownBy(() -> resources.loading("failing"))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessage("IO manager 'failing' could not be made: the store is away");
    assertThatThrownBy(() -> resources.loading("outer>failing"))
        .hasMessageContainingAll("'outer>failing'", "'failing'", "the store is away");

    made.failure = null;
    assertThat(resources.loading("failing")).isNotNull();
    resources.close();
    assertThat(story).containsExactly("make failing", "close failing");
  }

  @Test
  @Tag("C6")
  void makesWhatAManagerUsesBeforeItAndSharesIt() {
    resources.loading("one@disk");
    resources.loading("two@disk");
    resources.loading("outer>one@disk");

    assertThat(story)
        .containsExactly("open disk", "make one@disk", "make two@disk", "make outer>one@disk");
  }

  @Test
  @Tag("C6")
  void refusesACircleAndWhatIsNoManagerOfTheKind() {
    Resources circle =
        new Resources(
            new Resources.Factories() {
              @Override
              public InputManager manager(
                  String key, Map<String, String> overrides, ResourceContext context) {
                return context.resource(InputManager.class, key.equals("a") ? "b" : "a");
              }

              @Override
              public ObjectStore store(String name) {
                return new MemoryObjectStore(name);
              }

              @Override
              public PostgresDatabase database(String name) {
                throw new AssertionError("not asked for");
              }
            });
    assertThatThrownBy(() -> circle.loading("a")).hasMessageContaining("a → b → a");
    assertThatThrownBy(() -> resources.loading("outer>loads"))
        .hasMessageContainingAll("IoManager", "'loads'");
    assertThatThrownBy(() -> resources.storing("loads")).hasMessageContaining("only loads");
  }

  @Test
  @Tag("C7")
  void makesAManagerAnewForARunThatOverridesIt() {
    var shared = resources.loading("lake");
    resources.loading("attic");
    story.clear();

    Resources run = resources.forRun(Map.of("lake", Map.of("codec", "null")));
    var own = (Recorded) run.loading("lake");
    assertThat(own).isNotSameAs(shared).isSameAs(run.loading("lake"));
    assertThat(own.settings).containsEntry("codec", "null");
    assertThat(run.loading("attic")).isSameAs(resources.loading("attic"));
    run.close();
    assertThat(story).containsExactly("make lake", "close lake");

    assertThat(resources.forRun(Map.of()).loading("lake")).isSameAs(shared);
    assertThat(((Recorded) shared).settings).isEmpty();
  }

  @Test
  @Tag("C7")
  void makesTheWrappersOfAnOverriddenManagerAnewAsWell() {
    resources.loading("top>outer>lake");
    story.clear();
    Resources run = resources.forRun(Map.of("lake", Map.of("codec", "null")));

    run.loading("top>outer>lake");
    run.close();

    assertThat(story)
        .containsExactly(
            "make lake",
            "make outer>lake",
            "make top>outer>lake",
            "close top>outer>lake",
            "close outer>lake",
            "close lake");
  }

  @Test
  @Tag("C7")
  void keepsAStoreOpenWhenARunsOwnManagerIsClosed() {
    Resources run = resources.forRun(Map.of("lake@disk", Map.of("codec", "null")));
    run.loading("lake@disk");
    run.close();
    resources.loading("lake@disk");

    assertThat(story)
        .containsExactly("open disk", "make lake@disk", "close lake@disk", "make lake@disk");
  }
}
