package io.stowage.faults;

import static org.awaitility.Awaitility.await;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.MinioClient;
import io.stowage.process.Stowage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * An S3 server that is a process of its own, with its objects on disk: it can be killed and started
 * again. Read here without any proxy, by the plain client.
 */
final class Store implements AutoCloseable {
  static final String BUCKET = "faults";
  static final String ACCESS_KEY = "tester";
  static final String SECRET_KEY = "a-secret-of-tests";
  private static final String REGION = "us-east-1";
  private static final String JAR = "target/s3proxy/s3proxy-jar-with-dependencies.jar";

  private final int port;
  private final Path settings;
  private final MinioClient client;
  private final Map<String, Evidence.Held> known = new HashMap<>();
  private Stowage process;

  Store(Path folder, int port) {
    this.port = port;
    this.settings = write(folder, port);
    this.client =
        MinioClient.builder()
            .endpoint("http://127.0.0.1:" + port)
            .credentials(ACCESS_KEY, SECRET_KEY)
            .region(REGION)
            .build();
    this.process = launched();
    call(() -> client.makeBucket(MakeBucketArgs.builder().bucket(BUCKET).build()));
  }

  private static Path write(Path folder, int port) {
    try {
      Path objects = Files.createDirectories(folder.resolve("objects"));
      return Files.writeString(
          folder.resolve("s3proxy.properties"),
          """
          s3proxy.endpoint=http://127.0.0.1:%d
          s3proxy.authorization=aws-v2-or-v4
          s3proxy.identity=%s
          s3proxy.credential=%s
          s3proxy.ignore-unknown-headers=true
          jclouds.provider=filesystem-nio2
          jclouds.identity=unused
          jclouds.credential=unused
          jclouds.filesystem.basedir=%s
          """
              .formatted(port, ACCESS_KEY, SECRET_KEY, objects.toAbsolutePath()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  private Stowage launched() {
    var java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-DLOG_LEVEL=error",
            "-jar",
            JAR);
    var started = Stowage.start(java, Map.of(), "--properties", settings.toString());
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> client.listBuckets() != null);
    return started;
  }

  void kill() {
    process.kill();
  }

  void start() {
    process = launched();
  }

  /** All objects by location, each of them read. */
  Map<String, Evidence.Held> objects() {
    return call(
        () -> {
          var objects = new HashMap<String, Evidence.Held>();
          var every = ListObjectsArgs.builder().bucket(BUCKET).recursive(true).build();
          for (var each : client.listObjects(every)) {
            String name = each.get().objectName();
            objects.put("s3://" + BUCKET + "/" + name, held(name));
          }
          return objects;
        });
  }

  /** Nothing is overwritten here, so what was read once need not be read again. */
  private Evidence.Held held(String name) throws Exception {
    var before = known.get(name);
    if (before != null) {
      return before;
    }
    var digest = MessageDigest.getInstance("SHA-256");
    var args = GetObjectArgs.builder().bucket(BUCKET).object(name).build();
    try (var in = new DigestInputStream(client.getObject(args), digest)) {
      long bytes = in.transferTo(java.io.OutputStream.nullOutputStream());
      var held = new Evidence.Held(bytes, "sha256:" + HexFormat.of().formatHex(digest.digest()));
      known.put(name, held);
      return held;
    }
  }

  /** Uploads that were begun, and neither completed nor aborted. */
  List<String> openUploads() {
    return call(
        () -> {
          try (var each =
              MinioAsyncClient.builder()
                  .endpoint("http://127.0.0.1:" + port)
                  .credentials(ACCESS_KEY, SECRET_KEY)
                  .region(REGION)
                  .build()) {
            return each
                .listMultipartUploadsAsync(
                    BUCKET, REGION, null, null, null, 1000, null, null, null, null)
                .get()
                .result()
                .uploads()
                .stream()
                .map(upload -> upload.objectName())
                .toList();
          }
        });
  }

  private interface Call<T> {
    T make() throws Exception;
  }

  private interface Command {
    void make() throws Exception;
  }

  private static void call(Command command) {
    call(
        () -> {
          command.make();
          return true;
        });
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.make();
    } catch (Exception e) {
      throw new IllegalStateException("cannot read the store of the suite", e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
