package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.ErrorCode;
import io.stowage.fixture.RecordingIoManager;
import io.stowage.io.csv.CsvIoManager;
import io.stowage.io.csv.CsvSettings;
import io.stowage.store.memory.MemoryObjectStore;
import io.stowage.testing.Failure;
import io.stowage.testing.Materialize;
import io.stowage.testing.Materialized;
import io.stowage.testing.Settings;
import jakarta.enterprise.inject.Vetoed;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of which one is something else: a raw type hides that from the compiler. */
class MixedElementsTest {
  record Order(String id, long amount) {}

  private static final Order ORDER = new Order("a", 1);

  @Vetoed
  @AssetGroup
  static class Mixed {
    @Asset
    List<Order> list() {
      return raw(List.of(ORDER, "b"));
    }

    @Asset
    Stream<Order> stream() {
      return raw(Stream.of(ORDER, ORDER, "b"));
    }

    @Asset
    Map<String, List<Order>> towns() {
      return raw(Map.of("Basel", List.of(ORDER, 5)));
    }

    @Asset
    Map<String, Object> keys() {
      return raw(Map.of(5, "five"));
    }

    @Asset
    List<List<Order>> nested() {
      return raw(List.of(List.of(), List.of("b")));
    }

    final List<Integer> asked = new ArrayList<>();

    @Asset
    List<Order> lazy() {
      return raw(
          new AbstractList<Object>() {
            @Override
            public Object get(int index) {
              asked.add(index);
              return index == 1 ? "b" : ORDER;
            }

            @Override
            public int size() {
              return 3;
            }
          });
    }

    @Asset
    List<Long> whole() {
      return raw(List.of(1L, 2));
    }
  }

  @Vetoed
  @AssetGroup
  static class Read {
    boolean called;

    @Asset
    List<Object> anything() {
      return List.of(ORDER, "b");
    }

    @Asset
    long rows(List<Order> anything) {
      called = true;
      return anything.size();
    }

    @Asset
    long streamed(Stream<Order> anything) {
      return anything.mapToLong(Order::amount).sum();
    }

    @Asset
    List<Integer> counts() {
      return List.of(1, 2);
    }

    @Asset
    double sum(List<Double> counts) {
      return counts.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T> T raw(Object value) {
    return (T) value;
  }

  private static Failure failure(Materialized result) {
    assertThat(result.failures()).hasSize(1);
    return result.failures().getFirst();
  }

  @ParameterizedTest
  @Tag("C16")
  @CsvSource(
      delimiter = '|',
      value = {
        "list|is a List<Order>, but element [1] is a java.lang.String, not a ",
        "stream|is a Stream<Order>, but element [2] is a java.lang.String, not a ",
        "towns|but element [1] of the value of 'Basel' is a java.lang.Integer, not a ",
        "keys|is a Map<String, Object>, but the key '5' is a java.lang.Integer, not a java.lang.String",
        "nested|but element [0] of element [1] is a java.lang.String, not a ",
        "whole|is a List<Long>, but element [1] is a java.lang.Integer, not a java.lang.Long"
      })
  void anElementOfAnotherTypeIsRefusedAndNothingIsStored(String asset, String message) {
    var result = Materialize.assets(Mixed.class).select(asset).run();
    assertThat(failure(result).code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(failure(result).message()).contains("output 'result'", message);
    assertThat(result.materializations()).isEmpty();
  }

  @Test
  @Tag("C16")
  void aListThatComputesItsElementsIsAskedForEachOnceAsItIsStored() {
    var mixed = new Mixed();
    var sheets =
        new CsvIoManager(new MemoryObjectStore("s"), Settings.of(CsvSettings.class, Map.of()));
    var result = Materialize.assets(mixed).manager("default", sheets).select("lazy").run();
    assertThat(failure(result).message()).contains("element [1] is a java.lang.String");
    assertThat(mixed.asked).containsExactly(0, 1);
    assertThat(result.materializations()).isEmpty();
  }

  @Test
  @Tag("C16")
  void theManagerIsNotEvenAskedToStoreAList() {
    var manager = new RecordingIoManager();
    Materialize.assets(Mixed.class).manager("default", manager).select("list").run();
    assertThat(manager.stores()).isEmpty();
  }

  @Test
  @Tag("C31")
  void anElementThatWasLoadedIsRefusedBeforeTheBodyRuns() {
    var read = new Read();
    var result = Materialize.assets(read).select("anything", "rows").run();
    assertThat(failure(result).code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(failure(result).message())
        .contains("input 'anything' is a java.util.List<")
        .contains("but element [1] is a java.lang.String, not a ");
    assertThat(read.called).isFalse();
  }

  @Test
  @Tag("C31")
  void ofAStreamItIsRefusedWhereItPasses() {
    var result = Materialize.assets(Read.class).select("anything", "streamed").run();
    assertThat(failure(result).message())
        .contains("input 'anything' is a java.util.stream.Stream<")
        .contains("but element [1] is a java.lang.String, not a ");
  }

  @Test
  @Tag("C31")
  void numbersOfRowsAreWidenedAsOneNumberIs() {
    var result = Materialize.assets(Read.class).select("counts", "sum").run().orThrow();
    assertThat(result.value("sum")).isEqualTo(3.0);
  }
}
