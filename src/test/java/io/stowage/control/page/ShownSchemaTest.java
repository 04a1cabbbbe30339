package io.stowage.control.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.control.ledger.MaterializationHistory.StoredSchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShownSchemaTest {
  private static StoredSchema stored(int day, Map<String, String> columns) {
    return new StoredSchema(
        new UUID(1, day), Instant.EPOCH.plusSeconds(day * 86_400L), new TreeMap<>(columns));
  }

  @Test
  void tellsWhatEachRunChanged() {
    var schema =
        ShownSchema.of(
            List.of(
                stored(3, Map.of("id", "long", "name", "string")),
                stored(2, Map.of("id", "int", "name", "string", "old", "string")),
                stored(1, Map.of("id", "int", "old", "string"))));
    assertThat(schema.columns()).extracting(ShownSchema.Column::name).containsExactly("id", "name");
    assertThat(schema.changes())
        .extracting(ShownSchema.Change::says)
        .containsExactly(List.of("id: int → long", "− old string"), List.of("+ name string"));
    assertThat(schema.changes())
        .extracting(ShownSchema.Change::run)
        .containsExactly(new UUID(1, 3), new UUID(1, 2));
  }

  @Test
  void whatHasNoSchemaHasNoColumns() {
    assertThat(ShownSchema.of(List.of()).columns()).isEmpty();
  }
}
