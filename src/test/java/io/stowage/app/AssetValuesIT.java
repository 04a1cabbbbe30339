package io.stowage.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.stowage.api.AssetValue;
import io.stowage.api.AssetValues;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values through the whole application: a run of the sample, and what is injected afterwards. */
@QuarkusTest
@TestProfile(AssetValuesIT.WithTokensAndACache.class)
class AssetValuesIT {
  private static final String TOKEN = "a-token-of-this-test";

  public static class WithTokensAndACache implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "stowage.control.tokens.operate",
          TOKEN,
          "stowage.control.tokens.work",
          TOKEN,
          "stowage.control.token",
          TOKEN,
          "stowage.io.lake.type",
          "caching",
          "stowage.io.lake.wraps",
          "deep",
          "stowage.io.deep.type",
          "avro");
    }
  }

  record Month(String month, String city, double mean) {}

  @Inject AssetValues values;
  @Inject Provider<Worker> workers;

  private String materialized(String partition) {
    return materialized(partition, Map.of());
  }

  private String materialized(String partition, Map<String, Object> config) {
    String run =
        given()
            .header("Authorization", "Bearer " + TOKEN)
            .contentType("application/json")
            .body(
                Map.of(
                    "assets",
                    List.of("weather/observations", "weather/monthly"),
                    "partition",
                    partition,
                    "config",
                    config))
            .post("/v1/runs")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    work();
    given()
        .header("Authorization", "Bearer " + TOKEN)
        .get("/v1/runs/" + run)
        .then()
        .body("state", org.hamcrest.Matchers.equalTo("succeeded"));
    return run;
  }

  private void work() {
    try (Worker worker = workers.get()) {
      worker.once(1, Duration.ofSeconds(10));
    }
  }

  private AssetValue monthly(String partition) {
    return values.of("weather/monthly").partition(partition);
  }

  private void knowTheCatalog() {
    try (Worker worker = workers.get()) {
      worker.once(1, Duration.ZERO);
    }
  }

  @Test
  @Tag("C64")
  void readsWhatARunStored() {
    knowTheCatalog();
    assertThatThrownBy(() -> monthly("2013-05").list(Month.class))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED))
        .hasMessageContainingAll("'weather/monthly'", "'2013-05'");
    Instant before = Instant.now();
    String run = materialized("2013-05");

    // docs: read
    List<Month> months = values.of("weather/monthly").partition("2013-05").list(Month.class);
    try (var rows = values.of("weather/monthly").partition("2013-05").asOfRun(run).rows()) {
      assertThat(rows.map(row -> row.get("city"))).containsExactly("New York", "Seattle");
    }
    // end
    assertThat(months).extracting(Month::city).containsExactly("New York", "Seattle");
    assertThat(monthly("2013-05").materializations())
        .singleElement()
        .satisfies(made -> assertThat(made.runId()).isEqualTo(run));
    assertThatThrownBy(() -> monthly("2013-05").asOf(before).rows())
        .hasMessageContaining("was never materialized");
    assertThat(
            values
                .of("weather/observations")
                .partition("Seattle|2013-05")
                .partition("New York|2013-05")
                .listsByPartition(Day.class)
                .keySet())
        .containsExactly("Seattle|2013-05", "New York|2013-05");
  }

  record Day(String city, double high) {}

  @Test
  @Tag("C65")
  void keepsWhatWasLoadedUntilANewerOneIsCommitted() {
    knowTheCatalog();
    materialized("2013-06");
    var first = monthly("2013-06").list(Month.class);

    assertThat(monthly("2013-06").list(Month.class)).isSameAs(first);
    materialized("2013-06");
    assertThat(monthly("2013-06").list(Month.class)).isNotSameAs(first).isEqualTo(first);
  }

  @Test
  @Tag("C51")
  void aSweepGoesThroughTheCacheToWhatItWraps() {
    knowTheCatalog();
    for (int i = 0; i < 3; i++) {
      materialized("2013-09");
    }
    String sweep =
        given()
            .header("Authorization", "Bearer " + TOKEN)
            .contentType("application/json")
            .body(
                Map.of(
                    "kind",
                    "sweep",
                    "assets",
                    List.of("weather/monthly"),
                    "config",
                    Map.of("io", Map.of("deep", Map.of("retention.keep", 2))),
                    "options",
                    Map.of("grace", "0s")))
            .post("/v1/runs")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    work();

    given()
        .header("Authorization", "Bearer " + TOKEN)
        .get("/v1/runs/" + sweep)
        .then()
        .body("result.removed", org.hamcrest.Matchers.greaterThanOrEqualTo(1))
        .body("result.skipped", org.hamcrest.Matchers.anEmptyMap());
    assertThat(monthly("2013-09").list(Month.class)).hasSize(2);
  }

  @Test
  @Tag("C7")
  void seesAnOverrideForOneReadingAlsoOfTheWrappedManager() {
    knowTheCatalog();
    materialized("2013-07");
    var shared = monthly("2013-07").list(Month.class);

    assertThat(monthly("2013-07").setting("deep", "verify", "false").list(Month.class))
        .isNotSameAs(shared)
        .isEqualTo(shared);
    assertThat(monthly("2013-07").list(Month.class)).isSameAs(shared);
    assertThatThrownBy(() -> monthly("2013-07").setting("max-entrys", "1").list(Month.class))
        .hasMessageContaining("stowage.io.lake.max-entrys");
    assertThatThrownBy(() -> monthly("2013-07").setting("max-entries", "x").list(Month.class))
        .hasMessageContaining("stowage.io.lake.max-entries");
    assertThatThrownBy(() -> monthly("2013-07").manager("nowhere").list(Month.class))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_MANAGER));
  }

  @Test
  @Tag("C7")
  void aRunSeesItsOverrideAndTheNextDoesNot() {
    knowTheCatalog();
    materialized("2013-08", Map.of("io", Map.of("deep", Map.of("codec", "null"))));
    assertThat(codec("2013-08")).isEqualTo("null");

    materialized("2013-08");
    assertThat(codec("2013-08")).isEqualTo("deflate");

    given()
        .header("Authorization", "Bearer " + TOKEN)
        .contentType("application/json")
        .body(
            Map.of(
                "assets",
                List.of("weather/monthly"),
                "partition",
                "2013-08",
                "config",
                Map.of("io", Map.of("lake", Map.of("wraps", "elsewhere")))))
        .post("/v1/runs")
        .then()
        .statusCode(422)
        .body("errors[0].code", org.hamcrest.Matchers.equalTo("locked_setting"));
  }

  private String codec(String partition) {
    return ((MetadataValue.Text)
            java.util.Objects.requireNonNull(
                monthly(partition).materializations().getFirst().metadata().get("codec")))
        .value();
  }

  @Test
  @Tag("C64")
  void refusesWithoutAToken() {
    given()
        .contentType("application/json")
        .body(Map.of("asset", "weather/monthly"))
        .post("/v1/stored")
        .then()
        .statusCode(401);
  }
}
