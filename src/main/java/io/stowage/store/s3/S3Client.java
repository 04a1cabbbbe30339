package io.stowage.store.s3;

import io.minio.MinioAsyncClient;
import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.ChainedProvider;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Builds the MinIO client and the HTTP client below it from settings. */
final class S3Client {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Of one store at a time: a step of a run takes at most two. The HTTP client's own limit of 5
   * would hold back workers.
   */
  private static final int MAX_REQUESTS = 256;

  private static final int IDLE_CONNECTIONS = 16;

  private S3Client() {}

  /**
   * Its threads are the platform's: a small object takes a tenth longer where a virtual thread
   * hands it to another.
   */
  static OkHttpClient http(S3Settings settings) {
    var dispatcher =
        new Dispatcher(
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("s3-", 0).factory()));
    dispatcher.setMaxRequests(MAX_REQUESTS);
    dispatcher.setMaxRequestsPerHost(MAX_REQUESTS);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 1, TimeUnit.MINUTES))
        .protocols(List.of(Protocol.HTTP_1_1))
        .connectTimeout(CONNECT_TIMEOUT)
        .readTimeout(settings.timeout())
        .writeTimeout(settings.timeout())
        .build();
  }

  static MinioAsyncClient of(String name, S3Settings settings, OkHttpClient http) {
    try {
      var client =
          MinioAsyncClient.builder()
              .endpoint(
                  settings.endpoint().map(Object::toString).orElse("https://s3.amazonaws.com"))
              .region(settings.region())
              .credentialsProvider(credentials(name, settings, http))
              .httpClient(http)
              .build();
      if (settings.pathStyle()) {
        client.disableVirtualStyleEndpoint();
      } else {
        client.enableVirtualStyleEndpoint();
      }
      return client;
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "endpoint or region of store '%s' is wrong: %s".formatted(name, e.getMessage()),
          e);
    }
  }

  private static Provider credentials(String name, S3Settings settings, OkHttpClient http) {
    if (settings.accessKey().isPresent() != settings.secretKey().isPresent()) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "store '%s' has only one of access-key and secret-key; give both, or none to use the environment's"
              .formatted(name));
    }
    return settings.accessKey().isPresent()
        ? new StaticProvider(settings.accessKey().get(), settings.secretKey().orElseThrow(), null)
        : new ChainedProvider(new AwsEnvironmentProvider(), new IamAwsProvider(null, http));
  }
}
