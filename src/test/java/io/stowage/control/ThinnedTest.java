package io.stowage.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinnedTest {
  @Test
  void aShortSeriesIsKept() {
    assertThat(Thinned.of(List.of(3, 1, 2), 4, Integer::doubleValue)).containsExactly(3, 1, 2);
  }

  @Test
  void aLongSeriesKeepsItsEndsAndItsPeaksInOrder() {
    List<Integer> series =
        IntStream.range(0, 10_000)
            .map(i -> i == 777 ? -5_000 : i == 4_321 ? 99_999 : i)
            .boxed()
            .toList();
    var thinned = Thinned.of(series, 100, Integer::doubleValue);
    assertThat(thinned).hasSizeLessThanOrEqualTo(100).hasSizeGreaterThan(90);
    assertThat(thinned.getFirst()).isZero();
    assertThat(thinned.getLast()).isEqualTo(9_999);
    assertThat(thinned).containsOnlyOnce(-5_000, 99_999);
    assertThat(thinned.stream().filter(each -> each >= 0 && each < 10_000)).isSorted();
  }

  @Test
  void aPlateauKeepsOneOfEachPart() {
    assertThat(Thinned.of(IntStream.range(0, 50).boxed().toList(), 10, _ -> 7)).hasSize(6);
  }
}
