package io.stowage.bench;

import io.minio.MinioClient;
import io.stowage.store.s3.S3ObjectStore;
import io.stowage.store.s3.S3Settings;
import io.stowage.testing.Settings;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The server that {@code STOWAGE_TEST_S3_ENDPOINT}, {@code …_ACCESS_KEY} and {@code …_SECRET_KEY}
 * name, a real MinIO for instance; else an S3Proxy in memory, as a process of its own on loopback.
 */
final class S3Server implements AutoCloseable {
  private static final Path JAR = Path.of("target", "s3proxy", "s3proxy-jar-with-dependencies.jar");
  static final String BUCKET = "bench-" + UUID.randomUUID();

  private final String endpoint;
  private final String accessKey;
  private final String secretKey;
  private final @Nullable Process process;

  private S3Server(String endpoint, String accessKey, String secretKey, @Nullable Process process) {
    this.endpoint = endpoint;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.process = process;
  }

  static S3Server start() throws IOException {
    var environment = System.getenv();
    String given = environment.get("STOWAGE_TEST_S3_ENDPOINT");
    if (given != null) {
      return new S3Server(
          given,
          environment.getOrDefault("STOWAGE_TEST_S3_ACCESS_KEY", ""),
          environment.getOrDefault("STOWAGE_TEST_S3_SECRET_KEY", ""),
          null);
    }
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path properties = Files.createTempFile("s3proxy", ".properties");
    Files.writeString(
        properties,
        """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=aws-v4
        s3proxy.identity=bench
        s3proxy.credential=a-secret-of-benches
        s3proxy.ignore-unknown-headers=true
        jclouds.provider=transient-nio2
        """
            .formatted(port));
    String home =
        Optional.ofNullable(System.getProperty("java.home"))
            .orElseGet(() -> environment.getOrDefault("JAVA_HOME", ""));
    String java = home.isEmpty() ? "java" : Path.of(home, "bin", "java").toString();
    Process started =
        new ProcessBuilder(
                List.of(java, "-jar", JAR.toString(), "--properties", properties.toString()))
            .redirectErrorStream(true)
            .start();
    awaitStart(started);
    return new S3Server("http://127.0.0.1:" + port, "bench", "a-secret-of-benches", started);
  }

  private static void awaitStart(Process started) throws IOException {
    var output = started.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.contains(" Started ") && line.contains(".Server@")) {
        Thread.startVirtualThread(() -> discard(output));
        return;
      }
    }
    throw new IOException("the S3 server did not start: is '" + JAR + "' there?");
  }

  private static void discard(Reader output) {
    try (output) {
      output.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // It was ended.
    }
  }

  S3ObjectStore store() {
    var settings =
        Settings.of(
            S3Settings.class,
            Map.of(
                "endpoint", endpoint,
                "bucket", BUCKET,
                "access-key", accessKey,
                "secret-key", secretKey,
                "create-bucket", "true"));
    var store = S3ObjectStore.open("lake", settings);
    store.check();
    return store;
  }

  MinioClient raw() {
    return MinioClient.builder()
        .endpoint(endpoint)
        .credentials(accessKey, secretKey)
        .region("us-east-1")
        .build();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
    }
  }
}
