package io.stowage.samples.weather;

import static io.stowage.fixture.Contexts.external;
import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.partition.PartitionKey;
import io.stowage.fixture.RecordedOutput;
import io.stowage.fixture.StoreSettings;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.io.csv.CsvIoManager;
import io.stowage.io.csv.CsvSettings;
import io.stowage.store.memory.MemoryObjectStore;
import io.stowage.store.resource.ResourceObjectStore;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sample's records in the formats that its configuration names. */
class WeatherThroughManagersTest {
  private static final Type OBSERVATIONS = generic(Stream.class, Observation.class);

  private final MemoryObjectStore store = new MemoryObjectStore("lake");
  private final AvroIoManager lake =
      new AvroIoManager(store, StoreSettings.of(AvroSettings.class, Map.of()));
  private final CsvIoManager sheets =
      new CsvIoManager(store, StoreSettings.of(CsvSettings.class, Map.of()));
  private final CsvIoManager source =
      new CsvIoManager(
          new ResourceObjectStore("samples", () -> "samples/weather"),
          StoreSettings.of(CsvSettings.class, Map.of()));

  private Stream<StationRow> stationRows() {
    var context =
        external(generic(Stream.class, StationRow.class), "weather/stationRows")
            .options(Map.of("path", "weather.csv"));
    return ((Stream<?>) Objects.requireNonNull(source.loadInput(context)))
        .map(StationRow.class::cast);
  }

  private RecordedOutput stored(String month, String city) throws Exception {
    var partition = PartitionKey.of(Map.of("date", month, "city", city));
    var context = output("weather/observations", OBSERVATIONS, partition);
    try (var rows = stationRows()) {
      lake.handleOutput(context, rows.filter(row -> row.isIn(partition)).map(Observation::of));
    }
    return context;
  }

  @Test
  void readsTheShippedFile() {
    try (var rows = stationRows()) {
      assertThat(rows).hasSize(2_922);
    }
  }

  @Test
  void sumsUpWhatTheLakeHolds() throws Exception {
    var context = input(OBSERVATIONS, stored("2012-03", "New York"), stored("2012-03", "Seattle"));
    try (var observations =
        ((Stream<?>) Objects.requireNonNull(lake.loadInput(context)))
            .map(Observation.class::cast)) {
      assertThat(new WeatherAssets().monthly(observations).value())
          .extracting(MonthSummary::rain)
          .containsExactly(28.7, 183.0);
    }
  }

  @Test
  void writesDaysAsASheet() throws Exception {
    Type days = generic(List.class, Day.class);
    var context = output("weather/rainiest", days);
    try (var rows = stationRows()) {
      var extremes = new WeatherAssets().extremes(rows.map(Observation::of));
      sheets.handleOutput(context, extremes.rainiest());
      assertThat(sheets.loadInput(input(days, context))).isEqualTo(extremes.rainiest());
    }
  }
}
