package io.stowage.io.object;

import static io.stowage.fixture.Contexts.external;
import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.nothing;
import static io.stowage.fixture.Contexts.output;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionKey;
import io.stowage.fixture.RecordedInput;
import io.stowage.fixture.RecordedOutput;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectStore;
import io.stowage.store.WriteOptions;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every manager over an object store does, whichever the store. */
abstract class ObjectIoManagerContract {
  private static final Type LINES = generic(List.class, String.class);
  private static final Type STREAM = generic(Stream.class, String.class);

  private ObjectStore store;
  private LinesIoManager manager;

  abstract ObjectStore store();

  @BeforeEach
  void openTheStore() {
    store = store();
    manager = new LinesIoManager(store, IoSettings.defaults());
  }

  private static RecordedOutput stored(
      LinesIoManager manager, RecordedOutput context, Object value) {
    try {
      manager.handleOutput(context, value);
      return context;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private RecordedOutput stored(RecordedOutput context, Object value) {
    return stored(manager, context, value);
  }

  private RecordedOutput partition(String key, String... lines) {
    return stored(output("a/b", LINES, key), List.of(lines));
  }

  private Stream<?> stream(RecordedInput context) {
    return (Stream<?>) Objects.requireNonNull(manager.loadInput(context));
  }

  private List<Object> rows(RecordedInput context) {
    try (var stream = stream(context)) {
      return stream.collect(java.util.stream.Collectors.toList());
    }
  }

  private List<String> keys() {
    try (Stream<ObjectInfo> all = store.list("")) {
      return all.map(info -> info.key().path()).toList();
    }
  }

  private void overwrite(ObjectKey key, String text) throws IOException {
    try (var writer = store.create(key, WriteOptions.overwrite())) {
      writer.stream().write(text.getBytes(UTF_8));
      writer.commit();
    }
  }

  @Test
  @DisplayName("C15: fills the well-known labels, and says where the value is")
  void describesWhatItStored() {
    var context = partition("2012-03", "one", "two");

    assertThat(context.added().keySet())
        .containsExactly("rows", "bytes", "uri", "schema", "seconds", "etag", "checksum", "codec");
    assertThat(context.added())
        .containsEntry("rows", new MetadataValue.Int(2))
        .containsEntry("bytes", new MetadataValue.Int(8))
        .containsEntry("uri", new MetadataValue.Url(context.object().location()))
        .containsEntry("schema", new MetadataValue.TableSchema(Map.of("line", "string")));
    assertThat(context.object().checksum()).matches("sha256:[0-9a-f]{64}");
    assertThat(context.object().rows()).isEqualTo(2);
    assertThat(context.object().schemaFingerprint()).isEqualTo("f00d");
    assertThat(context.object().location().toString()).contains("a/b/@2012-03/");
  }

  @Test
  @DisplayName("C51: a re-run makes a new object and leaves the old one")
  void neverOverwritesAVersion() {
    var first = stored(output("a/b", LINES), List.of("old"));
    var second = stored(output("a/b", LINES), List.of("new"));

    assertThat(keys()).hasSize(2).allMatch(key -> key.matches("a/b/[0-9a-f-]{36}\\.txt"));
    assertThat(manager.loadInput(input(LINES, first))).isEqualTo(List.of("old"));
    assertThat(manager.loadInput(input(LINES, second))).isEqualTo(List.of("new"));
  }

  @Test
  @DisplayName("C51: layout flat overwrites one name")
  void overwritesAFlatObject() {
    var flat = new LinesIoManager(store, IoSettings.defaults().flat().prefix("/team/"));
    stored(flat, output("a/b", LINES), List.of("old"));
    var second = stored(flat, output("a/b", LINES), List.of("new"));
    stored(flat, output("a/c", LINES, "New York"), List.of("x"));

    assertThat(keys()).containsExactly("team/a/b.txt", "team/a/c/@New%20York.txt");
    assertThat(flat.loadInput(input(LINES, second))).isEqualTo(List.of("new"));
  }

  @Test
  void refusesAFlatObjectThatTheLedgerDoesNotKnow() {
    var flat = new LinesIoManager(store, IoSettings.defaults().flat());
    var first = stored(flat, output("a/b", LINES), List.of("old"));
    var second = stored(flat, output("a/b", LINES), List.of("new"));

    assertThatThrownBy(() -> flat.loadInput(input(LINES, first)))
        .isInstanceOf(StowageException.class)
        .hasMessageContainingAll(
            "'a/b'",
            "'" + first.object().etag() + "'",
            "'" + second.object().etag() + "'",
            "overwritten");
  }

  @Test
  void writesADimensionsValuesByTheDimensionsNames() {
    stored(
        output("a/b", LINES, PartitionKey.of(Map.of("date", "2012-03", "city", "New York"))),
        List.of("x"));

    assertThat(keys()).singleElement().asString().startsWith("a/b/@New%20York/2012-03/");
  }

  @Test
  @DisplayName("C52: an empty prefix is as good as none")
  void takesAnEmptyPrefix() {
    stored(
        new LinesIoManager(store, IoSettings.defaults().prefix("")),
        output("a", LINES),
        List.of("x"));
    stored(
        new LinesIoManager(store, IoSettings.defaults().prefix("/")),
        output("a", LINES),
        List.of("x"));

    assertThat(keys()).allMatch(key -> key.startsWith("a/"));
    assertThatThrownBy(() -> new LinesIoManager(store, IoSettings.defaults().prefix("../up")))
        .hasMessageContaining("..");
  }

  @Test
  @DisplayName("C17, C20: a write that fails half-way leaves no object, and the old one readable")
  void leavesNothingOfAFailedWrite() {
    var old = partition("p", "good");
    var lines =
        Stream.concat(IntStream.range(0, 100_000).mapToObj(i -> "line " + i), Stream.of("poison"));

    assertThatThrownBy(() -> manager.handleOutput(output("a/b", STREAM, "p"), lines))
        .hasMessage("a line is poison");

    assertThat(keys()).hasSize(1);
    assertThat(manager.loadInput(input(LINES, old))).isEqualTo(List.of("good"));
  }

  @Test
  void stopsAWriteThatIsCanceled() {
    var context = output("a/b", STREAM);
    var lines = Stream.iterate("x", line -> line).peek(_ -> context.cancel());

    assertThatThrownBy(() -> manager.handleOutput(context, lines))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELED));
    assertThat(keys()).isEmpty();
  }

  @Test
  @DisplayName("C45: several partitions are a map, a list or a stream, in their order")
  void combinesPartitions() {
    var b = partition("b", "3", "4");
    var a = partition("a", "1", "2");
    var empty = partition("c");

    assertThat(
            (Map<?, ?>)
                manager.loadInput(input(generic(Map.class, String.class, LINES), b, a, empty)))
        .hasToString("{b=[3, 4], a=[1, 2], c=[]}");
    assertThat(manager.loadInput(input(LINES, b, empty, a))).isEqualTo(List.of("3", "4", "1", "2"));
    assertThat(rows(input(STREAM, b, empty, a))).containsExactly("3", "4", "1", "2");
  }

  @Test
  @DisplayName("C45: one partition is the bare value, or a map where several could be mapped")
  void givesTheBareValueOfOnePartition() {
    var a = partition("a", "1");

    assertThat(manager.loadInput(input(LINES, a))).isEqualTo(List.of("1"));
    assertThat(
            manager.loadInput(
                input(generic(Map.class, String.class, LINES), a).mappedByPartition()))
        .isEqualTo(Map.of("a", List.of("1")));
  }

  @Test
  void makesAListOfOneValueOfEachPartition() {
    var a = stored(output("a", String.class, "a"), "first");
    var b = stored(output("a", String.class, "b"), "second");

    assertThat(manager.loadInput(input(generic(Map.class, String.class, String.class), a, b)))
        .isEqualTo(Map.of("a", "first", "b", "second"));
    assertThatThrownBy(() -> manager.loadInput(input(String.class, a, b)))
        .hasMessageContainingAll("input 'given' is a String", "2 partitions of 'a'");
  }

  @Test
  void keepsKeysAndValuesTogetherHoweverManyAreLoadedAtOnce() {
    var stored =
        IntStream.range(0, 100)
            .mapToObj(i -> partition("p" + i, "line " + i))
            .toArray(RecordedOutput[]::new);

    var loaded =
        (Map<?, ?>) manager.loadInput(input(generic(Map.class, String.class, LINES), stored));

    assertThat(loaded)
        .hasSize(100)
        .allSatisfy(
            (key, lines) -> assertThat(lines).hasToString(("" + key).replace("p", "[line ") + "]"));
  }

  @Test
  @DisplayName("C46: a missing partition fails naming asset, partition and location")
  void namesAMissingPartition() {
    var a = partition("a", "1");

    assertThatThrownBy(() -> manager.loadInput(input(LINES, List.of("a", "b"), a)))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED))
        .hasMessageContainingAll("'a/b' partition 'b' was never materialized", "a/b/@b'");
    assertThatThrownBy(() -> manager.loadInput(nothing(LINES, "a/b")))
        .hasMessageContaining("'a/b' was never materialized");
  }

  @Test
  @DisplayName("C46: a missing partition may be left out with a warning")
  void leavesOutMissingPartitions() {
    var a = partition("a", "1");
    var gone = partition("b", "2");
    var c = partition("c", "3");
    store.delete(store.keyOf(gone.object().location()));
    var wanted = List.of("a", "b", "c", "d");

    var byPartition =
        input(generic(Map.class, String.class, LINES), wanted, a, gone, c).allowingMissing();
    assertThat(manager.loadInput(byPartition)).hasToString("{a=[1], c=[3]}");
    assertThat(byPartition.logged())
        .hasSize(2)
        .allMatch(line -> line.startsWith("WARNING input 'given' goes without"));
    assertThat(manager.loadInput(input(LINES, wanted, a, gone, c).allowingMissing()))
        .isEqualTo(List.of("1", "3"));
    assertThat(rows(input(STREAM, wanted, a, gone, c).allowingMissing())).containsExactly("1", "3");
  }

  @Test
  void namesAnObjectThatIsGone() {
    var gone = partition("b", "2");
    store.delete(store.keyOf(gone.object().location()));

    for (Type type : List.of(LINES, STREAM)) {
      assertThatThrownBy(() -> manager.loadInput(input(type, gone)))
          .isInstanceOfSatisfying(
              StowageException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED))
          .hasMessageContainingAll(
              "'a/b' partition 'b'", "'" + gone.object().location() + "'", "no such object");
    }
  }

  @Test
  void verifiesTheChecksumAndNamesTheObject() throws IOException {
    var changed = partition("p", "one", "two");
    overwrite(store.keyOf(changed.object().location()), "one\ntwo!\n");

    assertThatThrownBy(() -> manager.loadInput(input(LINES, changed)))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
        .hasMessageContainingAll(
            "'a/b' partition 'p'", changed.object().location().toString(), "SHA-256");
    assertThatThrownBy(() -> stream(input(STREAM, changed)))
        .hasMessageContainingAll("9 bytes", "8 were stored", "SHA-256");
    var sameSize = partition("q", "one", "two");
    overwrite(store.keyOf(sameSize.object().location()), "one\ntwx\n");
    try (var lines = stream(input(STREAM, sameSize))) {
      assertThatThrownBy(lines::toList).hasMessageContaining("SHA-256");
    }
    var trusting = new LinesIoManager(store, IoSettings.defaults().unverified());
    assertThat(trusting.loadInput(input(LINES, changed))).isEqualTo(List.of("one", "two!"));
  }

  @Test
  void namesTheObjectWhoseRowCannotBeRead() throws IOException {
    var trusting = new LinesIoManager(store, IoSettings.defaults().unverified());
    var bad = partition("p", "one");
    overwrite(store.keyOf(bad.object().location()), "one\npoison\n");

    try (var lines = (Stream<?>) Objects.requireNonNull(trusting.loadInput(input(STREAM, bad)))) {
      assertThatThrownBy(lines::toList)
          .hasMessageContainingAll("'a/b' partition 'p'", "a line is poison");
    }
    assertThatThrownBy(() -> trusting.loadInput(input(LINES, bad)))
        .hasMessageContainingAll("'a/b' partition 'p'", "a line is poison");
  }

  @Test
  void doesNotTakeTheAuthorsFailureForBadData() {
    var a = partition("a", "1");

    try (var lines = stream(input(STREAM, a))) {
      assertThatThrownBy(
              () ->
                  lines.forEach(
                      _ -> {
                        throw new IllegalStateException("mine");
                      }))
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("mine");
    }
  }

  @Test
  void closesEachObjectOfAStream() {
    var a = partition("a", "1", "2");
    var b = partition("b", "3");

    try (var lines = stream(input(STREAM, a, b))) {
      assertThat(lines.iterator().next()).isEqualTo("1");
      assertThat(manager.closed).hasValue(0);
    }
    assertThat(manager.closed).hasValue(1);

    stream(input(STREAM, a, b)).forEach(_ -> {});
    assertThat(manager.closed).as("a stream that is read to its end needs no closing").hasValue(3);
  }

  @Test
  @DisplayName(
      "C27: an external asset is an object at its option's path, or at its key's flat name")
  void loadsExternalAssets() throws IOException {
    overwrite(ObjectKey.of("given/in.txt"), "from path");
    overwrite(ObjectKey.of("raw/rows.txt"), "from key");

    assertThat(
            manager.loadInput(
                external(String.class, "raw/rows").options(Map.of("path", "given/in.txt"))))
        .isEqualTo("from path");
    assertThat(manager.loadInput(external(String.class, "raw/rows"))).isEqualTo("from key");
    var inFolder = new LinesIoManager(store, IoSettings.defaults().prefix("given"));
    assertThat(
            inFolder.loadInput(
                external(String.class, "raw/rows").options(Map.of("path", "in.txt"))))
        .isEqualTo("from path");
    assertThatThrownBy(
            () ->
                inFolder.loadInput(
                    external(String.class, "raw/rows").options(Map.of("path", "../in.txt"))))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_KEY));
    assertThatThrownBy(() -> manager.loadInput(external(String.class, "raw/none")))
        .hasMessageContainingAll("'raw/none'", "raw/none.txt");
  }

  @Test
  void writesProvenanceOnTheObject() {
    var context = partition("New York", "x");
    var info = store.info(store.keyOf(context.object().location())).orElseThrow();

    if (!info.metadata().isEmpty()) { // a file system without user attributes keeps none
      assertThat(info.metadata())
          .containsEntry("stowage-run", context.runId())
          .containsEntry("stowage-lease", context.leaseId().orElseThrow())
          .containsEntry("stowage-asset", "a/b")
          .containsEntry("stowage-partition", "New York")
          .containsEntry("stowage-step", "the/step")
          .containsEntry("stowage-attempt", "1");
      assertThat(info.key().name()).isEqualTo(info.metadata().get(WriteOptions.WRITE_ID) + ".txt");
    }
  }

  @Test
  void findsAKeyAgainByItsLocation() {
    for (String path : List.of("a", "a/b%20c/@d", "ü/ x", "a#b?c&d+e=f")) {
      assertThat(store.keyOf(store.location(ObjectKey.of(path)))).isEqualTo(ObjectKey.of(path));
    }
    assertThatThrownBy(() -> store.keyOf(java.net.URI.create("s3://elsewhere/a")))
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("'s3://elsewhere/a'");
  }
}
