package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.AssetContext;
import io.stowage.api.InputManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.ResourceContext;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.StoreSettings;
import io.stowage.fixture.Workbench;
import io.stowage.io.branching.BranchingIoManagerFactory;
import io.stowage.io.branching.BranchingSettings;
import io.stowage.io.caching.CachingIoManagerFactory;
import io.stowage.io.caching.CachingSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Managers around managers, through the engine and a ledger. */
class WrappingManagersTest {
  private static final PartitionsDefinition CITIES =
      PartitionsDefinition.ofStatic("Oslo", "Bergen", "Narvik").named("city");

  private final Workbench bench = new Workbench();
  private final List<@Nullable Object> given = Collections.synchronizedList(new ArrayList<>());
  private String suffix = "";

  private @Nullable Object keep(@Nullable Object[] arguments) {
    Collections.addAll(given, arguments);
    return 1L;
  }

  private <S> void wrap(
      String key, IoManagerFactory<S> factory, Class<S> type, Map<String, String> settings)
      throws Exception {
    var context =
        new ResourceContext() {
          @Override
          public String key() {
            return key;
          }

          @Override
          public <R> R resource(Class<R> wanted, String name) {
            return wanted.cast(bench.managers().loading(name));
          }
        };
    InputManager made = factory.create(StoreSettings.of(type, settings), context);
    bench.managers().put(key, made);
  }

  private void cities() {
    bench
        .asset("city")
        .returning(String.class)
        .storedBy("lake")
        .partitioned(CITIES)
        .context()
        .computed(
            arguments ->
                ((AssetContext) Objects.requireNonNull(arguments[0])).partition().text() + suffix);
    bench.asset("all").input("city", Map.class, String.class, String.class).computed(this::keep);
  }

  @Test
  @Tag("C6")
  void worksOnABranchOverWhatTheParentHas() throws Exception {
    var production = bench.recording("production");
    var dev = bench.recording("dev");
    bench.managers().put("lake", production);
    cities();
    bench.runPartitions(List.of("Oslo", "Bergen", "Narvik"), "city");

    wrap(
        "lake",
        new BranchingIoManagerFactory(),
        BranchingSettings.class,
        Map.of("branch", "dev", "parent", "production"));
    suffix = " on the branch";
    bench.anew().runPartitions(List.of("Bergen"), "city");
    assertThat(bench.anew().run("all").succeeded()).isTrue();

    assertThat(given.getFirst())
        .hasToString("{Oslo=Oslo, Bergen=Bergen on the branch, Narvik=Narvik}");
    assertThat(production.stores()).as("nothing is stored in the parent").hasSize(3);
    assertThat(dev.stores()).hasSize(1);
    assertThat(bench.ledger().current("city", "Bergen").metadata()).containsKey("branch.dev");
  }

  @Test
  @Tag("C65")
  void loadsOnceForManyRunsUntilANewerOneIsCommitted() throws Exception {
    var production = bench.recording("production");
    wrap(
        "lake",
        new CachingIoManagerFactory(),
        CachingSettings.class,
        Map.of("wraps", "production"));
    cities();
    bench.runPartitions(List.of("Oslo", "Bergen", "Narvik"), "city");
    bench.anew().run("all");
    bench.anew().run("all");
    assertThat(production.loads()).hasSize(1);

    suffix = "!";
    bench.anew().runPartitions(List.of("Bergen"), "city");
    bench.anew().run("all");
    assertThat(production.loads()).hasSize(2);
    assertThat(given.stream().map(String::valueOf))
        .containsExactly(
            "{Oslo=Oslo, Bergen=Bergen, Narvik=Narvik}",
            "{Oslo=Oslo, Bergen=Bergen, Narvik=Narvik}",
            "{Oslo=Oslo, Bergen=Bergen!, Narvik=Narvik}");
    assertThat(
            bench.ledger().events("input_loaded").stream()
                .map(event -> String.valueOf(event.data().get("metadata"))))
        .allMatch(text -> text.contains("cached"));
  }

  @Test
  @Tag("C65")
  void readsAStreamThroughACacheEachTime() throws Exception {
    var production = bench.recording("production");
    wrap(
        "lake",
        new CachingIoManagerFactory(),
        CachingSettings.class,
        Map.of("wraps", "production"));
    bench
        .asset("lines")
        .storedBy("lake")
        .returning(List.class, String.class)
        .computed(_ -> List.of("a", "b"));
    bench
        .asset("read")
        .input("lines", java.util.stream.Stream.class, String.class)
        .computed(
            arguments -> given.add(((java.util.stream.Stream<?>) arguments[0]).toList()) ? 1L : 0L);
    bench.run("lines");
    bench.anew().run("read");
    bench.anew().run("read");

    assertThat(given).containsExactly(List.of("a", "b"), List.of("a", "b"));
    assertThat(production.loads()).hasSize(2);
  }
}
