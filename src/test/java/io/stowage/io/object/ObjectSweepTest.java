package io.stowage.io.object;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.output;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.AssetKey;
import io.stowage.api.StoredWrite;
import io.stowage.api.StowageException;
import io.stowage.fixture.RecordedOutput;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectStore;
import io.stowage.store.WriteOptions;
import io.stowage.store.memory.MemoryObjectStore;
import java.io.IOException;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a manager over an object store tells a sweep of, and what it removes. */
@Tag("C51")
class ObjectSweepTest {
  private static final Type LINES = generic(List.class, String.class);

  private final ObjectStore store = new MemoryObjectStore("test");
  private final LinesIoManager manager =
      new LinesIoManager(store, IoSettings.defaults().prefix("team"));

  private static RecordedOutput stored(LinesIoManager manager, RecordedOutput context) {
    try {
      manager.handleOutput(context, List.of("line"));
      return context;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void foreign(String key) throws IOException {
    try (var writer = store.create(ObjectKey.of(key), WriteOptions.overwrite())) {
      writer.stream().write("theirs".getBytes(UTF_8));
      writer.commit();
    }
  }

  private List<URI> writes(@Nullable String asset) {
    try (Stream<StoredWrite> writes = manager.writes(asset == null ? null : AssetKey.of(asset))) {
      return writes.map(StoredWrite::location).toList();
    }
  }

  @Test
  void tellsOfItsOwnWritesAlone() throws IOException {
    var a = stored(manager, output("a", LINES));
    var b = stored(manager, output("a", LINES, "2012-03"));
    var c = stored(manager, output("a/c", LINES, "New York/@1"));
    String id = UUID.randomUUID().toString();
    for (String key :
        List.of(
            "team/readme.txt",
            "team/" + id + ".txt",
            "team/a/" + id + ".csv",
            "team/a/" + id + ".txt.bak",
            "team/a/" + id.toUpperCase(java.util.Locale.ROOT).replace('1', 'A') + ".txt",
            "team/a/notes.txt",
            "team/a/their folder/" + id + ".txt",
            "team2/a/" + id + ".txt",
            "other/a/" + id + ".txt",
            "a/" + id + ".txt")) {
      foreign(key);
    }

    assertThat(writes(null))
        .containsExactlyInAnyOrder(
            a.object().location(), b.object().location(), c.object().location());
    assertThat(writes("a")).containsExactlyInAnyOrder(a.object().location(), b.object().location());
    assertThat(writes("a/c")).containsExactly(c.object().location());
    assertThat(writes("nothing")).isEmpty();
  }

  @Test
  void tellsWhoWroteIt() throws IOException {
    var context = stored(manager, output("a", LINES));
    var write = new StoredWrite(context.object().location(), 5, Instant.EPOCH);
    assertThat(manager.origin(write))
        .hasValue(new StoredWrite.Origin(context.runId(), context.leaseId().orElseThrow()));

    foreign("team/a/" + UUID.randomUUID() + ".txt");
    var unlabeled = writes("a").stream().filter(each -> !each.equals(write.location())).findFirst();
    assertThat(manager.origin(new StoredWrite(unlabeled.orElseThrow(), 6, Instant.EPOCH)))
        .isEmpty();
    store.delete(store.keyOf(write.location()));
    assertThat(manager.origin(write)).isEmpty();
  }

  @Test
  void removesWhatItOwnsAndWhatIsGoneAlready() {
    var stored = stored(manager, output("a", LINES, "p")).materialization();

    assertThat(manager.owns(stored)).isTrue();
    assertThat(manager.remove(stored)).isTrue();
    assertThat(manager.remove(stored)).isFalse();
    assertThat(writes(null)).isEmpty();
  }

  @Test
  void ownsNothingElsewhere() {
    var moved = new LinesIoManager(store, IoSettings.defaults().prefix("elsewhere"));
    var otherStore = new LinesIoManager(new MemoryObjectStore("other"), IoSettings.defaults());
    var stored = stored(manager, output("a", LINES));

    assertThat(moved.owns(stored.materialization())).isFalse();
    assertThat(otherStore.owns(stored.materialization())).isFalse();
    assertThat(manager.owns(output("a", LINES).materialization())).as("without object").isFalse();
    assertThatThrownBy(() -> moved.remove(stored.materialization()))
        .isInstanceOf(StowageException.class)
        .hasMessageContaining(stored.object().location().toString());
    assertThat(writes(null)).hasSize(1);
  }

  @Test
  void ownsNoNameThatIsUsedAgain() {
    var flat = new LinesIoManager(store, IoSettings.defaults().prefix("team").flat());
    var stored = stored(flat, output("a", LINES));

    assertThat(flat.owns(stored.materialization())).isFalse();
    assertThat(manager.owns(stored.materialization())).isFalse();
    assertThat(flat.writes(null)).isEmpty();
  }
}
