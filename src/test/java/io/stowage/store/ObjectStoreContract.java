package io.stowage.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link ObjectStore} promises; about writing {@link ObjectWriterContract} says more. A
 * test may find objects of others in the store: each has its own folder.
 */
public abstract class ObjectStoreContract extends ObjectWriterContract {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 5 * MIB - 1, 5 * MIB, 5 * MIB + 1, 10 * MIB, 12 * MIB + 7})
  void readsWhatWasWritten(int size) throws Exception {
    byte[] bytes = random(size);

    var info = write(key("a"), WriteOptions.once(), bytes);

    assertThat(info.size()).isEqualTo(size);
    assertThat(info.checksum()).isEqualTo(Checksums.sha256(bytes));
    assertThat(read(key("a"))).isEqualTo(bytes);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void takesSingleBytesAndPiecesOfArrays() throws Exception {
    try (var writer = store().create(key("a"), WriteOptions.once())) {
      writer.stream().write('x');
      writer.stream().write("..yz..".getBytes(UTF_8), 2, 2);
      assertThat(writer.bytes()).isEqualTo(3);
      writer.commit();
    }

    assertThat(read(key("a"))).asString(UTF_8).isEqualTo("xyz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.avro",
        "with space & amp;+",
        "ünïcödé-日本-🚢",
        "100%25",
        "%2F",
        "@2026-08=a@b",
        "quote'\"",
        "a#b?c=d",
        "~x",
        "...",
        " lead",
        "*<>|:"
      })
  void keepsKeysOfAnyCharacters(String name) throws Exception {
    var key = key(name);

    write(key, WriteOptions.once(), name.getBytes(UTF_8));

    assertThat(read(key)).asString(UTF_8).isEqualTo(name);
    assertThat(keys(folder + "/")).containsExactly(key);
    assertThat(store().keyOf(store().location(key))).isEqualTo(key);
    assertThat(store().info(key)).get().extracting(ObjectInfo::key).isEqualTo(key);
    assertThat(store().delete(key)).isTrue();
    assertThat(store().info(key)).isEmpty();
  }

  @Test
  void refusesALocationThatIsNotItsOwn() {
    for (String location :
        List.of("s3://elsewhere/a", "file:///elsewhere/a", "memory:elsewhere/a", "a")) {
      assertThatThrownBy(() -> store().keyOf(URI.create(location)))
          .hasMessageContaining("'" + location + "' is not in this store");
    }
  }

  @Test
  void keepsEncodedComponentsApart() throws Exception {
    var texts =
        List.of(
            "a/b",
            "a%2Fb",
            "a b",
            "a+b",
            "..",
            ".",
            "@a",
            "a\nb",
            "é",
            "e\u0301",
            "x".repeat(300),
            "x".repeat(301),
            "日".repeat(400));
    for (String text : texts) {
      write(key(KeyEncoding.encode(text)), WriteOptions.once(), text.getBytes(UTF_8));
    }

    for (String text : texts) {
      assertThat(read(key(KeyEncoding.encode(text)))).asString(UTF_8).isEqualTo(text);
    }
    assertThat(keys(folder + "/")).hasSize(texts.size());
  }

  @Test
  void overwritesWhereAsked() throws Exception {
    var first = write(key("a"), WriteOptions.overwrite(), "old".getBytes(UTF_8));
    var second = write(key("a"), WriteOptions.overwrite(), "new".getBytes(UTF_8));

    assertThat(read(key("a"))).asString(UTF_8).isEqualTo("new");
    assertThat(second.etag()).isNotEqualTo(first.etag());
    assertThat(store().info(key("a"))).get().extracting(ObjectInfo::etag).isEqualTo(second.etag());
  }

  @Test
  void letsAReaderGoOnWithWhatItBegan() throws Exception {
    byte[] old = random(3 * MIB);
    write(key("a"), WriteOptions.overwrite(), old);

    try (var reader = store().open(key("a"))) {
      byte[] beginning = reader.stream().readNBytes(10);
      write(key("a"), WriteOptions.overwrite(), random(3 * MIB));

      assertThat(beginning).isEqualTo(Arrays.copyOf(old, 10));
      assertThat(reader.stream().readAllBytes()).isEqualTo(Arrays.copyOfRange(old, 10, old.length));
    }
  }

  @Test
  void tellsOneEtagEverywhere() throws Exception {
    var small = write(key("small"), WriteOptions.once(), random(10));
    var large = write(key("large"), WriteOptions.once(), random(6 * MIB));

    for (var written : List.of(small, large)) {
      assertThat(store().info(written.key()))
          .get()
          .extracting(ObjectInfo::etag)
          .isEqualTo(written.etag());
      try (var reader = store().open(written.key())) {
        assertThat(reader.info().etag()).isEqualTo(written.etag());
        assertThat(reader.info().size()).isEqualTo(written.size());
      }
    }
    assertThat(list(folder).stream().map(ObjectInfo::etag))
        .containsExactly(large.etag(), small.etag());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6 * MIB})
  void keepsMetadata(int size) throws Exception {
    var options =
        WriteOptions.once()
            .contentType("text/plain")
            .with("stowage-run", "r-1")
            .with("stowage-partition", " 100% Zürich | 日本 ");

    var written = write(key("a"), options, random(size));

    assertThat(written.metadata())
        .containsAllEntriesOf(options.metadata())
        .containsKey(WriteOptions.WRITE_ID);
    assertThat(store().info(key("a")))
        .get()
        .extracting(ObjectInfo::metadata)
        .isEqualTo(written.metadata());
    try (var reader = store().open(key("a"))) {
      assertThat(reader.info().metadata()).isEqualTo(written.metadata());
    }
  }

  @Test
  void listsInTheOrderOfKeys() throws Exception {
    var names = namesInOrder();
    for (String name : names.reversed()) {
      write(key(name), WriteOptions.once(), new byte[1]);
    }

    var ordered = names.stream().map(this::key).toList();
    assertThat(keys(folder)).isEqualTo(ordered);
    assertThat(keys(folder + "/")).isEqualTo(ordered);
    assertThat(keys(folder + "/dir"))
        .containsExactly(key("dir-x"), key("dir.x"), key("dir/b"), key("dir/c/d"), key("dir0"));
    assertThat(keys(folder + "/dir/")).containsExactly(key("dir/b"), key("dir/c/d"));
    assertThat(keys(folder + "/dir/c")).containsExactly(key("dir/c/d"));
    assertThat(keys(folder + "/nothing")).isEmpty();
    assertThat(keys("")).containsAll(ordered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "a//", "../", "a/../b", "./", "a/./", "a\u0000"})
  void refusesAPrefixThatNoKeyHas(String prefix) {
    assertThatThrownBy(() -> keys(prefix))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_KEY));
  }

  @Test
  void deletesTwiceWithoutError() throws Exception {
    write(key("a"), WriteOptions.once(), new byte[1]);

    assertThat(store().delete(key("a"))).isTrue();
    assertThat(store().delete(key("a"))).isFalse();
    assertThat(store().delete(key("never/there"))).isFalse();
    assertThat(store().info(key("a"))).isEmpty();
  }

  @Test
  void writesAgainWhatWasDeleted() throws Exception {
    write(key("a"), WriteOptions.once(), new byte[1]);
    store().delete(key("a"));

    write(key("a"), WriteOptions.once(), "new".getBytes(UTF_8));

    assertThat(read(key("a"))).asString(UTF_8).isEqualTo("new");
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    write(key("dir/a"), WriteOptions.once(), new byte[1]);

    for (var absent : List.of(key("a"), key("dir"), key("dir/a/b"))) {
      assertThatThrownBy(() -> store().open(absent))
          .isInstanceOfSatisfying(
              StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
          .hasMessageContaining("cannot read '" + absent + "'")
          .hasMessageContaining("there is no such object");
      assertThat(store().info(absent)).isEmpty();
    }
  }

  @Test
  void passesItsOwnCheck() {
    store().check();
    store().check();

    assertThat(keys("@probe")).isEmpty();
  }

  /** In the order of their UTF-8: in that of UTF-16 the last two change places. */
  protected List<String> namesInOrder() {
    return List.of("b", "dir-x", "dir.x", "dir/b", "dir/c/d", "dir0", "ﬁ", "🚢");
  }
}
