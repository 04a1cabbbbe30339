package io.stowage.io.flat;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.IoManager;
import io.stowage.api.StowageException;
import io.stowage.fixture.RecordedOutput;
import io.stowage.fixture.StoreSettings;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.io.csv.CsvIoManager;
import io.stowage.io.csv.CsvSettings;
import io.stowage.store.ObjectStore;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With fixed names a reader is given what the ledger knows, or is told what it found. */
@Tag("C51")
abstract class FlatLayoutContract {
  record Reading(String city, double mean) {}

  private static final Type LIST = generic(List.class, Reading.class);
  private static final Type STREAM = generic(Stream.class, Reading.class);

  abstract ObjectStore store();

  private IoManager manager(String format) {
    var flat = Map.of("layout", "flat", "prefix", getClass().getSimpleName());
    return format.equals("avro")
        ? new AvroIoManager(store(), StoreSettings.of(AvroSettings.class, flat))
        : new CsvIoManager(store(), StoreSettings.of(CsvSettings.class, flat));
  }

  private static RecordedOutput stored(IoManager manager, String asset, double mean)
      throws Exception {
    var context = output(asset, LIST, "2012-03");
    manager.handleOutput(context, List.of(new Reading("Basel", mean)));
    return context;
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "csv"})
  void readsTheObjectThatTheLedgerKnows(String format) throws Exception {
    var manager = manager(format);
    stored(manager, "flat/known", 1);
    var second = stored(manager, "flat/known", 2);

    assertThat(second.object().location().toString()).endsWith("flat/known/@2012-03." + format);
    assertThat(manager.loadInput(input(LIST, second))).isEqualTo(List.of(new Reading("Basel", 2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "csv"})
  void namesBothEtagsOfAnObjectThatWasOverwritten(String format) throws Exception {
    var manager = manager(format);
    var first = stored(manager, "flat/overwritten", 1);
    var second = stored(manager, "flat/overwritten", 2);

    for (Type type : List.of(LIST, STREAM)) {
      assertThatThrownBy(() -> manager.loadInput(input(type, first)))
          .isInstanceOfSatisfying(
              StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
          .hasMessageContainingAll(
              "'flat/overwritten' partition '2012-03'",
              "'" + first.object().location() + "'",
              "'" + Objects.requireNonNull(first.object().etag()) + "'",
              "'" + Objects.requireNonNull(second.object().etag()) + "'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "csv"})
  void refusesOneOfSeveralThatWasOverwritten(String format) throws Exception {
    var manager = manager(format);
    var first = stored(manager, "flat/several", 1);
    var other = output("flat/several", LIST, "2012-04");
    manager.handleOutput(other, List.of(new Reading("Basel", 4)));
    stored(manager, "flat/several", 2);

    assertThatThrownBy(() -> manager.loadInput(input(LIST, other, first)))
        .hasMessageContainingAll("partition '2012-03'", "overwritten");
  }
}
