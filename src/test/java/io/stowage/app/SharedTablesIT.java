package io.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two outputs that come to the same table are told when a worker starts. */
@QuarkusTest
@TestProfile(SharedTablesIT.OneSchema.class)
class SharedTablesIT {
  /** The ops of a job, by two managers of one schema, in one database of two names. */
  public static class OneSchema implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.ofEntries(
          Map.entry("stowage.stores.a.type", "postgresql"),
          Map.entry("stowage.stores.a.url", "postgresql://warehouse.test/shop?sslmode=require"),
          Map.entry("stowage.stores.b.type", "postgresql"),
          Map.entry("stowage.stores.b.url", "jdbc:postgresql://warehouse.test:5432/shop"),
          Map.entry("stowage.io.lake.type", "table"),
          Map.entry("stowage.io.lake.store", "a"),
          Map.entry("stowage.io.lake.schema", "one"),
          Map.entry("stowage.io.sheets.type", "caching"),
          Map.entry("stowage.io.sheets.wraps", "kept"),
          Map.entry("stowage.io.kept.type", "table"),
          Map.entry("stowage.io.kept.store", "b"),
          Map.entry("stowage.io.kept.schema", "one"));
    }
  }

  @Inject WorkerChecks checks;

  @Test
  @Tag("C10")
  @Tag("C57")
  void twoOutputsOfOneTableAreToldAtTheStartWithBothNames() {
    assertThatThrownBy(checks::check)
        .isInstanceOfSatisfying(
            StowageException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("would both be stored in table one.result of store 'a': give one of")
        .hasMessageFindingMatch(
            "would both be stored in table one\\.\\w+ of stores 'a' and 'b', which are one database")
        .satisfies(
            e ->
                assertThat(e.getMessage().lines())
                    .filteredOn(line -> line.contains("one.result"))
                    .anySatisfy(
                        line ->
                            assertThat(line)
                                .contains("op output 'almanac/")
                                .contains("almanac/ranking")));
  }
}
