package io.stowage.samples.weather;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WeatherAssetsTest {
  private final WeatherAssets assets = new WeatherAssets();

  private static List<Observation> observations() {
    var csv =
        Objects.requireNonNull(
            WeatherAssets.class.getResourceAsStream("/samples/weather/weather.csv"));
    try (var lines = new BufferedReader(new InputStreamReader(csv, UTF_8))) {
      return lines.lines().skip(1).map(line -> Observation.of(row(line.split(",")))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StationRow row(String[] cells) {
    return new StationRow(
        cells[0],
        LocalDate.parse(cells[1]),
        Double.parseDouble(cells[2]),
        Double.parseDouble(cells[3]),
        Double.parseDouble(cells[4]),
        Double.parseDouble(cells[5]),
        cells[6]);
  }

  @Test
  void knowsThePartitionOfARow() {
    var row = new StationRow("New York", LocalDate.of(2012, 3, 31), 0, 12, 3, 2, "sun");

    assertThat(row.isIn(PartitionKey.of(Map.of("city", "New York", "date", "2012-03")))).isTrue();
    assertThat(row.isIn(PartitionKey.of(Map.of("city", "Seattle", "date", "2012-03")))).isFalse();
    assertThat(row.isIn(PartitionKey.of(Map.of("city", "New York", "date", "2012-04")))).isFalse();
  }

  @Test
  void sumsUpEachMonthOfEachCity() {
    var march = observations().stream().filter(day -> day.month().equals("2012-03"));

    var monthly = assets.monthly(march);

    assertThat(monthly.value())
        .containsExactly(
            new MonthSummary("2012-03", "New York", 9.2, -3.3, 25.0, 28.7, 11),
            new MonthSummary("2012-03", "Seattle", 6.2, -1.7, 15.6, 183.0, 22));
    assertThat(monthly.metadata())
        .containsEntry("wettest", new MetadataValue.Text("Seattle, 2012-03"));
  }

  @Test
  void sumsUpNothing() {
    assertThat(assets.monthly(Stream.of()).metadata())
        .containsEntry("wettest", new MetadataValue.Text("none"));
  }

  @Test
  void findsTheExtremes() {
    var extremes = assets.extremes(observations().stream());

    assertThat(extremes.hottest()).hasSize(10).first().extracting(Day::measured).isEqualTo(37.8);
    assertThat(extremes.rainiest()).hasSize(10);
    assertThat(extremes.rainiest())
        .isSortedAccordingTo((a, b) -> Double.compare(b.measured(), a.measured()));
  }
}
