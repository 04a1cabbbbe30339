package io.stowage.io.csv;

import static io.stowage.fixture.Workbench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Alias;
import io.stowage.api.ErrorCode;
import io.stowage.api.SchemaPolicy;
import io.stowage.fixture.Declared;
import io.stowage.fixture.StoreSettings;
import io.stowage.fixture.Workbench;
import io.stowage.store.memory.MemoryObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The columns of a sheet change between two runs. */
@Tag("C55")
class CsvSchemaTest {
  private final Workbench bench = new Workbench();

  CsvSchemaTest() {
    bench
        .managers()
        .put(
            "sheets",
            new CsvIoManager(
                new MemoryObjectStore("sheets"), StoreSettings.of(CsvSettings.class, Map.of())));
    days(Day.class, new Day("Basel", 3, Sky.RAIN));
    assertThat(bench.run("days").succeeded()).isTrue();
    bench.anew();
  }

  enum Sky {
    RAIN
  }

  enum Weather {
    RAIN
  }

  record Day(String city, int rainDays, Sky sky) {}

  record Wider(String city, long rain_days, Weather sky, Optional<String> note) {}

  record Narrower(String city) {}

  record Numbered(int city, int rainDays, Sky sky) {}

  record Windy(String city, int rainDays, Sky sky, double wind) {}

  record Renamed(@Alias("city") String town, int rainDays, Sky sky) {}

  @Test
  @Tag("C55")
  void aColumnThatIsRenamedIsNoChangeThatBreaksAnything() {
    days(Renamed.class, new Renamed("Chur", 1, Sky.RAIN));
    assertThat(bench.run("days").succeeded()).isTrue();
  }

  private Declared days(Class<?> row, Object... values) {
    return bench
        .asset("days")
        .storedBy("sheets")
        .returning(List.class, row)
        .computed(_ -> List.of(values));
  }

  private void refused(String... words) {
    var failure = failure(bench.run("days"));
    assertThat(failure.code()).isEqualTo(ErrorCode.INCOMPATIBLE_SCHEMA);
    assertThat(failure.message()).contains(words);
  }

  private Map<String, ?> metadata() {
    return bench.ledger().current("days", "").metadata();
  }

  @Test
  void saysNothingWhereNothingChanged() {
    assertThat(bench.run("days").succeeded()).isTrue();
    assertThat(metadata()).doesNotContainKey("schema-changes");
  }

  @Test
  void letsColumnsThroughThatFormerFilesCanBeReadWith() {
    days(Wider.class, new Wider("Basel", 3, Weather.RAIN, Optional.empty()));
    assertThat(bench.run("days").succeeded()).isTrue();
    assertThat(metadata().get("schema-changes"))
        .asString()
        .contains("column 'rain_days' was int and is long", "column 'note'", "may be absent");
  }

  @Test
  void refusesAColumnThatFormerFilesLack() {
    days(Windy.class);
    refused("column 'wind' (double) was added");
  }

  @Test
  void refusesATypeThatFormerTextIsNot() {
    days(Numbered.class);
    refused("column 'city' was stored as String, which cannot be read as int");
  }

  @Test
  void refusesARemovedColumnWhereFormerReadersMatter() {
    days(Narrower.class, new Narrower("Basel")).policy(SchemaPolicy.FULL);
    refused("column 'rainDays' (int) was removed, which former readers need");
    days(Narrower.class, new Narrower("Basel"));
    assertThat(bench.anew().run("days").succeeded()).isTrue();
  }
}
