package io.stowage.io.avro;

import static io.stowage.fixture.Workbench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Alias;
import io.stowage.api.ErrorCode;
import io.stowage.api.SchemaPolicy;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.engine.StepEvent;
import io.stowage.fixture.Declarations;
import io.stowage.fixture.Declared;
import io.stowage.fixture.StoreSettings;
import io.stowage.fixture.Workbench;
import io.stowage.store.memory.MemoryObjectStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An asset's type changes between two runs. */
@Tag("C55")
class SchemaPolicyTest {
  private static final PartitionsDefinition MONTHS =
      PartitionsDefinition.ofStatic("2012-01", "2012-02");

  private final Workbench bench = new Workbench();
  private final List<String> computed = new ArrayList<>();

  SchemaPolicyTest() {
    bench
        .managers()
        .put(
            "lake",
            new AvroIoManager(
                new MemoryObjectStore("lake"), StoreSettings.of(AvroSettings.class, Map.of())));
  }

  record Day(String city, int rain) {}

  record DayWithNote(String city, int rain, Optional<String> note) {}

  record DayWithWind(String city, int rain, double wind) {}

  record DayInMillimetres(String city, @Alias("rain") long millimetres) {}

  record DayOfText(String city, String rain) {}

  record City(String city) {}

  record Dated(City city, Instant at) {}

  record DatedByDay(City city, LocalDate at) {}

  record At(Instant at) {}

  record Nested(At when) {}

  record Priced(BigDecimal price) {}

  private Declared days(Class<?> row, Object... values) {
    return bench
        .asset("days")
        .storedBy("lake")
        .returning(List.class, row)
        .computed(
            _ -> {
              computed.add(row.getSimpleName());
              return List.of(values);
            });
  }

  private void stored() {
    days(Day.class, new Day("Basel", 3));
    assertThat(bench.run("days").succeeded()).isTrue();
    computed.clear();
    bench.anew();
  }

  private StepEvent failed() {
    return bench.ledger().event("step_failed");
  }

  private static List<Object> fields(Object table) {
    var rows = ((MetadataValue.Table) table).rows();
    return rows.stream().map(row -> (Object) (row.get(0) + " " + row.get(1))).toList();
  }

  @SuppressWarnings("unchecked")
  private static Object changes(StepEvent event) {
    var metadata = (Map<String, Map<String, Object>>) event.data().get("metadata");
    return MetadataValue.fromData(
        Objects.requireNonNull(Objects.requireNonNull(metadata).get("schema-changes")));
  }

  private void refused(String... words) {
    var failure = failure(bench.run("days"));
    assertThat(failure.code()).isEqualTo(ErrorCode.INCOMPATIBLE_SCHEMA);
    assertThat(failure.message()).contains(words);
    assertThat(computed).as("nothing is computed").isEmpty();
  }

  @Test
  @DisplayName("C55 an incompatible change is refused before computing, with the field named")
  void refusesAnIncompatibleChange() {
    stored();
    days(DayOfText.class, new DayOfText("Basel", "3"));
    refused("'days'", "BACKWARD", "field 'rain' was stored as int, which cannot be read as string");
    assertThat(fields(changes(failed()))).containsExactly("rain incompatible");
    assertThat(bench.ledger().events("input_loaded")).isEmpty();
  }

  @Test
  void refusesANewFieldWithoutADefault() {
    stored();
    days(DayWithWind.class, new DayWithWind("Basel", 3, 1.5));
    refused("field 'wind' (double) was added without a default");
  }

  @Test
  @DisplayName("C55 a compatible change is let through, and kept as metadata")
  void keepsACompatibleChangeAsMetadata() {
    stored();
    days(DayWithNote.class, new DayWithNote("Basel", 3, Optional.empty()));
    assertThat(bench.run("days").succeeded()).isTrue();
    var metadata = bench.ledger().current("days", "").metadata();
    assertThat(fields(Objects.requireNonNull(metadata.get("schema-changes"))))
        .containsExactly("note added");
    assertThat(metadata).containsKey("rows");
  }

  @Test
  void tellsOfRenamedPromotedAndRemovedFields() {
    stored();
    days(DayInMillimetres.class, new DayInMillimetres("Basel", 3));
    assertThat(bench.run("days").succeeded()).isTrue();
    bench.anew();
    days(City.class, new City("Basel"));
    assertThat(bench.run("days").succeeded()).isTrue();
    assertThat(
            bench.ledger().commits().stream()
                .map(commit -> commit.metadata().get("schema-changes"))
                .filter(Objects::nonNull)
                .map(SchemaPolicyTest::fields))
        .containsExactly(
            List.of("millimetres renamed", "millimetres promoted"), List.of("millimetres removed"));
  }

  enum Sky {
    SUN,
    RAIN
  }

  enum SkyWithSnow {
    SUN,
    RAIN,
    SNOW
  }

  record Seen(Sky sky) {}

  record SeenSnow(SkyWithSnow sky) {}

  @Test
  void tellsOfANewConstantWhichFormerReadersCannotRead() {
    days(Seen.class, new Seen(Sky.RAIN));
    assertThat(bench.run("days").succeeded()).isTrue();
    computed.clear();
    bench.anew();
    days(SeenSnow.class, new SeenSnow(SkyWithSnow.SNOW)).policy(SchemaPolicy.FULL);
    refused("'SNOW'", "which lacks it");
    assertThat(fields(changes(failed()))).containsExactly("sky promoted");
    days(SeenSnow.class, new SeenSnow(SkyWithSnow.SNOW));
    assertThat(bench.anew().run("days").succeeded()).isTrue();
    assertThat(bench.ledger().current("days", "").metadata()).containsKey("schema-changes");
    computed.clear();
    bench.anew();
    days(Seen.class, new Seen(Sky.SUN));
    refused("field 'sky' was stored as 'SNOW', which cannot be read as enum Sky");
  }

  record Named(String id) {}

  record Identified(UUID id) {}

  @Test
  void refusesTextThatIsToBecomeAnIdentity() {
    days(Named.class, new Named("x"));
    assertThat(bench.run("days").succeeded()).isTrue();
    computed.clear();
    bench.anew();
    days(Identified.class);
    refused("field 'id' was stored as string, which cannot be read as uuid");
  }

  @Test
  void saysNothingWhereNothingChanged() {
    stored();
    days(Day.class, new Day("Basel", 4));
    assertThat(bench.run("days").succeeded()).isTrue();
    assertThat(bench.ledger().current("days", "").metadata()).doesNotContainKey("schema-changes");
  }

  @Test
  void refusesARemovedFieldWhereFormerReadersMatter() {
    stored();
    days(City.class, new City("Basel")).policy(SchemaPolicy.FULL);
    refused("FULL", "'rain'");
    days(DayWithNote.class, new DayWithNote("Basel", 3, Optional.empty()))
        .policy(SchemaPolicy.FULL);
    assertThat(bench.anew().run("days").succeeded()).isTrue();
  }

  @Test
  void comparesNothingWherePolicyIsNone() {
    stored();
    days(DayOfText.class, new DayOfText("Basel", "3")).policy(SchemaPolicy.NONE);
    assertThat(bench.run("days").succeeded()).isTrue();
    assertThat(bench.ledger().current("days", "").metadata()).doesNotContainKey("schema-changes");
  }

  @Test
  void isHeldAgainstWhateverPartitionWasStoredLast() {
    days(Day.class, new Day("Basel", 3)).partitioned(MONTHS);
    assertThat(bench.runPartitions(List.of("2012-01"), "days").succeeded()).isTrue();
    computed.clear();
    bench.anew();
    days(DayOfText.class, new DayOfText("Basel", "3")).partitioned(MONTHS);
    assertThat(failure(bench.runPartitions(List.of("2012-02"), "days")).message())
        .contains("'days[2012-02]'", "field 'rain'");
    assertThat(computed).isEmpty();
  }

  @Test
  void isNeverTriedAgain() {
    stored();
    days(DayOfText.class, new DayOfText("Basel", "3")).attempts(5, java.time.Duration.ZERO);
    refused("rain");
    assertThat(bench.pauses()).isEmpty();
  }

  @Test
  void seesAnotherMeaningOfTheSameNumber() {
    var at = Instant.parse("2012-03-01T00:00:00Z");
    days(Dated.class, new Dated(new City("Basel"), at));
    bench.run("days");
    computed.clear();
    days(DatedByDay.class);
    bench.anew();
    refused("field 'at'");
  }

  @Test
  void looksIntoTheFileWhereTheLedgerCannotTell() {
    days(Nested.class, new Nested(new At(Instant.EPOCH)));
    assertThat(bench.run("days").succeeded()).isTrue();
    assertThat(bench.anew().run("days").succeeded()).isTrue();
    assertThat(bench.ledger().current("days", "").metadata()).doesNotContainKey("schema-changes");
    days(Priced.class);
    bench.anew();
    computed.clear();
    refused("field 'price'");
  }

  @Test
  void goesByARowWhetherListOrStream() {
    stored();
    bench
        .asset("days")
        .storedBy("lake")
        .returning(Stream.class, Day.class)
        .computed(_ -> Stream.of(new Day("Basel", 1)));
    assertThat(bench.run("days").succeeded()).isTrue();
    assertThat(bench.ledger().current("days", "").metadata()).doesNotContainKey("schema-changes");
  }

  @Test
  void knowsNothingOfNullAndOfWhatAnotherManagerStored() {
    days(Day.class).nullable().computed(_ -> null);
    assertThat(bench.run("days").succeeded()).isTrue();
    days(DayOfText.class, new DayOfText("Basel", "3"));
    assertThat(bench.anew().run("days").succeeded()).isTrue();
    bench.asset("n").storedBy("default").computed(_ -> 1L);
    assertThat(bench.anew().run("n").succeeded()).isTrue();
    bench.asset("n").storedBy("lake").returning(String.class).computed(_ -> "one");
    assertThat(bench.anew().run("n").succeeded()).isTrue();
  }

  @Test
  void comparesASingleValueToo() {
    bench.asset("n").storedBy("lake").computed(_ -> 1L);
    assertThat(bench.run("n").succeeded()).isTrue();
    bench.asset("n").storedBy("lake").returning(String.class).computed(_ -> "one");
    assertThat(failure(bench.anew().run("n")).message())
        .contains("the value was stored as long, which cannot be read as string");
  }

  record Two(List<Day> left, List<DayOfText> right) {}

  @Test
  void computesNothingWhereOneOutputOfSeveralIsRefused() {
    var day = List.of(new Day("Basel", 3));
    bench.asset("left").storedBy("lake").returning(List.class, Day.class).computed(_ -> day);
    bench.asset("right").storedBy("lake").returning(List.class, Day.class).computed(_ -> day);
    assertThat(bench.run("left", "right").succeeded()).isTrue();
    var again = new Workbench();
    again.managers().put("lake", bench.managers().storing("lake"));
    again.ledger().take(bench.ledger());
    again
        .multi("both")
        .output("left", "left", Declarations.type(List.class, Day.class))
        .storedBy("lake")
        .output("right", "right", Declarations.type(List.class, DayOfText.class))
        .storedBy("lake")
        .computed(
            _ -> {
              computed.add("both");
              return new Two(List.of(), List.of());
            });
    assertThat(failure(again.run("left", "right")).message())
        .contains("output 'right'", "asset 'right'", "field 'rain'")
        .doesNotContain("'left'");
    assertThat(computed).isEmpty();
    assertThat(again.ledger().commits()).isEmpty();
  }

  @Test
  void comparesNothingWhereTheFileIsGone() {
    stored();
    bench
        .managers()
        .put(
            "lake",
            new AvroIoManager(
                new MemoryObjectStore("lake"), StoreSettings.of(AvroSettings.class, Map.of())));
    days(DayOfText.class, new DayOfText("Basel", "3"));
    assertThat(bench.run("days").succeeded()).isTrue();
  }
}
