package io.stowage.store.s3;

import com.google.common.collect.Multimaps;
import io.minio.GenericUploadResponse;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectArgs;
import io.minio.messages.Part;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.Staging;
import io.stowage.store.WriteOptions;
import java.io.ByteArrayInputStream;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An object on its way to a bucket. Up to one part it waits in memory, and goes as one put whose
 * size is known. Beyond that a full part is sent by a thread of its own while the next one is
 * filled, so that writer and network do not wait for each other; a part stays in memory until it
 * was taken, and so can be sent again.
 *
 * <p>A put or completion whose answer was lost is repeated, and then finds the object there, or the
 * upload gone. Whether that was this very write its id in the object's metadata tells.
 */
final class S3Upload implements Staging {
  private static final Logger LOG = System.getLogger(S3Upload.class.getName());
  private static final int MAX_PARTS = 10_000;
  private static final int FIRST_BUFFER = 1 << 16;

  private final S3Bucket bucket;
  private final ObjectKey key;
  private final String object;
  private final WriteOptions options;
  private final Supplier<Optional<ObjectInfo>> stored;
  private final int partSize;
  private final String what;

  private final List<Part> parts = new ArrayList<>();
  private byte[] filling = new byte[0];
  private byte[] spare = new byte[0];
  private int filled;
  private long sent;
  private @Nullable CompletableFuture<String> begun;
  private @Nullable CompletableFuture<Part> underWay;
  private volatile boolean discarded;

  /**
   * @param stored asks the bucket for what has the key
   */
  S3Upload(
      S3Bucket bucket,
      ObjectKey key,
      String object,
      WriteOptions options,
      int partSize,
      Supplier<Optional<ObjectInfo>> stored) {
    this.bucket = bucket;
    this.key = key;
    this.object = object;
    this.options = options;
    this.partSize = partSize;
    this.stored = stored;
    this.what = "cannot write '%s'".formatted(key);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == partSize) {
        begun = begun == null ? async(this::begin) : begun;
        ship(begun);
      }
      int n = Math.min(left, partSize - filled);
      makeRoom(n);
      System.arraycopy(bytes, from, filling, filled, n);
      filled += n;
      from += n;
      left -= n;
    }
  }

  @Override
  public ObjectInfo publish(String sha256) {
    long size = sent + filled;
    var upload = begun;
    if (upload != null) {
      ship(upload);
      settle();
    }
    if (Thread.currentThread().isInterrupted()) {
      throw S3Bucket.interrupted(what, null);
    }
    try {
      var answer = decided(async(() -> upload == null ? put() : complete(upload.join())));
      begun = null;
      return info(answer, size).withChecksum(sha256);
    } catch (StowageException e) {
      return (isUndecided(e) ? ours(size) : Optional.<ObjectInfo>empty())
          .orElseThrow(() -> e)
          .withChecksum(sha256);
    }
  }

  @Override
  public void discard() {
    discarded = true;
    // the upload has to go, also if it is an interrupt that ends the step
    boolean interrupted = Thread.interrupted();
    try {
      abort();
    } catch (StowageException e) {
      LOG.log(
          Logger.Level.WARNING,
          "an upload was left behind; let a rule of the bucket''s life cycle abort incomplete ones: {0}",
          e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void abort() {
    var upload = begun;
    if (upload == null) {
      return;
    }
    begun = null;
    // a part that arrived after the abort would stay
    upload.exceptionally(e -> "").join();
    Optional.ofNullable(underWay).ifPresent(part -> part.handle((done, failure) -> "").join());
    if (!upload.isCompletedExceptionally()) {
      bucket.call(
          "cannot abort the upload of '%s'".formatted(key),
          () ->
              bucket
                  .client()
                  .abortMultipartUploadAsync(
                      bucket.name(), bucket.region(), object, upload.join(), null, null));
    }
  }

  private void makeRoom(int n) {
    if (filled + n > filling.length) {
      int doubled =
          Math.max(
              FIRST_BUFFER, Math.max(filled + n, (int) Math.min(partSize, 2L * filling.length)));
      filling = Arrays.copyOf(filling, doubled);
    }
  }

  /** Hands the filled part over, after the one before it has arrived. */
  private void ship(CompletableFuture<String> upload) {
    String id = awaited(upload);
    settle();
    int number = parts.size() + 1;
    if (number > MAX_PARTS) {
      throw new StowageException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "%s: it has more than %d parts of %d bytes; raise part-size"
              .formatted(what, MAX_PARTS, partSize));
    }
    byte[] bytes = filling;
    int length = filled;
    underWay = async(() -> send(id, number, bytes, length));
    filling = spare;
    spare = bytes;
    sent += length;
    filled = 0;
  }

  private void settle() {
    if (underWay != null) {
      parts.add(awaited(underWay));
      underWay = null;
    }
  }

  /**
   * An interrupt ends the waiting, but not the request: {@link #abort} waits for its end, to know
   * what there is to abort.
   */
  private <T> CompletableFuture<T> async(Supplier<T> request) {
    return CompletableFuture.supplyAsync(request, Thread::startVirtualThread);
  }

  private <T> T awaited(CompletableFuture<T> request) {
    try {
      return request.get();
    } catch (InterruptedException e) {
      throw S3Bucket.interrupted(what, e);
    } catch (ExecutionException e) {
      throw bucket.errors().translate(what, e);
    }
  }

  /**
   * Not to be interrupted: whoever asked for the commit has to learn whether the object is there.
   */
  private <T> T decided(CompletableFuture<T> request) {
    try {
      return request.join();
    } catch (CompletionException e) {
      throw bucket.errors().translate(what, e);
    }
  }

  private String begin() {
    var headers = new HashMap<>(S3Headers.metadata(options));
    headers.put("Content-Type", options.contentType());
    return bucket
        .call(
            what,
            () ->
                bucket
                    .client()
                    .createMultipartUploadAsync(
                        bucket.name(), bucket.region(), object, Multimaps.forMap(headers), null))
        .result()
        .uploadId();
  }

  private Part send(String id, int number, byte[] bytes, int length) {
    var answer =
        bucket.call(
            what,
            () -> !discarded,
            () ->
                bucket
                    .client()
                    .uploadPartAsync(
                        bucket.name(),
                        bucket.region(),
                        object,
                        new ByteArrayInputStream(bytes, 0, length),
                        length,
                        id,
                        number,
                        null,
                        null));
    return new Part(number, answer.etag());
  }

  private ObjectWriteResponse complete(String id) {
    var ordered = parts.toArray(Part[]::new);
    var condition = Multimaps.forMap(S3Headers.condition(options));
    return bucket.call(
        what,
        () ->
            bucket
                .client()
                .completeMultipartUploadAsync(
                    bucket.name(), bucket.region(), object, id, ordered, condition, null));
  }

  private ObjectWriteResponse put() {
    Map<String, String> headers = new HashMap<>(S3Headers.metadata(options));
    headers.putAll(S3Headers.condition(options));
    return bucket.call(what, () -> bucket.client().putObject(putting(headers)));
  }

  private PutObjectArgs putting(Map<String, String> headers) {
    return PutObjectArgs.builder()
        .bucket(bucket.name())
        .region(bucket.region())
        .object(object)
        .contentType(options.contentType())
        .extraHeaders(headers)
        .stream(new ByteArrayInputStream(filling, 0, filled), filled, -1)
        .build();
  }

  private ObjectInfo info(GenericUploadResponse answer, long size) {
    var headers = answer.headers();
    var modified = S3Headers.instant(headers == null ? null : headers.get("Date"));
    String version = headers == null ? null : headers.get("x-amz-version-id");
    return new ObjectInfo(
        key, size, S3Headers.etag(answer.etag()), version, modified, options.metadata(), null);
  }

  private static boolean isUndecided(StowageException e) {
    return e.code() == ErrorCode.ALREADY_EXISTS || e.code() == ErrorCode.NOT_FOUND;
  }

  private Optional<ObjectInfo> ours(long size) {
    String id = Objects.requireNonNull(options.metadata().get(WriteOptions.WRITE_ID));
    return stored
        .get()
        .filter(
            info -> id.equals(info.metadata().get(WriteOptions.WRITE_ID)) && info.size() == size);
  }
}
