package io.stowage.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ObjectWriter} promises, and the {@link ObjectStore} behind it. */
public abstract class ObjectWriterContract {
  protected static final int MIB = 1 << 20;

  protected final String folder = "t-" + UUID.randomUUID();

  protected abstract ObjectStore store();

  /** What is left of writes that did not commit: files, or uploads. */
  protected abstract List<String> leftovers() throws Exception;

  @Test
  void showsNothingBeforeTheCommit() throws Exception {
    try (var writer = store().create(key("a"), WriteOptions.once())) {
      writer.stream().write(random(11 * MIB));

      assertThat(store().info(key("a"))).isEmpty();
      assertThat(keys(folder)).isEmpty();
    }
  }

  @Test
  void leavesNothingOfAnAbortedWrite() throws Exception {
    write(key("a"), WriteOptions.once(), "old".getBytes(UTF_8));
    try (var writer = store().create(key("a"), WriteOptions.overwrite())) {
      writer.stream().write(random(11 * MIB));
    }
    try (var writer = store().create(key("b"), WriteOptions.once())) {
      writer.stream().write(1);
    }

    assertThat(read(key("a"))).asString(UTF_8).isEqualTo("old");
    assertThat(keys(folder)).containsExactly(key("a"));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void leavesNothingWhereTheWriterThrowsHalfWay() throws Exception {
    assertThatThrownBy(this::writeAndThrow).hasMessage("the author's mistake");

    assertThat(store().info(key("a"))).isEmpty();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void leavesNothingWhereTheThreadIsInterrupted() throws Exception {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(this::writeAndThrow).isInstanceOf(RuntimeException.class);
    } finally {
      Thread.interrupted();
    }

    assertThat(store().info(key("a"))).isEmpty();
    assertThat(leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6 * MIB})
  void decidesTheCommitOfAnInterruptedThread(int size) throws Exception {
    ObjectInfo committed = null;
    try (var writer = store().create(key("a"), WriteOptions.once())) {
      writer.stream().write(random(size));
      Thread.currentThread().interrupt();
      committed = writer.commit();
    } catch (StowageException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.CANCELED);
    } finally {
      Thread.interrupted();
    }

    assertThat(store().info(key("a")).isPresent()).isEqualTo(committed != null);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void closingTheStreamIsNoCommit() throws Exception {
    try (var writer = store().create(key("a"), WriteOptions.once())) {
      try (var stream = writer.stream()) {
        stream.write(1);
      }
      assertThatThrownBy(() -> writer.stream().write(2))
          .isInstanceOf(StowageException.class)
          .hasMessageContaining("its stream was closed");
      assertThat(store().info(key("a"))).isEmpty();

      writer.commit();
    }

    assertThat(read(key("a"))).containsExactly(1);
  }

  @Test
  void answersARepeatedCommitAlike() throws Exception {
    try (var writer = store().create(key("a"), WriteOptions.once())) {
      writer.stream().write(1);
      assertThat(writer.commit()).isEqualTo(writer.commit());
      assertThatThrownBy(() -> writer.stream().write(2)).isInstanceOf(StowageException.class);
      writer.close();
      writer.close();
    }
    assertThat(read(key("a"))).containsExactly(1);
  }

  @Test
  void refusesACommitAfterTheAbort() {
    var writer = store().create(key("a"), WriteOptions.once());
    writer.close();

    assertThatThrownBy(writer::commit).isInstanceOf(StowageException.class);
    assertThat(store().info(key("a"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6 * MIB})
  void refusesToWriteWhatExists(int size) throws Exception {
    write(key("a"), WriteOptions.once(), "old".getBytes(UTF_8));

    assertThatThrownBy(() -> write(key("a"), WriteOptions.once(), random(size)))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS))
        .hasMessageContaining("'" + key("a") + "'")
        .hasMessageContaining("there is such an object already");

    assertThat(read(key("a"))).asString(UTF_8).isEqualTo("old");
    assertThat(leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6 * MIB})
  void letsOneOfManyWritersWin(int size) throws Exception {
    var start = new CountDownLatch(1);
    var attempts = new ArrayList<Future<ObjectInfo>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        byte[] bytes = random(size + i);
        attempts.add(threads.submit(() -> writeAfter(start, bytes)));
      }
      start.countDown();
    }

    var won =
        attempts.stream()
            .filter(a -> a.state() == Future.State.SUCCESS)
            .map(Future::resultNow)
            .toList();
    assertThat(won).hasSize(1);
    assertThat(
            attempts.stream()
                .filter(a -> a.state() == Future.State.FAILED)
                .map(Future::exceptionNow))
        .hasSize(7)
        .allSatisfy(
            e -> assertThat(((StowageException) e).code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
    assertThat(Checksums.sha256(read(key("a")))).isEqualTo(won.getFirst().checksum());
    assertThat(leftovers()).isEmpty();
  }

  protected final ObjectKey key(String name) {
    return ObjectKey.of(folder + "/" + name);
  }

  protected final ObjectInfo write(ObjectKey key, WriteOptions options, byte[] bytes)
      throws IOException {
    try (var writer = store().create(key, options)) {
      writer.stream().write(bytes);
      return writer.commit();
    }
  }

  protected final byte[] read(ObjectKey key) throws IOException {
    try (var reader = store().open(key)) {
      return reader.stream().readAllBytes();
    }
  }

  protected final List<ObjectKey> keys(String prefix) {
    return list(prefix).stream().map(ObjectInfo::key).toList();
  }

  protected final List<ObjectInfo> list(String prefix) {
    try (var listed = store().list(prefix)) {
      return listed.toList();
    }
  }

  protected static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  protected static StowageException thrownBy(Callable<?> call) {
    try {
      call.call();
    } catch (StowageException e) {
      return e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("nothing was thrown");
  }

  private void writeAndThrow() throws IOException {
    try (var writer = store().create(key("a"), WriteOptions.once())) {
      writer.stream().write(random(12 * MIB));
      throw new IllegalStateException("the author's mistake");
    }
  }

  private ObjectInfo writeAfter(CountDownLatch start, byte[] bytes)
      throws InterruptedException, IOException {
    start.await();
    return write(key("a"), WriteOptions.once(), bytes);
  }
}
