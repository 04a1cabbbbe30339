package io.stowage.io.table;

import static io.stowage.fixture.Contexts.input;
import static io.stowage.io.table.Warehouse.ROWS;
import static io.stowage.io.table.Warehouse.STREAM;
import static io.stowage.io.table.Warehouse.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.io.table.Warehouse.Row;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
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
      await()
          .until(
              () ->
                  !warehouse
                      .query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                      .isEmpty());
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
}
