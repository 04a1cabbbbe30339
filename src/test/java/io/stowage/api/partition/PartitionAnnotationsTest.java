package io.stowage.api.partition;

import static io.stowage.api.partition.PartitionsFixture.CITIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionAnnotationsTest {
  @MonthlyPartitions(start = "2012-01", end = "2016-01")
  @StaticPartitions(
      dimension = "city",
      value = {"Seattle", "New York"})
  @interface MonthByCity {}

  @HourlyPartitions(start = "2024-01-01", minuteOffset = 15, dimension = "hour")
  @DailyPartitions(
      start = "2024-01-01T06:00",
      zone = "Europe/Vienna",
      format = "yyyyMMdd",
      endOffset = 1,
      hourOffset = 6,
      dimension = "day")
  @WeeklyPartitions(start = "2024-01-01", dayOffset = 6, dimension = "week")
  @CronPartitions(value = "0 6 * * 1", start = "2024-01-01", dimension = "cron")
  @DynamicPartitions(name = "customers")
  @interface Everything {}

  @Test
  void makeTheDefinitionsThatTheyStandFor() throws ReflectiveOperationException {
    assertThat(PartitionAnnotations.compose(read(MonthByCity.class)))
        .isEqualTo(
            PartitionsDefinition.multi(
                Map.of(
                    "city",
                    CITIES,
                    "date",
                    PartitionsDefinition.monthly("2012-01").until("2016-01"))));
    assertThat(PartitionAnnotations.compose(read(Everything.class)))
        .isEqualTo(
            PartitionsDefinition.multi(
                Map.of(
                    "hour", PartitionsDefinition.hourly("2024-01-01").beginning(0, 0, 15),
                    "day",
                        PartitionsDefinition.daily("2024-01-01T06:00")
                            .in(ZoneId.of("Europe/Vienna"))
                            .beginning(0, 6, 0)
                            .format("yyyyMMdd")
                            .endOffset(1),
                    "week", PartitionsDefinition.weekly("2024-01-01").beginning(6, 0, 0),
                    "cron", PartitionsDefinition.cron("0 6 * * 1", "2024-01-01"),
                    "key", PartitionsDefinition.dynamic("customers"))));
  }

  /** As a reader by reflection does: every member, with its default. */
  private static List<PartitionsDefinition> read(Class<?> annotated)
      throws ReflectiveOperationException {
    var definitions = new ArrayList<PartitionsDefinition>();
    for (Class<? extends Annotation> type : PartitionAnnotations.types()) {
      @Nullable Annotation annotation = annotated.getAnnotation(type);
      if (annotation != null) {
        var members = new HashMap<String, Object>();
        for (Method member : type.getDeclaredMethods()) {
          members.put(member.getName(), member.invoke(annotation));
        }
        definitions.add(PartitionAnnotations.definition(type.getSimpleName(), members));
      }
    }
    return definitions;
  }

  @Test
  void takeAbsentMembersForTheirDefaults() {
    assertThat(PartitionAnnotations.definition("DailyPartitions", Map.of("start", "2024")))
        .isEqualTo(PartitionsDefinition.daily("2024-01-01"));
    assertThat(
            PartitionAnnotations.definition(
                "StaticPartitions",
                Map.of("value", List.of("Seattle", "New York"), "dimension", "city")))
        .isEqualTo(CITIES);
    assertThat(PartitionAnnotations.definition("StaticPartitions", Map.of("value", "only")))
        .isEqualTo(PartitionsDefinition.ofStatic("only"));
    assertThat(PartitionAnnotations.compose(List.of(CITIES))).isEqualTo(CITIES);
    assertThat(PartitionAnnotations.compose(Map.of("town", CITIES)))
        .isEqualTo(CITIES.named("town"));
  }

  @Test
  void areRefusedWithASentence() {
    assertThatThrownBy(() -> PartitionAnnotations.definition("DailyPartitions", Map.of()))
        .hasMessage("@DailyPartitions has no 'start'");
    assertThatThrownBy(
            () ->
                PartitionAnnotations.definition(
                    "DailyPartitions", Map.of("start", "2024", "zone", "Vienna")))
        .hasMessage("there is no time zone 'Vienna': write one such as Europe/Vienna");
    assertThatThrownBy(
            () ->
                PartitionAnnotations.definition(
                    "CronPartitions", Map.of("start", "2024", "value", "daily")))
        .hasMessageStartingWith("cron 'daily' has not the five fields of a crontab");
    assertThatThrownBy(() -> PartitionAnnotations.definition("YearlyPartitions", Map.of()))
        .hasMessage("@YearlyPartitions is no annotation of partitions");
    assertThatThrownBy(() -> PartitionAnnotations.compose(List.of(CITIES, CITIES)))
        .hasMessage(
            "two dimensions of partitions are named 'city': name one of them by 'dimension'");
    assertThatThrownBy(() -> PartitionAnnotations.compose(List.of()))
        .hasMessage("there are no partitions to compose");
  }
}
