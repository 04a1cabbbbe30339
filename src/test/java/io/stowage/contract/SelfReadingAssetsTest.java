package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Asset;
import io.stowage.api.AssetCheck;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.CheckResult;
import io.stowage.api.ErrorCode;
import io.stowage.api.Input;
import io.stowage.api.partition.BackfillPolicy;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.StaticPartitions;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Assets that read earlier partitions of themselves. */
@Tag("C44")
class SelfReadingAssetsTest {
  @Vetoed
  @AssetGroup("account")
  static class Accounts {
    @Asset
    @DailyPartitions(start = "2026-01-01", end = "2026-02-01")
    int balance(
        @Input(mapping = Input.Mapping.TIME_WINDOWS, startOffset = -1, endOffset = -1)
            @Nullable Integer balance) {
      return balance == null ? 100 : balance + 1;
    }

    @Asset
    @DailyPartitions(start = "2026-01-01", end = "2026-02-01")
    String week(
        @Input(mapping = Input.Mapping.TIME_WINDOWS, startOffset = -3, endOffset = -1)
            Map<String, String> week) {
      return week.size() + "";
    }

    @Asset
    @DailyPartitions(start = "2026-01-01", end = "2026-02-01")
    @StaticPartitions(
        dimension = "city",
        value = {"Linz", "Graz"})
    Stream<String> visits(
        @Input(mapping = Input.Mapping.TIME_WINDOWS, startOffset = -1, endOffset = -1)
            Stream<String> visits,
        AssetContext context) {
      return Stream.concat(visits, Stream.of(context.partition().text()));
    }
  }

  @Test
  void eachPartitionReadsTheOneBeforeAndTheFirstGetsNull() {
    var accounts = Materialize.assets(Accounts.class).select("account/balance");
    var result = accounts.partition("2026-01-03", "2026-01-01", "2026-01-02").run().orThrow();
    assertThat(result.values("account/balance"))
        .isEqualTo(Map.of("2026-01-01", 100, "2026-01-02", 101, "2026-01-03", 102));
    assertThat(accounts.partition("2026-01-04").run().orThrow().value("account/balance"))
        .isEqualTo(103);
    var hole = accounts.partition("2026-01-08").run().failure().orElseThrow();
    assertThat(hole.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED);
    assertThat(hole.message()).contains("'account/balance'", "'2026-01-07'");
  }

  @Test
  void severalEarlierOnesAreAMapWithoutThoseBeforeTheFirst() {
    var result =
        Materialize.assets(Accounts.class)
            .select("account/week")
            .partition("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05")
            .run()
            .orThrow();
    assertThat(result.values("account/week").values()).containsExactly("0", "1", "2", "3", "3");
  }

  @Test
  void otherDimensionsStayTheSame() {
    var visits = Materialize.assets(Accounts.class).select("account/visits");
    var result =
        visits
            .partition(
                PartitionKey.of(Map.of("city", "Graz", "date", "2026-01-02")),
                PartitionKey.of(Map.of("city", "Linz", "date", "2026-01-01")),
                PartitionKey.of(Map.of("city", "Graz", "date", "2026-01-01")))
            .run()
            .orThrow();
    assertThat(result.value("account/visits", "Graz|2026-01-02"))
        .isEqualTo(List.of("Graz|2026-01-01", "Graz|2026-01-02"));
    assertThat(result.value("account/visits", "Linz|2026-01-01"))
        .isEqualTo(List.of("Linz|2026-01-01"));
  }

  @Vetoed
  @AssetGroup
  static class Ranged {
    @Asset
    @DailyPartitions(start = "2026-01-01", end = "2026-02-01")
    @BackfillPolicy(BackfillPolicy.Type.SINGLE_RUN)
    Map<String, Integer> total(
        @Input(mapping = Input.Mapping.TIME_WINDOWS, startOffset = -1, endOffset = -1)
            Map<String, Integer> total,
        AssetContext context) {
      int sum = total.values().stream().findFirst().orElse(0);
      var totals = new LinkedHashMap<String, Integer>();
      for (PartitionKey day : context.partitions()) {
        totals.put(day.text(), ++sum);
      }
      return totals;
    }
  }

  @Test
  @Tag("C47")
  void aRangeReadsWhatLiesBeforeIt() {
    var totals = Materialize.assets(Ranged.class);
    totals.partition("2026-01-01", "2026-01-02").run().orThrow();
    var next = totals.partition("2026-01-04", "2026-01-03").run().orThrow();
    assertThat(next.values("total")).isEqualTo(Map.of("2026-01-03", 3, "2026-01-04", 4));
  }

  @Vetoed
  @AssetGroup
  static class Checked {
    @Asset
    @DailyPartitions(start = "2026-01-01", end = "2026-02-01")
    int level(
        @Input(mapping = Input.Mapping.TIME_WINDOWS, startOffset = -1, endOffset = -1)
            @Nullable Integer level) {
      return level == null ? 1 : level + 1;
    }

    @AssetCheck(asset = "level", blocking = true)
    CheckResult low(int level) {
      return level < 2 ? CheckResult.pass() : CheckResult.fail("high");
    }
  }

  @Test
  @Tag("C66")
  void aBlockingCheckOfOnePartitionKeepsTheNextFromRunning() {
    var result =
        Materialize.assets(Checked.class).partition("2026-01-01", "2026-01-02", "2026-01-03").run();
    assertThat(result.outcomes("level"))
        .isEqualTo(
            Map.of("2026-01-01", "succeeded", "2026-01-02", "succeeded", "2026-01-03", "skipped"));
  }

  @Vetoed
  @AssetGroup
  static class Wrong {
    @Asset
    @DailyPartitions(start = "2026-01-01")
    int primitive(
        @Input(mapping = Input.Mapping.TIME_WINDOWS, startOffset = -1, endOffset = -1)
            int primitive) {
      return primitive;
    }
  }

  @Vetoed
  @AssetGroup
  static class Circle {
    @Asset
    @DailyPartitions(start = "2026-01-01")
    int plain(Integer plain) {
      return plain;
    }
  }

  @Test
  void thePartitionItselfCannotBeReadNorAPrimitiveBeAbsent() {
    assertThatThrownBy(() -> Materialize.assets(Circle.class))
        .hasMessageContaining("plain → plain")
        .hasMessageContaining("startOffset = -1, endOffset = -1");
    assertThatThrownBy(() -> Materialize.assets(Wrong.class))
        .hasMessageContaining("is a int, but the first partition has none before it")
        .hasMessageContaining("take the class");
  }
}
