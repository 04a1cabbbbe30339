package io.stowage.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.ErrorCode;
import io.stowage.fixture.StoreSettings;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectStore;
import io.stowage.store.ObjectStoreContract;
import io.stowage.store.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract's metadata test needs a file system with user attributes, as ext4, XFS and APFS are.
 */
class FileObjectStoreTest extends ObjectStoreContract {
  private final Path folderOfTest;
  private final Path root;
  private final FileObjectStore store;

  FileObjectStoreTest(@TempDir Path folderOfTest) throws IOException {
    this.folderOfTest = folderOfTest;
    this.root = Files.createDirectory(folderOfTest.resolve("root"));
    this.store = open(Map.of("path", root.toString()));
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected List<String> leftovers() throws IOException {
    try (var files = Files.walk(root)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".part")).toList();
    }
  }

  @Test
  void saysWhereAnObjectIs() {
    assertThat(store.location(ObjectKey.of("a b/c")))
        .isEqualTo(root.resolve("a b/c").toUri())
        .asString()
        .endsWith("/root/a%20b/c");
  }

  @Test
  void keepsTheChecksumBesideTheFile() throws Exception {
    var written = write(key("a"), WriteOptions.once(), new byte[] {1, 2});

    assertThat(store.info(key("a"))).contains(written);
  }

  /** The links stand for a file system that finds a file by its name in any case. */
  @Test
  @Tag("C49")
  void refusesToReplaceWhatAnotherKeyStoredWhereTheFileSystemTakesBothForOne() throws Exception {
    write(ObjectKey.of("shop/orders.csv"), WriteOptions.overwrite(), new byte[] {1});
    Files.createSymbolicLink(root.resolve("shop/Orders.csv"), root.resolve("shop/orders.csv"));
    Files.createSymbolicLink(root.resolve("Shop"), root.resolve("shop"));

    for (String other : List.of("shop/Orders.csv", "Shop/orders.csv")) {
      var refused =
          thrownBy(() -> write(ObjectKey.of(other), WriteOptions.overwrite(), new byte[] {2}));

      assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
      assertThat(refused)
          .hasMessageContaining("cannot write '" + other + "'")
          .hasMessageContaining("shop/orders.csv', since this file system does not tell")
          .hasMessageContaining("'versioned'");
    }
    assertThat(Files.readAllBytes(root.resolve("shop/orders.csv"))).containsExactly(1);
    assertThat(leftovers()).isEmpty();
    write(ObjectKey.of("shop/orders.csv"), WriteOptions.overwrite(), new byte[] {3});
  }

  @Test
  void saysWhatToDoAboutAMissingFolder() {
    var absent = open(Map.of("path", folderOfTest.resolve("absent").toString()));

    for (var thrown :
        List.of(
            thrownBy(() -> absent.open(ObjectKey.of("a"))),
            thrownBy(() -> absent.create(ObjectKey.of("a"), WriteOptions.once())),
            thrownBy(() -> absent.list("")),
            thrownBy(() -> check(absent)))) {
      assertThat(thrown.code()).isEqualTo(ErrorCode.STORE_MISSING);
      assertThat(thrown)
          .hasMessage(
              "folder '%s' of store 'files' is not there: create it, correct path, or set create-folder=true",
              folderOfTest.resolve("absent"));
    }
  }

  @Test
  void createsTheFolderWhereTold() {
    var path = folderOfTest.resolve("new/folder");

    open(Map.of("path", path.toString(), "create-folder", "true")).check();

    assertThat(path).isDirectory();
  }

  @Test
  void refusesAFileAsFolder() throws Exception {
    var file = Files.writeString(folderOfTest.resolve("file"), "x");

    assertThat(thrownBy(() -> check(open(Map.of("path", file.toString())))))
        .extracting("code")
        .isEqualTo(ErrorCode.STORE_MISSING);
  }

  @Test
  void followsNoLinkOutOfItsFolder() throws Exception {
    var outside = Files.createDirectory(folderOfTest.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    Files.createSymbolicLink(root.resolve("link"), outside);
    Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));

    for (String key : List.of("link/secret", "link/new", "file")) {
      for (var thrown :
          List.of(
              thrownBy(() -> store.open(ObjectKey.of(key))),
              thrownBy(() -> store.info(ObjectKey.of(key))),
              thrownBy(() -> store.delete(ObjectKey.of(key))),
              thrownBy(() -> store.create(ObjectKey.of(key), WriteOptions.overwrite())))) {
        assertThat(thrown.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(thrown).hasMessageContaining("'" + key + "' leads out of");
      }
    }
    assertThat(keys("")).isEmpty();
    assertThat(thrownBy(() -> store.list("link/")).code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(outside.resolve("secret")).hasContent("secret");
  }

  @Test
  void worksBelowALinkToItsFolder() throws Exception {
    var linked =
        open(
            Map.of(
                "path", Files.createSymbolicLink(folderOfTest.resolve("linked"), root).toString()));
    write(key("a"), WriteOptions.once(), new byte[1]);

    assertThat(linked.info(key("a"))).isPresent();
  }

  @Test
  void refusesItsReservedFolder() {
    assertThat(thrownBy(() -> store.create(ObjectKey.of("@tmp/a"), WriteOptions.once())))
        .hasMessage("'@tmp/a' is in the folder '@tmp', which is for unfinished objects")
        .extracting("code")
        .isEqualTo(ErrorCode.INVALID_KEY);
  }

  @Test
  void refusesAKeyBelowAnObject() throws Exception {
    write(key("a"), WriteOptions.once(), new byte[1]);
    write(key("dir/b"), WriteOptions.once(), new byte[1]);

    for (String name : List.of("a/b", "dir")) {
      for (var options : List.of(WriteOptions.once(), WriteOptions.overwrite())) {
        var thrown = thrownBy(() -> write(key(name), options, new byte[1]));
        assertThat(thrown.code()).isEqualTo(ErrorCode.INVALID_KEY);
        assertThat(thrown).hasMessageContaining("a file and a folder of one name would be needed");
      }
    }
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void listsNoUnfinishedObject() throws Exception {
    try (var writer = store.create(ObjectKey.of("a"), WriteOptions.once())) {
      writer.stream().write(1);

      assertThat(leftovers()).hasSize(1);
      assertThat(keys("")).isEmpty();
    }
  }

  @Test
  void cleansWhatAKilledProcessLeftADayAgo() throws Exception {
    var temporary = Files.createDirectory(root.resolve("@tmp"));
    var old = Files.createFile(temporary.resolve("old.part"));
    var young = Files.createFile(temporary.resolve("young.part"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

    store.check();

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void readsAFileThatAnotherToolPutThere() throws Exception {
    Files.writeString(root.resolve("weather.csv"), "a,b");

    assertThat(read(ObjectKey.of("weather.csv"))).asString().isEqualTo("a,b");
    assertThat(store.info(ObjectKey.of("weather.csv")))
        .get()
        .satisfies(info -> assertThat(info.checksum()).isNull());
  }

  private static FileObjectStore open(Map<String, String> settings) {
    return new FileObjectStore("files", StoreSettings.of(FileSettings.class, settings));
  }

  private static boolean check(ObjectStore store) {
    store.check();
    return true;
  }
}
