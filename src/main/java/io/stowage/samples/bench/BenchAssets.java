package io.stowage.samples.bench;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.Output;
import java.time.Instant;
import java.util.stream.LongStream;
import java.util.stream.Stream;

@AssetGroup(value = "bench", ioManager = "lake")
class BenchAssets {
  private static final long START = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();

  record Reading(long id, Instant time, String sensor, double value) {
    static Reading of(long id) {
      return new Reading(id, Instant.ofEpochSecond(START + id), "sensor-" + id % 1000, id * 0.25);
    }
  }

  record Total(long rows, double sum) {
    Total and(Reading reading) {
      return new Total(rows + 1, sum + reading.value);
    }
  }

  /** As many as the run's tag {@code rows} says; a million by default. */
  @Asset
  Stream<Reading> readings(AssetContext context) {
    long rows = Long.parseLong(context.tags().getOrDefault("rows", "1000000"));
    return LongStream.range(0, rows).mapToObj(Reading::of);
  }

  /** All readings, one by one. */
  @Asset
  Output<Total> total(Stream<Reading> readings) {
    var total = new Total[] {new Total(0, 0)};
    readings.forEach(reading -> total[0] = total[0].and(reading));
    return Output.of(total[0]).with("readings", total[0].rows());
  }

  /** A run of it costs what a run costs. */
  @Asset
  void nothing() {}
}
