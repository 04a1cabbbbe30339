package io.stowage.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.partition.CustomPartitionMapping;
import io.stowage.api.partition.PartitionMapping;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C44")
class MappingTextTest {
  private static PartitionMapping mapping(
      String word, List<String> partitions, String dimension, String... dimensions) {
    return new MappingText(word, -1, 0, partitions, dimension, List.of(dimensions), "").mapping();
  }

  @Test
  void readsMappingsOfDimensions() {
    assertThat(mapping("DIMENSION_TO_SINGLE", List.of(), "city"))
        .isEqualTo(
            new PartitionMapping.DimensionToSingle(
                "city", new PartitionMapping.TimeWindows(-1, 0)));
    assertThat(mapping("PER_DIMENSION", List.of(), "", "date=day", "city"))
        .isEqualTo(
            new PartitionMapping.PerDimension(
                Map.of(
                    "date",
                    new PartitionMapping.DimensionMapping("day", new PartitionMapping.Automatic()),
                    "city",
                    new PartitionMapping.DimensionMapping(
                        "city", new PartitionMapping.Automatic()))));
    assertThat(mapping("STATIC", List.of("a=x", "a=y=z"), ""))
        .isEqualTo(PartitionMapping.StaticMapping.of(Map.of("a", Set.of("x", "y=z"))));
  }

  @Test
  void refusesWhatSaysTooLittle() {
    assertThatThrownBy(() -> mapping("DIMENSION_TO_SINGLE", List.of(), ""))
        .hasMessageContaining("say 'dimension'");
    assertThatThrownBy(() -> mapping("PER_DIMENSION", List.of(), ""))
        .hasMessageContaining("say 'dimensions'");
    assertThatThrownBy(() -> mapping("STATIC", List.of(), "")).hasMessageContaining("no pairs");
    assertThatThrownBy(() -> mapping("STATIC", List.of("a"), "")).hasMessageContaining("'a'");
  }

  @Test
  void takesTheInterfaceItselfForNone() {
    String none = CustomPartitionMapping.class.getName();
    assertThat(new MappingText("ALL", 0, 0, List.of(), "", List.of(), none).mapping())
        .isEqualTo(new PartitionMapping.AllPartitions());
  }

  @Test
  void takesAMappingByCodeAlone() {
    assertThat(new MappingText("AUTOMATIC", 0, 0, List.of(), "", List.of(), "a.Mine").mapping())
        .isEqualTo(new PartitionMapping.Custom("a.Mine"));
    assertThatThrownBy(
            () -> new MappingText("ALL", 0, 0, List.of(), "", List.of(), "a.Mine").mapping())
        .hasMessage("partitions are mapped by ALL and by a.Mine: name one of them");
  }
}
