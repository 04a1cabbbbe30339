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

/** What a worker is told of its configuration before it starts. */
@QuarkusTest
@TestProfile(WorkerChecksIT.WrappingWhatOnlyLoads.class)
class WorkerChecksIT {
  public static class WrappingWhatOnlyLoads implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "stowage.io.outside.type", "only-loading",
          "stowage.io.lake.type", "caching",
          "stowage.io.lake.wraps", "kept",
          "stowage.io.kept.type", "caching",
          "stowage.io.kept.wraps", "outside",
          "stowage.io.sheets.type", "branching",
          "stowage.io.sheets.branch", "default",
          "stowage.io.sheets.parent", "outside");
    }
  }

  @Inject WorkerChecks checks;

  @Test
  @Tag("C10")
  void aWrapperAroundWhatOnlyLoadsIsToldAtTheStartByEachAssetThatItWouldStore() {
    assertThatThrownBy(checks::check)
        .isInstanceOfSatisfying(
            StowageException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining(
            "asset 'weather/monthly' is to be stored by IO manager 'lake', which only loads, since it stores by one that does")
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .as("a branch has its own store")
                    .doesNotContain("'sheets'"));
  }
}
