package io.stowage.store.s3;

import io.minio.MinioAsyncClient;
import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
import io.stowage.api.StowageException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One bucket, and how calls to it are made: the calling thread, a virtual one, waits for the
 * answer. A call that fails for the moment is made {@value #TRIES} times; it is the only layer here
 * that tries again.
 *
 * @param client the asynchronous one, since the calls for parts are public there only
 */
record S3Bucket(MinioAsyncClient client, String name, String region, S3Errors errors) {
  private static final int TRIES = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  /** A request of the MinIO client; made anew for each try. */
  interface Call<T> {
    CompletableFuture<T> start() throws Exception;
  }

  /**
   * @param what the beginning of the message if it fails: {@code cannot read 'a/b'}
   */
  <T> T call(String what, Call<T> call) {
    return call(what, () -> true, call);
  }

  /** The same, as long as it is worth trying again. */
  <T> T call(String what, BooleanSupplier wanted, Call<T> call) {
    for (int i = 1; ; i++) {
      try {
        return once(what, call);
      } catch (StowageException e) {
        if (e.kind() != ErrorKind.TRANSIENT || i == TRIES || !wanted.getAsBoolean()) {
          throw e;
        }
        pause(what, FIRST_PAUSE.toMillis() << (2 * (i - 1)));
      }
    }
  }

  <T> T once(String what, Call<T> call) {
    try {
      return call.start().get();
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    } catch (ExecutionException e) {
      throw errors.translate(what, e.getCause() == null ? e : e.getCause());
    } catch (Exception e) {
      throw errors.translate(what, e);
    }
  }

  /**
   * Half of the time at least, all of it at most, so that many writers do not come back together.
   */
  private static void pause(String what, long millis) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    } catch (InterruptedException e) {
      throw interrupted(what, e);
    }
  }

  static StowageException interrupted(String what, @Nullable InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StowageException(ErrorCode.CANCELED, what + ": the thread was interrupted", e);
  }
}
