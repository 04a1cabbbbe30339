package io.stowage.api.partition;

import static io.stowage.api.partition.PartitionsFixture.CITIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stowage.api.partition.PartitionMapping.AllPartitions;
import io.stowage.api.partition.PartitionMapping.Automatic;
import io.stowage.api.partition.PartitionMapping.Custom;
import io.stowage.api.partition.PartitionMapping.DimensionMapping;
import io.stowage.api.partition.PartitionMapping.DimensionToSingle;
import io.stowage.api.partition.PartitionMapping.Identity;
import io.stowage.api.partition.PartitionMapping.LastPartition;
import io.stowage.api.partition.PartitionMapping.PerDimension;
import io.stowage.api.partition.PartitionMapping.SpecificPartitions;
import io.stowage.api.partition.PartitionMapping.StaticMapping;
import io.stowage.api.partition.PartitionMapping.TimeWindows;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionDataTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<PartitionsDefinition> definitions() {
    var days =
        PartitionsDefinition.daily("2024-01-01T06:00")
            .until("2025-01-01")
            .in(ZoneId.of("Europe/Vienna"))
            .format("yyyyMMdd")
            .endOffset(-1)
            .beginning(0, 6, 30)
            .named("day");
    return Stream.of(
        CITIES,
        PartitionsDefinition.ofStatic("a|b", "\\", "ü"),
        PartitionsDefinition.dynamic("customers"),
        days,
        PartitionsDefinition.hourly("2024-01-01"),
        PartitionsDefinition.weekly("2024-01-01").beginning(6, 0, 0),
        PartitionsDefinition.monthly("2012-01").endOffset(1),
        PartitionsDefinition.cron("0 6 * * MON-FRI", "2024-01-01"),
        PartitionsDefinition.multi(
            Map.of(
                "city",
                CITIES,
                "customer",
                PartitionsDefinition.dynamic("customers"),
                "date",
                days)));
  }

  static Stream<PartitionMapping> mappings() {
    return Stream.of(
        new Automatic(),
        new Identity(),
        new AllPartitions(),
        new LastPartition(),
        new SpecificPartitions(List.of("b", "a")),
        new TimeWindows(-2, 1),
        new DimensionToSingle("date", new TimeWindows(-1, 0)),
        new PerDimension(
            Map.of(
                "date",
                new DimensionMapping("day", new Automatic()),
                "city",
                new DimensionMapping("place", new Identity()))),
        StaticMapping.of(Map.of("a", List.of("y", "x"), "b", List.of())),
        new Custom("com.example.Fiscal"));
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void definitionsTravelAsJson(PartitionsDefinition definition) throws Exception {
    assertThat(PartitionsDefinition.fromData(travelled(definition.toData())))
        .isEqualTo(definition)
        .hasSameHashCodeAs(definition);
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void mappingsTravelAsJson(PartitionMapping mapping) throws Exception {
    assertThat(PartitionMapping.fromData(travelled(mapping.toData()))).isEqualTo(mapping);
  }

  private static Map<String, Object> travelled(Map<String, Object> data) throws Exception {
    return JSON.readValue(JSON.writeValueAsString(data), new TypeReference<>() {});
  }

  @Test
  void refusesDataThatIsNoDefinitionOrMapping() {
    assertThatThrownBy(() -> PartitionsDefinition.fromData(Map.of()))
        .hasMessage("partitions definition cannot be of type ''");
    assertThatThrownBy(
            () ->
                PartitionsDefinition.fromData(
                    Map.of("type", "time", "unit", "year", "start", "2012")))
        .hasMessage("there are no windows of 'year', but of hour, day, week and month");
    assertThatThrownBy(() -> PartitionsDefinition.fromData(Map.of("type", "time", "unit", "day")))
        .hasMessage("partitions definition has no 'start'");
    assertThatThrownBy(
            () -> PartitionsDefinition.fromData(Map.of("type", "static", "keys", List.of(1))))
        .hasMessageContaining("not as it should be");
    assertThatThrownBy(() -> PartitionMapping.fromData(Map.of("type", "magic")))
        .hasMessage("partition mapping cannot be of type 'magic'");
  }
}
