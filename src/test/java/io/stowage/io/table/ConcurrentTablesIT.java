package io.stowage.io.table;

import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static io.stowage.io.table.Warehouse.ROWS;
import static io.stowage.io.table.Warehouse.STREAM;
import static io.stowage.io.table.Warehouse.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.fixture.Contexts;
import io.stowage.io.table.Warehouse.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several writers and readers of one table. */
class ConcurrentTablesIT extends TablesUnderTest {
  @Test
  @Tag("C59")
  void aNeighbourStoresWhileAWriterOfTheSameSliceWaits() throws Exception {
    var before = store("a", rows(0, 1));
    store("b", rows(0, 1));
    var begun = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = executor.submit(() -> store("a", held(begun, mayEnd)));
      begun.await();
      var second = executor.submit(() -> store("a", rows(20, 22)));
      store("b", rows(30, 31));
      assertThat(this.<List<Row>>load(input(ROWS, before))).isEqualTo(rows(0, 1));
      awaitAWaitingLock();
      assertThat(second.isDone()).isFalse();
      mayEnd.countDown();
      first.get(30, TimeUnit.SECONDS);
      second.get(30, TimeUnit.SECONDS);
    }
    assertThat(this.<List<Row>>load(input(ROWS, before))).isEqualTo(rows(20, 22));
  }

  @Test
  @Tag("C60")
  void aStreamSeesTheRowsOfTheMomentItWasOpened() {
    var stored = store(rows(0, 100));
    try (Stream<Row> rows = load(input(STREAM, stored))) {
      var iterator = rows.iterator();
      iterator.next();
      store(rows(500, 501));
      int left = 0;
      for (; iterator.hasNext(); iterator.next()) {
        left++;
      }
      assertThat(left).isEqualTo(99);
    }
  }

  private static Stream<Row> held(CountDownLatch begun, CountDownLatch mayEnd) {
    return rows(10, 13).stream()
        .peek(
            row -> {
              begun.countDown();
              try {
                mayEnd.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @Test
  @Tag("C59")
  void firstWritersOfOneTableMakeItOnce() throws Exception {
    int writers = 8;
    var ready = new CountDownLatch(writers);
    var ended = new ArrayList<Future<?>>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < writers; i++) {
        int number = i;
        ended.add(
            executor.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return store("p" + number, rows(number, number + 1));
                }));
      }
      for (Future<?> each : ended) {
        each.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(warehouse.query("SELECT count(*) FROM shop.orders")).containsExactly("8");
  }

  @Test
  @Tag("C59")
  void oneOfManyWritersOfASliceLeavesItsRowsAlone() throws Exception {
    store("a", rows(0, 1));
    var ended = new ArrayList<Future<?>>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 1; i <= 8; i++) {
        int number = i;
        ended.add(executor.submit(() -> store("a", rows(100L * number, 100L * number + number))));
      }
      for (Future<?> each : ended) {
        each.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(
            warehouse.query(
                "SELECT count(*) = min(id) / 100 AND count(DISTINCT id / 100) = 1 FROM shop.orders"))
        .containsExactly("t");
  }

  @Test
  @Tag("C59")
  void aWriterTakesNoLockThatReadersOrNeighboursWaitFor() throws Exception {
    store("a", rows(0, 1));
    var begun = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var writer = executor.submit(() -> store("a", held(begun, mayEnd)));
      begun.await();
      List<String> modes =
          warehouse.query(
              "SELECT DISTINCT mode FROM pg_locks WHERE relation = 'shop.orders'::regclass");
      mayEnd.countDown();
      writer.get(30, TimeUnit.SECONDS);
      assertThat(modes).isNotEmpty().isSubsetOf("AccessShareLock", "RowExclusiveLock");
    }
  }

  @Test
  @Tag("C59")
  void aWriterOfTheWholeTableWaitsForThoseOfItsSlices() throws Exception {
    var whole = store(rows(0, 1));
    var begun = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = executor.submit(() -> store(held(begun, mayEnd)));
      begun.await();
      var waiting = output("shop/orders", ROWS);
      var second = executor.submit(() -> store(waiting, rows(20, 22)));
      awaitAWaitingLock();
      waiting.cancel();
      var thrown = catchThrowable(() -> second.get(30, TimeUnit.SECONDS));
      mayEnd.countDown();
      first.get(30, TimeUnit.SECONDS);
      assertThat(thrown)
          .cause()
          .isInstanceOfSatisfying(
              StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELED));
    }
    assertThat(this.<List<Row>>load(input(ROWS, whole))).isEqualTo(rows(10, 13));
  }

  private void awaitAWaitingLock() {
    await()
        .until(
            () ->
                !warehouse
                    .query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                    .isEmpty());
  }

  @Test
  @Tag("C60")
  void aStatementThatTakesLongIsCanceledWithItsRun() throws Exception {
    warehouse.execute("CREATE SCHEMA shop");
    warehouse.execute(
        "CREATE VIEW shop.slow AS SELECT 1::bigint AS id, 'x' AS name FROM pg_sleep(600)");
    var context = Contexts.external(ROWS, "shop/slow");
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var reader = executor.submit(() -> load(context));
      await()
          .until(
              () ->
                  !warehouse
                      .query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                      .isEmpty());
      context.cancel();
      assertThatThrownBy(() -> reader.get(60, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELED));
    }
    assertThat(warehouse.query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"))
        .isEmpty();
  }
}
