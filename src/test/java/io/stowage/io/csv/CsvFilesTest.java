package io.stowage.io.csv;

import static io.stowage.fixture.Contexts.external;
import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Alias;
import io.stowage.api.ErrorCode;
import io.stowage.api.GenericType;
import io.stowage.api.StowageException;
import io.stowage.fixture.RecordedOutput;
import io.stowage.fixture.StoreSettings;
import io.stowage.store.ObjectKey;
import io.stowage.store.WriteOptions;
import io.stowage.store.memory.MemoryObjectStore;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV as others write it, and its corners. */
@Tag("C56")
class CsvFilesTest {
  record Row(int id, @Nullable String name) {}

  record Name(@Nullable String name) {}

  record Maybe(Optional<String> name, Optional<Integer> size, String text) {}

  enum Size {
    SMALL,
    LARGE {
      @Override
      public String toString() {
        return "SMALL";
      }
    }
  }

  record Small(
      byte one,
      char letter,
      Character other,
      Size size,
      Period period,
      YearMonth month,
      OffsetDateTime at,
      Duration took) {}

  private static final Type ROWS = generic(List.class, Row.class);
  private static final Type NAMES = generic(List.class, Name.class);

  private final MemoryObjectStore store = new MemoryObjectStore("test");
  private final CsvIoManager manager =
      new CsvIoManager(store, StoreSettings.of(CsvSettings.class, Map.of()));

  private @Nullable Object loaded(byte[] bytes, Type type) throws Exception {
    try (var writer = store.create(ObjectKey.of("in.csv"), WriteOptions.overwrite())) {
      writer.stream().write(bytes);
      writer.commit();
    }
    return manager.loadInput(external(type, "in"));
  }

  private @Nullable Object loaded(String csv, Type type) throws Exception {
    return loaded(csv.getBytes(UTF_8), type);
  }

  private void refused(String csv, String... words) {
    assertThatThrownBy(() -> loaded(csv, ROWS))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
        .hasMessageContaining("in.csv")
        .hasMessageContainingAll(words);
  }

  private Object again(Type type, Object value) throws Exception {
    RecordedOutput context = output("a/b", type);
    manager.handleOutput(context, value);
    return Objects.requireNonNull(manager.loadInput(input(type, context)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,name\n1,tea\n2,\n",
        "id,name\r\n1,tea\r\n2,\r\n",
        "id,name\r1,tea\r2,\r",
        "\uFEFFid,name\n1,tea\n2,",
        "\uFEFF\"id\",\"name\"\n1,\"tea\"\n2,",
        "\n\nid,name\n\n1,tea\n2,\n\n\n",
        "name,extra,id\ntea,x,1\n,y,2\n",
        " id , NAME \n 1 ,tea\n 2,\n",
        "id,name\n1,tea,\n2,,\n",
        "id,name,other,other\n1,tea,1,2\n2,,3,4\n"
      })
  void readsWhatOthersWrite(String csv) throws Exception {
    assertThat(loaded(csv, ROWS)).isEqualTo(List.of(new Row(1, "tea"), new Row(2, null)));
  }

  @Test
  void tellsNothingFromAnEmptyText() throws Exception {
    assertThat(loaded("id,name\n1,\n2,\"\"\n", ROWS))
        .isEqualTo(List.of(new Row(1, null), new Row(2, "")));
    var maybe =
        List.of(
            new Maybe(Optional.of(""), Optional.empty(), ""),
            new Maybe(Optional.empty(), Optional.of(1), "x"));
    assertThat(again(generic(List.class, Maybe.class), maybe)).isEqualTo(maybe);
  }

  @Test
  void keepsRowsOfASingleColumn() throws Exception {
    var names =
        List.of(new Name("a"), new Name(null), new Name(""), new Name(null), new Name("\n"));
    assertThat(again(NAMES, names)).isEqualTo(names);
    assertThat(again(NAMES, List.of(new Name(null)))).isEqualTo(List.of(new Name(null)));
  }

  @Test
  void takesMissingColumnsThatMayBeNullAndNoOthers() throws Exception {
    assertThat(loaded("id\n1\n", ROWS)).isEqualTo(List.of(new Row(1, null)));
    assertThat(loaded("id,name\n", ROWS)).isEqualTo(List.of());
    assertThat(loaded("id,name", ROWS)).isEqualTo(List.of());
    refused("name\ntea\n", "'id'", "[name]");
    refused("", "empty");
    refused("\uFEFF", "empty");
    refused("\n\n", "empty");
  }

  @Test
  void refusesAHeaderThatCouldMeanSeveral() {
    refused("id,name,id\n1,tea,2\n", "more than one", "'id'", "[id, name, id]");
    refused("ID,name,I_d\n1,tea,2\n", "more than one", "'id'");
  }

  @Test
  void refusesRowsOfAnotherLength() {
    refused("id,name\n1,tea\n2,a,b\n", "line 3 has 3 fields, and the header 2");
    refused("id,name\n1,\"a\nb\"\n2\n", "line 4 has 1 fields, and the header 2", "'name'");
  }

  @Test
  void refusesWhatIsNoCsvOrNoUtf8() {
    refused("id,name\n1,\"tea\n2,x\n", "line");
    refused("id,name\n1,\"tea\"x\n", "line");
    assertThatThrownBy(() -> loaded("id,name\n1,thé\n".getBytes(ISO_8859_1), ROWS))
        .hasMessageContainingAll("in.csv", "not UTF-8");
  }

  @Test
  void keepsALongText() throws Exception {
    var rows = List.of(new Row(1, "\"x\n,é".repeat(1_000_000)));
    assertThat(again(ROWS, rows)).isEqualTo(rows);

    var tooLong = List.of(new Row(0, "a"), new Row(1, "x".repeat(9_000_000)));
    assertThatThrownBy(() -> again(ROWS, tooLong))
        .hasMessageContainingAll("record 2", "'name'", "9000000 characters");
  }

  @Test
  void keepsSmallTypesAndEnumsByTheirNames() throws Exception {
    var small =
        new Small(
            Byte.MIN_VALUE,
            ' ',
            '"',
            Size.LARGE,
            Period.ofMonths(3),
            YearMonth.of(2012, 3),
            OffsetDateTime.parse("2012-03-01T12:00:00.000000001+02:00"),
            Duration.ofNanos(-1));
    assertThat(again(generic(List.class, Small.class), List.of(small))).isEqualTo(List.of(small));
  }

  record Renamed(@Alias({"number", "id"}) int key, @Alias("name") String title) {}

  @Test
  @Tag("C55")
  void findsColumnsUnderTheNamesThatTheyHadBefore() throws Exception {
    assertThat(loaded("id,name\n1,tea\n", generic(List.class, Renamed.class)))
        .isEqualTo(List.of(new Renamed(1, "tea")));
    assertThat(loaded("name,title,key,id\na,b,1,2\n", generic(List.class, Renamed.class)))
        .isEqualTo(List.of(new Renamed(1, "b")));
  }

  record Flag(boolean flag, double number) {}

  @Test
  void readsTruthAndNumbersAsOtherToolsWriteThem() throws Exception {
    assertThat(
            loaded(
                "flag,number\nTrue,1e3\nFALSE,-.5\ntrue, NaN\n", generic(List.class, Flag.class)))
        .isEqualTo(
            List.of(new Flag(true, 1000), new Flag(false, -0.5), new Flag(true, Double.NaN)));
  }

  @Test
  void untypedRowsLoseNoColumn() throws Exception {
    var rows = (java.util.stream.Stream<?>) loaded("a,a,\n1,2,3,4\n5\n", GenericType.ROWS);
    try (rows) {
      assertThat(rows.toList())
          .hasToString(
              Arrays.asList(
                      "{a=1, column 2=2, column 3=3, column 4=4}",
                      "{a=5, column 2=null, column 3=null}")
                  .toString());
    }
  }
}
