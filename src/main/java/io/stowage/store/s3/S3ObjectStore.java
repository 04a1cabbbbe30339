package io.stowage.store.s3;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.messages.Item;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectReader;
import io.stowage.store.ObjectStore;
import io.stowage.store.ObjectWriter;
import io.stowage.store.PendingUpload;
import io.stowage.store.StagedWriter;
import io.stowage.store.StoreProbe;
import io.stowage.store.StreamReader;
import io.stowage.store.WriteOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.OkHttpClient;

/**
 * Objects in a bucket. Writing once rests on {@code If-None-Match: *}, which {@link #check} tries.
 * {@code delete} asks first whether the object is there, since S3 does not tell.
 */
public final class S3ObjectStore implements ObjectStore {
  private static final long MIN_PART = 5L << 20;

  /** What a Java array holds. */
  private static final long MAX_PART = Integer.MAX_VALUE - 8L;

  private final OkHttpClient http;
  private final S3Bucket bucket;
  private final String prefix;
  private final int partSize;
  private final boolean createBucket;

  /**
   * Connects to nothing: whether the bucket is there shows at {@link #check}, or at the first use.
   *
   * @param name of the store, for messages
   */
  public static S3ObjectStore open(String name, S3Settings settings) {
    return new S3ObjectStore(name, settings, S3Client.http(settings));
  }

  S3ObjectStore(String name, S3Settings settings, OkHttpClient http) {
    String endpoint = settings.endpoint().map(URI::toString).orElse("Amazon S3");
    this.http = http;
    this.prefix = prefix(settings);
    this.partSize = partSize(name, settings);
    this.createBucket = settings.createBucket();
    var errors = new S3Errors(name, endpoint, settings.bucket(), settings.region());
    this.bucket =
        new S3Bucket(
            S3Client.of(name, settings, http), settings.bucket(), settings.region(), errors);
  }

  @Override
  public ObjectWriter create(ObjectKey key, WriteOptions options) {
    return new StagedWriter(
        key,
        new S3Upload(bucket, key, object(key), options.identified(), partSize, () -> info(key)));
  }

  @Override
  public ObjectReader open(ObjectKey key) {
    String what = "cannot read '%s'".formatted(key);
    var args =
        GetObjectArgs.builder()
            .bucket(bucket.name())
            .region(bucket.region())
            .object(object(key))
            .build();
    var answer = bucket.call(what, () -> bucket.client().getObject(args));
    return new StreamReader(
        S3Headers.info(key, answer.headers()), answer, e -> bucket.errors().translate(what, e));
  }

  @Override
  public Optional<ObjectInfo> info(ObjectKey key) {
    var args =
        StatObjectArgs.builder()
            .bucket(bucket.name())
            .region(bucket.region())
            .object(object(key))
            .build();
    try {
      var answer =
          bucket.call("cannot read '%s'".formatted(key), () -> bucket.client().statObject(args));
      return Optional.of(S3Headers.info(key, answer.headers()));
    } catch (StowageException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public Stream<ObjectInfo> list(String keysBegin) {
    var args =
        ListObjectsArgs.builder()
            .bucket(bucket.name())
            .region(bucket.region())
            .prefix(prefix + ObjectKey.prefix(keysBegin))
            .recursive(true)
            .build();
    Iterable<Result<Item>> results = bucket.client().listObjects(args);
    return StreamSupport.stream(results.spliterator(), false)
        .map(result -> item("cannot list objects", result))
        .flatMap(this::info);
  }

  @Override
  public boolean delete(ObjectKey key) {
    if (info(key).isEmpty()) {
      return false;
    }
    var args =
        RemoveObjectArgs.builder()
            .bucket(bucket.name())
            .region(bucket.region())
            .object(object(key))
            .build();
    bucket.call("cannot delete '%s'".formatted(key), () -> bucket.client().removeObject(args));
    return true;
  }

  @Override
  public List<PendingUpload> uploads(String keysBegin) {
    return new S3Uploads(bucket, prefix).list(ObjectKey.prefix(keysBegin));
  }

  @Override
  public void abort(PendingUpload upload) {
    new S3Uploads(bucket, prefix).abort(upload);
  }

  @Override
  public URI location(ObjectKey key) {
    try {
      return new URI("s3", bucket.name(), "/" + object(key), null, null);
    } catch (URISyntaxException e) {
      throw new StowageException(
          ErrorCode.INVALID_KEY, "'%s' cannot be written as a location".formatted(key), e);
    }
  }

  @Override
  public void check() {
    try {
      lookInto();
    } catch (StowageException e) {
      if (e.code() != ErrorCode.STORE_MISSING || !createBucket) {
        throw e;
      }
      makeBucket();
    }
    StoreProbe.run(this);
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  /**
   * A listing and not a head: its answer has a body, which tells wrong credentials from a missing
   * bucket.
   */
  private void lookInto() {
    var args =
        ListObjectsArgs.builder()
            .bucket(bucket.name())
            .region(bucket.region())
            .prefix(prefix)
            .maxKeys(1)
            .build();
    for (var first : bucket.client().listObjects(args)) {
      item("cannot use the store", first);
      return;
    }
  }

  private void makeBucket() {
    var args = MakeBucketArgs.builder().bucket(bucket.name()).region(bucket.region()).build();
    try {
      bucket.call("cannot create the bucket", () -> bucket.client().makeBucket(args));
    } catch (StowageException e) {
      refuseUnlessThere(e);
    }
  }

  /** Another worker may have been quicker to create it. */
  private void refuseUnlessThere(StowageException notCreated) {
    try {
      lookInto();
    } catch (StowageException e) {
      notCreated.addSuppressed(e);
      throw notCreated;
    }
  }

  private Item item(String what, Result<Item> result) {
    try {
      return result.get();
    } catch (Exception e) {
      throw bucket.errors().translate(what, e);
    }
  }

  private Stream<ObjectInfo> info(Item item) {
    try {
      var key = ObjectKey.of(item.objectName().substring(prefix.length()));
      return Stream.of(
          new ObjectInfo(
              key,
              item.size(),
              S3Headers.etag(item.etag()),
              null,
              item.lastModified().toInstant(),
              Map.of(),
              null));
    } catch (StowageException _) {
      return Stream.empty(); // no key of ours: other tools make objects whose names end in a slash
    }
  }

  private String object(ObjectKey key) {
    return prefix.isEmpty() ? key.path() : ObjectKey.of(prefix + key.path()).path();
  }

  private static String prefix(S3Settings settings) {
    String trimmed = settings.prefix().orElse("").replaceAll("^/+|/+$", "");
    return trimmed.isEmpty() ? "" : ObjectKey.of(trimmed).path() + "/";
  }

  private static int partSize(String name, S3Settings settings) {
    long size = settings.partSize();
    if (size < MIN_PART || size > MAX_PART) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "part-size of store '%s' is '%d', and must be between %d and %d bytes"
              .formatted(name, size, MIN_PART, MAX_PART));
    }
    return (int) size;
  }
}
