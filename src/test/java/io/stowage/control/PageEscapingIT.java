package io.stowage.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What workers and submitters send is shown by the page as text, whatever it is. */
@QuarkusTest
class PageEscapingIT {
  private static final String HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>";

  private FakeWorker worker;

  @BeforeEach
  void openASession() {
    worker = FakeWorker.onNewQueue();
  }

  private static String page(String path) {
    return given().get(path).then().statusCode(200).extract().asString();
  }

  private static void isHarmless(String html) {
    assertThat(html)
        .doesNotContain("<script>alert")
        .doesNotContain("<img src=x")
        .doesNotContain("href=\"javascript:")
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
  }

  @Test
  void metadataOfEveryKindIsText() {
    UUID run = worker.submitted(Map.of("assets", List.of("t/plain")));
    var lease = worker.claimOne();
    var metadata = new HashMap<String, Object>();
    for (String kind :
        List.of("text", "markdown", "url", "path", "json", "asset", "run", "timestamp", "bool")) {
      metadata.put(kind + HOSTILE, Map.of("type", kind, "value", HOSTILE));
    }
    metadata.put("link", Map.of("type", "url", "value", "javascript:alert(1)"));
    metadata.put("md", Map.of("type", "markdown", "value", "[go](javascript:alert(1)) **bold**"));
    metadata.put(
        "table",
        Map.of(
            "type",
            "table",
            "value",
            Map.of("columns", List.of(HOSTILE), "rows", List.of(List.of(HOSTILE)))));
    metadata.put("schema", Map.of("type", "table_schema", "value", Map.of(HOSTILE, HOSTILE)));
    worker
        .commit(
            lease,
            UUID.randomUUID(),
            "t/plain",
            "",
            Map.of(
                "location",
                HOSTILE,
                "metadata",
                metadata,
                "inputs",
                List.of(
                    Map.of("input", HOSTILE, "asset", "t/up", "partition", HOSTILE, "rows", 1))))
        .then()
        .statusCode(200);
    worker.complete(lease, "succeeded", false);

    String asset = page("/assets/t/plain");
    isHarmless(asset);
    assertThat(asset).contains("<strong>bold</strong>");
    isHarmless(page("/runs/" + run));
  }

  @Test
  void aFailureIsText() {
    UUID run = worker.submitted(Map.of("assets", List.of("t/plain"), "tags", Map.of("a", HOSTILE)));
    var lease = worker.claimOne();
    worker
        .call(
            "/complete",
            Map.of(
                "completions",
                List.of(
                    Map.of(
                        "lease_id",
                        lease.get("lease_id"),
                        "run_id",
                        lease.get("run_id"),
                        "outcome",
                        "failed",
                        "retry",
                        false,
                        "error",
                        Map.of("code", "asset_failed", "message", HOSTILE)))))
        .then()
        .statusCode(200);

    String html = page("/runs/" + run);
    isHarmless(html);
    assertThat(html).contains("Retry from failure").contains("What to do:");
    page("/runs?state=failed&queue=" + worker.queue);
  }

  @Test
  void whatStandsInAnAddressIsText() {
    isHarmless(given().queryParam("q", HOSTILE).get("/assets").asString());
    assertThat(given().get("/assets/no/such<script>alert('x')</script>").asString())
        .contains("there is no asset")
        .doesNotContain("<script>alert");
    assertThat(given().get("/runs/no-run").statusCode()).isEqualTo(404);
  }
}
