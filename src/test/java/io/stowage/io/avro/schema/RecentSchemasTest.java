package io.stowage.io.avro.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaParseException;
import org.junit.jupiter.api.Test;

class RecentSchemasTest {
  private final List<String> made = new ArrayList<>();
  private final RecentSchemas<String> schemas =
      new RecentSchemas<>(
          name -> {
            made.add(name);
            return SchemaBuilder.record(name).fields().endRecord();
          });

  @Test
  void makesASchemaOnce() {
    Schema first = schemas.of("Order");
    assertThat(schemas.of("Order")).isSameAs(first);
    assertThat(schemas.of("Item")).isNotEqualTo(first);
    assertThat(made).containsExactly("Order", "Item");
  }

  @Test
  void forgetsWhatWasUsedLongestAgo() {
    for (int i = 0; i < RecentSchemas.MOST; i++) {
      schemas.of("Of" + i);
    }
    schemas.of("Of0");
    schemas.of("OneMore");
    made.clear();

    schemas.of("Of0");
    schemas.of("OneMore");
    schemas.of("Of1");

    assertThat(made).containsExactly("Of1");
  }

  @Test
  void keepsNoFailure() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> schemas.of("no name"))
          .isInstanceOf(SchemaParseException.class)
          .hasMessageContaining("no name");
    }
    assertThat(made).containsExactly("no name", "no name");
  }
}
