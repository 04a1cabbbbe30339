package io.stowage.store.s3;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of a store of type {@code s3}. */
@ConfigMapping
public interface S3Settings {
  /** The server, as {@code http://localhost:9000}; Amazon's own if it is not given. */
  Optional<URI> endpoint();

  /** The bucket. */
  String bucket();

  /**
   * What all keys begin with, so that several stores can share a bucket; without slashes around it.
   */
  Optional<String> prefix();

  /** The bucket's region; MinIO takes any. Always set, which saves asking for it. */
  @WithDefault("us-east-1")
  String region();

  /**
   * The name of the access key. Without it and the secret one, credentials come from the
   * environment variables of AWS ({@code AWS_ACCESS_KEY_ID} and so on), or from the role of the
   * machine or pod.
   */
  Optional<String> accessKey();

  /** The secret access key; never logged. */
  Optional<String> secretKey();

  /**
   * Whether the bucket stands in the path and not in the host name; what MinIO needs, and Amazon
   * still takes.
   */
  @WithDefault("true")
  boolean pathStyle();

  /** Whether the bucket is created at start-up if it is not there; for development. */
  @WithDefault("false")
  boolean createBucket();

  /**
   * The size in bytes of the parts in which an object larger than that is sent, 5 MiB to 2 GiB. An
   * object has at most 10,000 parts, 48 GiB by default; while it is written it takes the memory of
   * three parts.
   */
  @WithDefault("5242880")
  long partSize();

  /**
   * How long the server may be silent in the middle of an answer, or refuse to take bytes, before
   * the try counts as failed.
   */
  @WithDefault("60s")
  Duration timeout();
}
