package io.stowage.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minio.MinioAsyncClient;
import io.stowage.api.ErrorCode;
import io.stowage.fixture.S3Endpoint;
import io.stowage.fixture.StoreSettings;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectStore;
import io.stowage.store.ObjectStoreContract;
import io.stowage.store.PendingUpload;
import io.stowage.store.WriteOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * S3Proxy honours {@code If-None-Match: *} on a put and on the completion of an upload, as MinIO
 * and Amazon do.
 */
class S3ObjectStoreIT extends ObjectStoreContract {
  private static final String BUCKET = "stowage-" + UUID.randomUUID();
  private static S3Endpoint endpoint = S3Endpoint.start();
  private static S3ObjectStore store =
      open(Map.of("prefix", "/shared/lake/", "create-bucket", "true"));

  @BeforeAll
  static void createBucket() {
    store.check();
  }

  @AfterAll
  static void stop() {
    try (var all = open(Map.of());
        var listed = all.list("")) {
      listed.map(ObjectInfo::key).forEach(all::delete);
    }
    store.close();
    endpoint.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected List<String> leftovers() throws Exception {
    try (MinioAsyncClient client =
        S3Client.of("lake", settings(Map.of()), S3Client.http(settings(Map.of())))) {
      var uploads =
          client
              .listMultipartUploadsAsync(
                  BUCKET, "us-east-1", null, null, null, 1000, null, null, null, null)
              .get();
      return uploads.result().uploads().stream().map(upload -> upload.objectName()).toList();
    }
  }

  /**
   * S3Proxy compares Java's strings, and so puts ships before ligatures; MinIO and Amazon compare
   * bytes.
   */
  @Override
  protected List<String> namesInOrder() {
    return super.namesInOrder().subList(0, 7);
  }

  @Test
  void saysWhereAnObjectIs() {
    assertThat(store.location(ObjectKey.of("a b/c%")))
        .hasToString("s3://" + BUCKET + "/shared/lake/a%20b/c%25");
  }

  @Test
  void putsItsPrefixBeforeAllKeys() throws Exception {
    write(key("a"), WriteOptions.once(), new byte[1]);

    try (var all = open(Map.of())) {
      assertThat(all.info(ObjectKey.of("shared/lake/" + key("a")))).isPresent();
      assertThat(all.info(key("a"))).isEmpty();
    }
  }

  @Test
  void saysWhatToDoAboutAMissingBucket() {
    try (var absent = open(Map.of("bucket", "absent-" + UUID.randomUUID()))) {
      for (var thrown :
          List.of(
              thrownBy(() -> check(absent)),
              thrownBy(() -> absent.open(ObjectKey.of("a"))),
              thrownBy(() -> write(absent, new byte[6 << 20])),
              thrownBy(() -> write(absent, new byte[1])))) {
        assertThat(thrown.code()).isEqualTo(ErrorCode.STORE_MISSING);
        assertThat(thrown)
            .hasMessageContaining(
                "there is no such bucket; create it, correct bucket, or set create-bucket=true")
            .hasMessageContaining("store 'lake', bucket 'absent-");
      }
    }
  }

  @Test
  void saysThatCredentialsAreWrong() {
    try (var unknown = open(Map.of("access-key", "nobody"));
        var wrong = open(Map.of("secret-key", "not-the-secret"))) {
      for (var thrown : List.of(thrownBy(() -> check(unknown)), thrownBy(() -> check(wrong)))) {
        assertThat(thrown.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(thrown)
            .hasMessageContaining("wrong credentials; check access-key and secret-key")
            .message()
            .doesNotContain("not-the-secret");
      }
    }
  }

  @Test
  void isUnavailableWhereNobodyListens() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (var nobody = open(Map.of("endpoint", "http://127.0.0.1:" + port))) {
      var thrown = thrownBy(() -> check(nobody));

      assertThat(thrown.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(thrown)
          .hasMessageContaining("http://127.0.0.1:" + port)
          .hasMessageContaining("the server cannot be reached or fell silent");
    }
  }

  @Test
  void isUnavailableWhereTheServerIsSilent() throws Exception {
    try (var socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        var silent =
            open(
                Map.of(
                    "endpoint", "http://127.0.0.1:" + socket.getLocalPort(), "timeout", "200ms"))) {
      assertThat(thrownBy(() -> silent.info(ObjectKey.of("a"))).code())
          .isEqualTo(ErrorCode.UNAVAILABLE);
    }
  }

  @Test
  void refusesSettingsThatCannotBe() {
    assertThat(thrownBy(() -> open(Map.of("part-size", "1000"))))
        .hasMessage(
            "part-size of store 'lake' is '1000', and must be between 5242880 and 2147483639 bytes");
    var half = new HashMap<>(endpoint.settings(BUCKET));
    half.remove("secret-key");
    assertThat(thrownBy(() -> S3ObjectStore.open("lake", StoreSettings.of(S3Settings.class, half))))
        .hasMessageContaining("only one of access-key and secret-key");
    assertThat(thrownBy(() -> open(Map.of("endpoint", "ftp:nowhere"))).code())
        .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
  }

  @Test
  void takesAPutForItsOwnWhoseAnswerWasLost() throws Exception {
    var lossy = new LosesOneAnswer(request -> request.method().equals("PUT"));
    try (var flaky =
        new S3ObjectStore(
            "lake",
            settings(Map.of()),
            S3Client.http(settings(Map.of())).newBuilder().addInterceptor(lossy).build())) {
      var written = write(flaky, "mine".getBytes(UTF_8));

      assertThat(lossy.requests).hasValue(2);
      assertThat(flaky.info(key("a"))).get().extracting(ObjectInfo::etag).isEqualTo(written.etag());
      assertThat(thrownBy(() -> write(flaky, "other".getBytes(UTF_8))).code())
          .isEqualTo(ErrorCode.ALREADY_EXISTS);
    }
  }

  @Test
  void takesACompletionForItsOwnWhoseAnswerWasLost() throws Exception {
    var lossy =
        new LosesOneAnswer(
            request ->
                request.method().equals("POST")
                    && request.url().queryParameter("uploadId") != null);
    try (var flaky =
        new S3ObjectStore(
            "lake",
            settings(Map.of()),
            S3Client.http(settings(Map.of())).newBuilder().addInterceptor(lossy).build())) {
      var written = write(flaky, random(6 << 20));

      assertThat(lossy.requests).hasValue(2);
      assertThat(flaky.info(key("a"))).get().extracting(ObjectInfo::etag).isEqualTo(written.etag());
      assertThat(leftovers()).isEmpty();
    }
  }

  @Test
  @Tag("C51")
  void tellsOfUploadsThatNobodyFinishedAndGivesThemUp() throws Exception {
    ObjectKey left = key("left");
    try (var writer = store.create(left, WriteOptions.once())) {
      writer.stream().write(random(11 << 20));

      var uploads = store.uploads(left.path());
      assertThat(uploads).extracting(PendingUpload::key).containsExactly(left);
      assertThat(uploads.getFirst().started())
          .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(600));
      assertThat(store.uploads(left.path() + "/elsewhere")).isEmpty();

      store.abort(uploads.getFirst());
      assertThat(leftovers()).isEmpty();
      store.abort(uploads.getFirst());
    }
    assertThat(store.info(left)).isEmpty();
  }

  @Test
  void sendsAPartAgain() throws Exception {
    var lossy =
        new LosesOneAnswer(request -> "2".equals(request.url().queryParameter("partNumber")));
    byte[] bytes = random(12 << 20);
    try (var flaky =
        new S3ObjectStore(
            "lake",
            settings(Map.of()),
            S3Client.http(settings(Map.of())).newBuilder().addInterceptor(lossy).build())) {
      write(flaky, bytes);

      assertThat(lossy.requests).hasValue(2);
      try (var reader = flaky.open(key("a"))) {
        assertThat(reader.stream().readAllBytes()).isEqualTo(bytes);
      }
    }
  }

  private ObjectInfo write(ObjectStore to, byte[] bytes) throws IOException {
    try (var writer = to.create(key("a"), WriteOptions.once())) {
      writer.stream().write(bytes);
      return writer.commit();
    }
  }

  private static boolean check(ObjectStore store) {
    store.check();
    return true;
  }

  private static S3ObjectStore open(Map<String, String> settings) {
    return S3ObjectStore.open("lake", settings(settings));
  }

  private static S3Settings settings(Map<String, String> more) {
    var all = new HashMap<>(endpoint.settings(BUCKET));
    all.putAll(more);
    return StoreSettings.of(S3Settings.class, all);
  }

  /**
   * The server does what it is asked; the answer to the first request of a kind never comes back.
   */
  private record LosesOneAnswer(Predicate<Request> kind, AtomicInteger requests)
      implements Interceptor {
    LosesOneAnswer(Predicate<Request> kind) {
      this(kind, new AtomicInteger());
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
      var answer = chain.proceed(chain.request());
      if (kind.test(chain.request()) && requests.incrementAndGet() == 1) {
        answer.close();
        throw new SocketTimeoutException("the test lost this answer");
      }
      return answer;
    }
  }
}
