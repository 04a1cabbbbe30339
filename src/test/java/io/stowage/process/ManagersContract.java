package io.stowage.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What IO managers store, load and refuse. */
abstract class ManagersContract extends Processes {
  @Test
  @Tag("C64")
  void aStoredValueIsReadFromOutsideARun() throws IOException {
    stowage("worker", "--once");
    var never = stowage("value", "weather/monthly", "--partition", "2012-03");
    assertThat(never.code()).as(never.output()).isEqualTo(1);
    assertThat(never.output())
        .contains("asset 'weather/monthly' was never materialized for partition '2012-03'")
        .doesNotContain("\tat ");
    String run = submit(MARCH);
    stowage("worker", "--once", "--wait", "10s");
    awaitState(run, "succeeded");

    var table = stowage("value", "weather/monthly", "--partition", "2012-03");
    assertThat(table.code()).as(table.output()).isZero();
    assertThat(table.output().lines().findFirst().orElseThrow())
        .matches("month +city .*")
        .hasSizeLessThanOrEqualTo(80);
    assertThat(table.output()).contains("New York", "Seattle");

    var json = stowage("value", "weather/monthly", "--json", "--as-of", run);
    assertThat(JsonPath.from(json.output()).getList("city")).containsExactly("New York", "Seattle");
    assertThat(stowage("value", "weather/monthly", "--as-of", "2020-01-01T00:00:00Z").output())
        .contains("was never materialized by 2020-01-01T00:00:00Z");
    assertThat(stowage("value", "weather/observations", "--limit", "3").output())
        .contains("there are more rows");

    Path file = Path.of("target", "processes", "observations-" + run + ".csv");
    var written =
        stowage(
            "value", "weather/observations", "-p", "Seattle|2012-03", "--output", file.toString());
    assertThat(written.code()).as(written.output()).isZero();
    assertThat(Files.readAllLines(file)).hasSize(32).first().asString().contains("city");
    assertThat(stowage("value", "weather/monthly", "--set", "io.lake.codecc=x").output())
        .contains("stowage.io.lake.codecc");
    assertThat(stowage("value", "weather/monthly", "--partition", "march").output())
        .contains("'march'");
    assertThat(stowage("value", "no/such").output()).contains("there is no asset 'no/such'");
  }

  @Test
  @Tag("C6")
  void aBranchStoresBesideItsParentAndReadsFromIt() {
    environment.put("STOWAGE_IO_PRODUCTION_TYPE", "avro");
    environment.put("STOWAGE_IO_DEV_TYPE", "avro");
    environment.put("STOWAGE_IO_DEV_PREFIX", "dev");
    environment.put("STOWAGE_IO_LAKE_TYPE", "caching");
    environment.put("STOWAGE_IO_LAKE_WRAPS", "nowhere");
    var broken = stowage("worker", "--once");
    assertThat(broken.code()).isEqualTo(64);
    assertThat(broken.output()).contains("IO manager 'lake' wraps 'nowhere'");

    environment.put("STOWAGE_IO_LAKE_WRAPS", "production");
    stowage("worker", "--once");
    String first = submit(MARCH);
    stowage("worker", "--once", "--wait", "10s");
    awaitState(first, "succeeded");

    environment.put("STOWAGE_IO_LAKE_TYPE", "branching");
    environment.remove("STOWAGE_IO_LAKE_WRAPS");
    environment.put("STOWAGE_IO_LAKE_BRANCH", "dev");
    environment.put("STOWAGE_IO_LAKE_PARENT", "production");
    stowage("worker", "--once");
    String second = submit(MARCH.replace("\"weather/observations\",", ""));
    stowage("worker", "--once", "--wait", "10s");
    awaitState(second, "succeeded");

    assertThat(get("/v1/materializations?run=" + second).getList("items.location"))
        .singleElement()
        .asString()
        .contains("/dev/weather/monthly/");
    for (String asset : List.of("weather/monthly", "weather/observations")) {
      var value = stowage("value", asset, "--json");
      assertThat(value.code()).as(value.output()).isZero();
      assertThat(value.output()).contains("New York");
    }
  }

  @Test
  @Tag("C10")
  void aManagerThatDoesNotStoreAnAssetsTypeRefusesTheWorkersStart() {
    environment.put("STOWAGE_IO_LAKE_TYPE", "csv");
    var refused = stowage("worker", "--once");
    assertThat(refused.code()).as(refused.output()).isEqualTo(64);
    assertThat(refused.output())
        .contains("asset 'bench/total'", "IO manager 'lake'", "does not store", "Total")
        .doesNotContain("bench/readings", "\tat ");
    environment.remove("STOWAGE_IO_LAKE_TYPE");
    environment.put("STOWAGE_IO_REPORT_TYPE", "parquet");
    var loads = stowage("worker", "--once");
    assertThat(loads.code()).as(loads.output()).isEqualTo(64);
    assertThat(loads.output())
        .contains("asset 'weather/report'", "IO manager 'report'", "does not store")
        .doesNotContain("\tat ");
  }

  @Test
  @Tag("C54")
  void millionsOfRowsAreStoredAndLoadedInAHeapThatCouldNotHoldThem() {
    stowage("worker", "--once");
    String run =
        submit("{\"assets\":[\"bench/readings\",\"bench/total\"],\"tags\":{\"rows\":\"3000000\"}}");
    var once = Stowage.run(program("96m"), environment, "worker", "--once", "--wait", "10s");
    assertThat(once.code()).as(once.output()).isZero();
    awaitState(run, "succeeded");
    assertThat(
            get("/v1/materializations?asset=bench/total")
                .getLong("items[0].metadata.readings.value"))
        .isEqualTo(3_000_000);
  }

  @Test
  @Tag("C56")
  void filesOfOthersInColumnsAreLoadedHoweverTheyAreCompressed() throws Exception {
    var codecs = List.of("none", "gzip", "snappy", "lz4", "zstd", "brotli");
    for (String codec : codecs) {
      bucket.put("bench/files/@" + codec + ".parquet", shipped(codec));
    }
    stowage("worker", "--once");
    String run =
        submit(
            "{\"assets\":[\"bench/columns\"],\"partitions\":[\"%s\"]}"
                .formatted(String.join("\",\"", codecs)));
    var once = stowage("worker", "--once", "--wait", "10s");
    awaitState(run, "succeeded");
    var made = get("/v1/materializations?run=" + run);
    for (String codec : codecs) {
      String location = made.getString("items.find { it.partition == '" + codec + "' }.location");
      assertThat(bucket.texts(location, "text"))
          .as("%s: %s", codec, once.output())
          .containsExactly("plain", "", "täxt ✓");
    }
  }

  /** As pyarrow wrote it; the one of every type is compressed by zstd. */
  private byte[] shipped(String codec) throws IOException {
    String file = codec.equals("zstd") ? "every-type" : codec;
    try (var bytes = getClass().getResourceAsStream("/parquet/" + file + ".parquet")) {
      return Objects.requireNonNull(bytes).readAllBytes();
    }
  }

  @Test
  @Tag("C52")
  void aMissingBucketAndWrongCredentialsFailTheRunWithWhatToDo() {
    environment.put("STOWAGE_STORES_DEFAULT_CREATE_BUCKET", "false");
    environment.put("STOWAGE_STORES_DEFAULT_BUCKET", "nobody-made-this");
    stowage("worker", "--once");
    String run = submitByCommandLine();
    stowage("worker", "--once", "--wait", "10s");
    awaitState(run, "failed");
    assertThat(get("/v1/runs/" + run).getString("error.message")).contains("nobody-made-this");
    environment.put("STOWAGE_STORES_DEFAULT_SECRET_KEY", "wrong-secret");
    String second = submitByCommandLine();
    var once = stowage("worker", "--once", "--wait", "10s");
    awaitState(second, "failed");
    assertThat(once.output() + get("/v1/runs/" + second).getString("error.message"))
        .doesNotContain("wrong-secret")
        .contains("wrong credentials");
    assertThat(get("/v1/materializations?asset=weather/observations").getList("items")).isEmpty();
  }
}
