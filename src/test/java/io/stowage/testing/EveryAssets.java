package io.stowage.testing;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.AssetOut;
import io.stowage.api.Backoff;
import io.stowage.api.ErrorKind;
import io.stowage.api.Input;
import io.stowage.api.Jitter;
import io.stowage.api.MaterializeResult;
import io.stowage.api.MultiAsset;
import io.stowage.api.Output;
import io.stowage.api.partition.CronPartitions;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.api.partition.DynamicPartitions;
import io.stowage.api.partition.HourlyPartitions;
import io.stowage.api.partition.MonthlyPartitions;
import io.stowage.api.partition.StaticPartitions;
import io.stowage.api.partition.WeeklyPartitions;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that an annotated class can say, for two readers to agree on. */
@AssetGroup(value = "every/thing", queue = "every", ioManager = "own")
class EveryAssets extends EveryAssetsAbove {
  record Row(String name, long[] numbers) {}

  @Retention(RetentionPolicy.RUNTIME)
  @DailyPartitions(start = "2026-01-01", zone = "Europe/Berlin")
  @StaticPartitions(
      dimension = "city",
      value = {"Seattle", "New York"})
  @StaticPartitions(
      dimension = "way",
      value = {"up", "down"})
  @interface DayByCity {}

  @Retention(RetentionPolicy.RUNTIME)
  @DayByCity
  @interface DayByCityByWay {}

  @Asset(
      value = "elsewhere/whole",
      ioManager = "lake",
      description = "all of it",
      tags = {"owner=ann", "report"},
      metadata = {"table=t", "formula=a=b"},
      options = "path=x.csv",
      after = "every/thing/nothing",
      attempts = 3,
      retryDelay = "PT0.5S",
      backoff = Backoff.LINEAR,
      jitter = Jitter.PLUS_MINUS,
      retryOn = ErrorKind.TRANSIENT)
  @DayByCityByWay
  @Nullable List<? extends Row> whole(
      @Input(
              manager = "source",
              options = {"a=1", "b=2"},
              metadata = "c=d")
          Stream<Row> outside,
      AssetContext context,
      @Input(value = "every/thing/byHour", orderOnly = true, allowMissingPartitions = true)
          Map<String, Long> before) {
    return null;
  }

  @Asset
  void nothing() {}

  @Asset
  @HourlyPartitions(start = "2026-01-01-00:00")
  long byHour() {
    return 1;
  }

  @Asset
  @MonthlyPartitions(start = "2026-01")
  Output<@Nullable Long> byMonth(
      @Input(mapping = Input.Mapping.TIME_WINDOWS, startOffset = -2, endOffset = -1)
          Map<String, Long> byHour,
      @Input(
              value = "every/thing/fixed",
              mapping = Input.Mapping.SPECIFIC,
              partitions = {"a", "b"})
          Map<String, byte[]> some) {
    return Output.of(null);
  }

  @Asset
  @StaticPartitions({"a", "b", "c"})
  byte[] fixed() {
    return new byte[0];
  }

  @Asset
  @DynamicPartitions(name = "customers")
  String[] named() {
    return new String[0];
  }

  @Asset
  @WeeklyPartitions(start = "2026-01-05")
  Map<String, List<Row>> byWeek() {
    return Map.of();
  }

  @Asset
  @CronPartitions(value = "0 6 * * *", start = "2026-01-01")
  MaterializeResult byCron() {
    return MaterializeResult.done();
  }

  record Several(
      Optional<List<Row>> maybe,
      @AssetOut(
              value = "elsewhere/other",
              ioManager = "sheets",
              description = "one of them",
              metadata = "x=y",
              options = "z=1")
          Stream<Row> other,
      @Nullable String word) {}

  @MultiAsset(
      ioManager = "parts",
      description = "three",
      tags = "many",
      after = "every/thing/nothing",
      attempts = 2,
      retryDelay = "PT2S")
  Several several(@Input(manager = "own") List<Row> inherited) {
    return new Several(Optional.empty(), Stream.of(), null);
  }

  @MultiAsset("every/step")
  static Output<Few> few() {
    return Output.of(new Few(1));
  }

  record Few(int one) {}
}
