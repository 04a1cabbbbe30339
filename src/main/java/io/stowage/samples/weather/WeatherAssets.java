package io.stowage.samples.weather;

import io.stowage.api.Asset;
import io.stowage.api.AssetCheck;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.AssetOut;
import io.stowage.api.CheckResult;
import io.stowage.api.Input;
import io.stowage.api.MultiAsset;
import io.stowage.api.Output;
import io.stowage.api.partition.MonthlyPartitions;
import java.util.List;
import java.util.stream.Stream;

/** From what the stations reported to what one wants to know. */
@AssetGroup(value = "weather", ioManager = "lake")
class WeatherAssets {

  /** One row per day of a city's month, as the station reported it. */
  @Asset
  @MonthByCity
  Stream<Observation> observations(
      @Input(manager = "source", options = "path=weather.csv") Stream<StationRow> stationRows,
      AssetContext context) {
    return stationRows.filter(row -> row.isIn(context.partition())).map(Observation::of);
  }

  /** Mean, extremes and rain of each month, city by city. */
  @Asset
  @MonthlyPartitions(start = "2012-01", end = "2016-01")
  Output<List<MonthSummary>> monthly(Stream<Observation> observations) {
    var months = MonthSummary.of(observations);
    return Output.of(months)
        .with("cities", months.size())
        .with("wettest", MonthSummary.wettest(months));
  }

  /** Each mean lies between its extremes, and there is no rain below zero. */
  @AssetCheck(asset = "weather/monthly", blocking = true)
  CheckResult monthsAddUp(List<MonthSummary> months) {
    var wrong = months.stream().filter(month -> !month.addsUp()).toList();
    return (wrong.isEmpty() ? CheckResult.pass() : CheckResult.fail("does not add up: " + wrong))
        .with("months", months.size());
  }

  record Extremes(List<Day> hottest, @AssetOut(ioManager = "sheets") List<Day> rainiest) {}

  /** The ten hottest and the ten rainiest days of all, in two places and two formats. */
  @MultiAsset
  Extremes extremes(Stream<Observation> observations) {
    var top = new TopDays(10);
    observations.forEach(top::add);
    return new Extremes(top.hottest(), top.rainiest());
  }

  /** All months, for people to read. */
  @Asset(ioManager = "report")
  List<MonthSummary> report(List<MonthSummary> monthly) {
    return monthly;
  }
}
