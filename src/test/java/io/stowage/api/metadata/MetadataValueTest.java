package io.stowage.api.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stowage.api.ErrorCode;
import io.stowage.api.Output;
import io.stowage.api.StowageException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("C14")
class MetadataValueTest {
  private static Arguments value(Object value, String message) {
    return Arguments.of(value, message);
  }

  static Stream<Arguments> refused() {
    var itself = new ArrayList<Object>();
    itself.add(itself);
    var columns = List.of("id", "sum");
    return Stream.of(
        value(Double.NaN, "'float' cannot be NaN"),
        value(Float.POSITIVE_INFINITY, "'float' cannot be Infinity"),
        value(new MetadataValue.Float(Double.NaN), "'float' cannot be NaN"),
        value(Map.of("a", List.of(Double.NaN)), "'json' cannot hold NaN"),
        value(MetadataValue.json(Float.NEGATIVE_INFINITY), "'json' cannot hold -Infinity"),
        value(MetadataValue.json(new Object()), "'json' cannot hold a java.lang.Object"),
        value(itself, "'json' cannot be nested more than 100 deep, or contain itself"),
        value("a\0b", "'text' cannot hold the character U+0000"),
        value(Map.of("a\0", 1), "'json' cannot hold the character U+0000"),
        value(URI.create("no/scheme"), "'url' cannot have the value 'no/scheme', which has no"),
        value(
            MetadataValue.table(columns, List.of(List.of(1, 2), List.of(3))),
            "'table' cannot have 2 columns and, as row 2, one of 1 values"),
        value(
            MetadataValue.table(columns, List.of(List.of(1, Double.NaN))),
            "'table' cannot hold NaN in column 'sum' of row 1"),
        value(
            MetadataValue.table(columns, List.of(List.of(1, List.of()))),
            "'table' cannot hold a java.util"),
        value(
            MetadataValue.table(List.of("id", "id"), List.of()),
            "'table' cannot have the column 'id' twice"),
        value(MetadataValue.table(List.of(" "), List.of()), "'table' cannot be blank"),
        value(MetadataValue.tableSchema(Map.of("id", "")), "'table_schema' cannot be blank"),
        value(
            MetadataValue.columnLineage(Map.of("id", List.of("orders.id"))),
            "'column_lineage' cannot name the column 'orders.id': write asset/key:column"),
        value(MetadataValue.run(" "), "'run' cannot be blank"),
        value(MetadataValue.path(""), "'path' cannot be blank"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesNamingLabelAndType(Object value, String message) {
    assertThatExceptionOfType(StowageException.class)
        .isThrownBy(() -> Output.of(1).with("total", value))
        .withMessageStartingWith("metadata 'total' of type " + message)
        .extracting(StowageException::code)
        .isEqualTo(ErrorCode.TYPE_MISMATCH);
  }

  @Test
  void refusesWhatItHasNoKindFor() {
    assertThatExceptionOfType(StowageException.class)
        .isThrownBy(() -> MetadataValue.of("total", new Object()))
        .withMessageStartingWith("metadata 'total' cannot represent java.lang.Object");
  }

  @Test
  void refusesTextThatIsNoUrl() {
    assertThatExceptionOfType(StowageException.class)
        .isThrownBy(() -> MetadataValue.url("http://a b"))
        .withMessageStartingWith("metadata of type 'url' cannot have the value 'http://a b'");
  }

  @ParameterizedTest
  @MethodSource("labels")
  @SuppressWarnings("NullAway") // whoever does not check may give null
  void refusesALabelThatIsNone(@Nullable String label) {
    assertThatExceptionOfType(StowageException.class)
        .isThrownBy(() -> MetadataValue.of(label, 1))
        .withMessageContaining("label");
  }

  static Stream<Arguments> labels() {
    return Stream.of(null, "", " ", "a\0", "a\nb", "x".repeat(256)).map(Arguments::of);
  }

  @Test
  void keepsWhatHasAPlainForm() {
    assertThat(MetadataValue.of("a", Set.of(1))).isEqualTo(new MetadataValue.Json(List.of(1)));
    assertThat(MetadataValue.of("a", Duration.ofSeconds(5)))
        .isEqualTo(new MetadataValue.Text("PT5S"));
    assertThat(MetadataValue.of("a", null)).isEqualTo(new MetadataValue.Null());
    var table =
        MetadataValue.of(
            "a",
            MetadataValue.table(
                List.of("at", "note"), List.of(Arrays.asList(Instant.EPOCH, null))));
    assertThat(table)
        .isEqualTo(
            new MetadataValue.Table(
                List.of("at", "note"), List.of(Arrays.asList("1970-01-01T00:00:00Z", null))));
    assertThat(MetadataValue.fromData(table.toData())).isEqualTo(table);
  }
}
