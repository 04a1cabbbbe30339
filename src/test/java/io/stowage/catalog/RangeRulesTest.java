package io.stowage.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C47")
class RangeRulesTest {
  private static final String PARTITIONED = "io.stowage.api.Partitioned";
  private static final int SINGLE = Integer.MAX_VALUE;

  private static String stored(String returned, int most) {
    return RangeRules.stored(DeclaredType.parse(returned), most).toString();
  }

  @Test
  void readsThePolicy() {
    assertThat(RangeRules.maxPartitionsPerRun("MULTI_RUN", 1)).isEqualTo(1);
    assertThat(RangeRules.maxPartitionsPerRun("MULTI_RUN", 7)).isEqualTo(7);
    assertThat(RangeRules.maxPartitionsPerRun("SINGLE_RUN", 1)).isEqualTo(SINGLE);
    assertThatThrownBy(() -> RangeRules.maxPartitionsPerRun("MULTI_RUN", 0))
        .hasMessageContaining("one partition at least");
    assertThatThrownBy(() -> RangeRules.maxPartitionsPerRun("SINGLE_RUN", 3))
        .hasMessageContaining("maxPartitionsPerRun = 3");
  }

  @Test
  void findsTheTypeOfOnePartition() {
    assertThat(stored("java.util.Map<java.lang.String,a.Row>", SINGLE)).isEqualTo("a.Row");
    assertThat(
            stored(
                "java.util.Map<java.lang.String,io.stowage.api.Output<java.util.List<a.Row>>>", 2))
        .isEqualTo("java.util.List<a.Row>");
    assertThat(stored("java.util.Map<java.lang.String,java.util.Optional<a.Row>>", 2))
        .isEqualTo("java.util.Optional<a.Row>");
    assertThat(stored("java.util.stream.Stream<" + PARTITIONED + "<a.Row>>", 2))
        .isEqualTo("java.util.stream.Stream<a.Row>");
    assertThat(stored("void", 2)).isEqualTo("void");
    assertThat(stored("java.util.List<a.Row>", 1)).isEqualTo("java.util.List<a.Row>");
  }

  @Test
  void refusesWhatDoesNotSayThePartition() {
    assertThatThrownBy(() -> stored("java.util.List<a.Row>", 2))
        .hasMessageContaining("not a List<Row>");
    assertThatThrownBy(() -> stored("java.util.Map<java.lang.Long,a.Row>", 2))
        .hasMessageContaining("not a Map<Long, Row>");
    assertThatThrownBy(() -> stored("java.util.stream.Stream<" + PARTITIONED + "<a.Row>>", 1))
        .hasMessageContaining("@BackfillPolicy");
  }
}
