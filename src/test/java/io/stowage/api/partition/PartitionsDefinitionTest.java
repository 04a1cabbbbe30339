package io.stowage.api.partition;

import static io.stowage.api.partition.PartitionsFixture.CITIES;
import static io.stowage.api.partition.PartitionsFixture.at;
import static io.stowage.api.partition.PartitionsFixture.cityAndDate;
import static io.stowage.api.partition.PartitionsFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PartitionsDefinitionTest {
  private static final PartitionContext NOW =
      at("2026-06-01T00:00:00Z", Map.of("customers", List.of("zoe", "adam", "a|b")));
  private final TimeWindowPartitionsDefinition months =
      PartitionsDefinition.monthly("2012-01").until("2012-04");
  private final MultiPartitionsDefinition monthByCity =
      PartitionsDefinition.multi(Map.of("city", CITIES, "date", months));

  @Test
  void keepsStaticKeysInTheOrderWritten() {
    var sizes = PartitionsDefinition.ofStatic("small", "medium", "large");

    assertThat(texts(sizes.keys(NOW))).containsExactly("small", "medium", "large");
    assertThat(texts(sizes.keysBetween(PartitionKey.of("medium"), PartitionKey.of("large"), NOW)))
        .containsExactly("medium", "large");
    assertThat(sizes.last(NOW)).contains(PartitionKey.of("large"));
    assertThat(sizes.dimensions()).containsExactly("key");
    assertThatThrownBy(() -> sizes.parse("huge"))
        .isInstanceOfSatisfying(
            StowageException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_PARTITION))
        .hasMessage("partition 'huge' is not one of 'small', 'medium', 'large'");
  }

  @Test
  void namesTenStaticKeysAtMost() {
    var many =
        PartitionsDefinition.ofStatic(
            IntStream.range(0, 30_000).mapToObj(i -> "k" + i).toArray(String[]::new));

    assertThat(many.keys(NOW)).hasSize(30_000).allMatch(key -> many.contains(key, NOW));
    assertThatThrownBy(() -> many.parse("x")).hasMessageEndingWith("'k9' and 29990 more");
  }

  @Test
  void refusesStaticKeysThatAreTwiceOrNoneOrCannotBe() {
    assertThatThrownBy(() -> PartitionsDefinition.ofStatic("a", "b", "a"))
        .hasMessage("static partitions 'a', 'b', 'a' have a key twice");
    assertThatThrownBy(PartitionsDefinition::ofStatic).hasMessageContaining("name one");
    assertThatThrownBy(() -> PartitionsDefinition.ofStatic(".."))
        .hasMessageStartingWith("partition key '..' cannot be");
  }

  @Test
  void asksTheContextForDynamicKeys() {
    var customers = PartitionsDefinition.dynamic("customers");

    assertThat(texts(customers.keys(NOW))).containsExactly("zoe", "adam", "a|b");
    assertThat(customers.contains(PartitionKey.of("adam"), NOW)).isTrue();
    assertThat(customers.parse("eve")).isEqualTo(PartitionKey.of("eve"));
    assertThat(customers.parse("a|b", NOW).text()).isEqualTo("a|b");
    assertThatThrownBy(() -> customers.parse("eve", NOW))
        .hasMessage(
            "partition 'eve' is not one of the dynamic partitions 'customers': add it first");
    assertThat(PartitionsDefinition.dynamic("others").keys(NOW)).isEmpty();
  }

  @Test
  void combinesDimensionsInTheOrderOfTheirNames() {
    assertThat(monthByCity.dimensions()).containsExactly("city", "date");
    assertThat(texts(monthByCity.keys(NOW)))
        .containsExactly(
            "Seattle|2012-01",
            "Seattle|2012-02",
            "Seattle|2012-03",
            "New York|2012-01",
            "New York|2012-02",
            "New York|2012-03");
    assertThat(monthByCity.count(NOW)).isEqualTo(6);
    assertThat(monthByCity.last(NOW)).contains(cityAndDate("New York", "2012-03"));
    assertThat(monthByCity.window(cityAndDate("Seattle", "2012-02")))
        .isEqualTo(months.window(PartitionKey.of("2012-02")));
  }

  @Test
  @Tag("C50")
  void guessesWhatWasMeantByAKeyThatIsNone() {
    var weeks = PartitionsDefinition.weekly("2012-01-01");
    assertThatThrownBy(() -> weeks.parse("2012-02-01", NOW))
        .hasMessageContaining("written as yyyy-MM-dd; is '2012-01-30' meant?");
    assertThatThrownBy(() -> months.parse("2012-02-17", NOW))
        .hasMessageContaining("is '2012-02' meant?");
    assertThatThrownBy(() -> months.parse("2011-02-17", NOW)).hasMessageEndingWith("yyyy-MM");
    assertThatThrownBy(() -> months.parse("then", NOW)).hasMessageEndingWith("yyyy-MM");
    assertThatThrownBy(() -> monthByCity.parse("new york|2012-02", NOW))
        .hasMessageContaining("is 'New York' meant?");
  }

  @Test
  @Tag("C50")
  void saysWhenTheFirstPartitionWillBeThere() {
    assertThatThrownBy(() -> PartitionsDefinition.daily("2050-01-01").parse("2050-01-01", NOW))
        .hasMessage(
            "partition '2050-01-01' is not a day that is a partition by now: the first, '2050-01-01', ends at 2050-01-02T00:00:00Z");
  }

  @Test
  void readsAKeyOfSeveralDimensionsFromTextAndFromAMap() {
    assertThat(monthByCity.parse("New York|2012-02")).isEqualTo(cityAndDate("New York", "2012-02"));
    assertThat(monthByCity.key(Map.of("city", "New York", "date", "2012-02"), NOW))
        .isEqualTo(cityAndDate("New York", "2012-02"));
    assertThat(months.key(Map.of("date", "2012-02"))).isEqualTo(PartitionKey.of("2012-02"));
    assertThatThrownBy(() -> monthByCity.parse("2012-02"))
        .hasMessageContaining("has 1 of the dimensions city|date");
    assertThatThrownBy(() -> monthByCity.parse("Paris|2012-02"))
        .hasMessage(
            "partition 'Paris|2012-02' is none: city 'Paris' is not one of 'Seattle', 'New York'");
    assertThatThrownBy(() -> monthByCity.parse("Seattle|2012-04", NOW))
        .hasMessage(
            "partition 'Seattle|2012-04' is none: date '2012-04' is not a month from '2012-01' to '2012-03', written as yyyy-MM");
    assertThatThrownBy(() -> monthByCity.key(Map.of("city", "Seattle")))
        .hasMessageContaining("has not the dimensions 'city', 'date'; it lacks 'date'");
    assertThatThrownBy(() -> months.key(Map.of("month", "2012-02")))
        .hasMessageContaining(
            "has not the dimensions 'date'; it lacks 'date'; it has no use for 'month'");
    assertThatThrownBy(() -> monthByCity.parse("Seattle\\|2012-02"))
        .isInstanceOf(StowageException.class);
    assertThat(monthByCity.contains(PartitionKey.of("Seattle"), NOW)).isFalse();
    assertThat(
            monthByCity.contains(
                PartitionKey.of(Map.of("city", "Seattle", "month", "2012-02")), NOW))
        .isFalse();
  }

  @Test
  void readsBackEveryKeyOfHostileComponents() {
    var hostile =
        PartitionsDefinition.ofStatic(
                "|", "\\", "a|b", "\\|", "/etc/passwd", "../x", "%7C", "ünï", "a b")
            .named("a");
    var definition = PartitionsDefinition.multi(Map.of("a", hostile, "b", hostile, "c", CITIES));

    assertThat(definition.keys(NOW))
        .hasSize(9 * 9 * 2)
        .allSatisfy(key -> assertThat(definition.parse(key.text())).isEqualTo(key));
  }

  @Test
  void givesTheRangeInEachDimension() {
    assertThat(
            texts(
                monthByCity.keysBetween(
                    cityAndDate("Seattle", "2012-02"), cityAndDate("New York", "2012-03"), NOW)))
        .containsExactly(
            "Seattle|2012-02", "Seattle|2012-03", "New York|2012-02", "New York|2012-03");
    assertThatThrownBy(
            () ->
                monthByCity.keysBetween(
                    cityAndDate("New York", "2012-02"), cityAndDate("Seattle", "2012-03"), NOW))
        .hasMessageContaining("ends before it begins");
  }

  @Test
  void hasNoWindowWithoutExactlyOneDimensionOfTime() {
    var forecasts = PartitionsDefinition.multi(Map.of("made", months, "of", months));

    assertThat(CITIES.window(PartitionKey.of("Seattle"))).isEmpty();
    assertThat(forecasts.window(PartitionKey.of(Map.of("made", "2012-01", "of", "2012-02"))))
        .isEmpty();
    assertThatThrownBy(() -> months.window(PartitionKey.of("2013-01")))
        .hasMessageStartingWith("partition '2013-01' is not a month");
  }

  @Test
  void refusesDimensionsInsideDimensionsAndFewerThanTwo() {
    assertThatThrownBy(() -> PartitionsDefinition.multi(Map.of("a", monthByCity, "b", CITIES)))
        .hasMessageContaining("has several dimensions itself");
    assertThatThrownBy(() -> PartitionsDefinition.multi(Map.of("a", CITIES)))
        .hasMessageContaining("need two at least");
    assertThatThrownBy(() -> PartitionsDefinition.multi(Map.of("a|b", CITIES, "c", CITIES)))
        .hasMessageStartingWith("a dimension cannot be named");
  }

  @Test
  void doesNotListMoreThanAMillionCombinations() {
    var hours = PartitionsDefinition.hourly("2000-01-01").until("2020-01-01");
    var definition = PartitionsDefinition.multi(Map.of("a", hours, "b", hours));

    assertThat(definition.count(NOW)).isEqualTo(175_320L * 175_320L);
    assertThatThrownBy(() -> definition.keys(NOW)).hasMessageContaining("too many to list");
  }
}
