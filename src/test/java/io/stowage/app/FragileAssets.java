package io.stowage.app;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.ErrorCode;
import io.stowage.api.RetryRequested;
import io.stowage.api.StowageException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Assets that fail, each in its own way, and some that only end when they are told to. */
@AssetGroup(value = "fragile", queue = "fragile")
class FragileAssets {
  /** Lets go of {@link #stubborn}. */
  static volatile CountDownLatch told = new CountDownLatch(1);

  /** How often {@link #rare} was computed. */
  static final AtomicInteger asked = new AtomicInteger();

  record Row(long number) {}

  @Asset
  List<Long> busy() {
    throw new RetryRequested("the service is busy", Duration.ofHours(2));
  }

  @Asset
  List<Long> away() {
    throw new StowageException(ErrorCode.UNAVAILABLE, "the service is away");
  }

  @Asset
  List<Long> broken() {
    throw new IllegalStateException("the code is wrong");
  }

  @Asset
  Optional<Long> rare() {
    asked.incrementAndGet();
    return Optional.empty();
  }

  @Asset
  List<Long> garbled() {
    throw new IllegalStateException("the file begins with '\0\0\0x'");
  }

  @Asset
  List<Long> patient(AssetContext context) throws InterruptedException {
    while (true) {
      context.cancellation().throwIfRequested();
      Thread.sleep(10);
    }
  }

  /** Rows without an end, which are uploaded while they are made. */
  @Asset
  Stream<Row> endless() {
    return LongStream.iterate(0, n -> n + 1).mapToObj(Row::new);
  }

  @Asset
  List<Long> stubborn() throws InterruptedException {
    told.await();
    return List.of(1L);
  }
}
