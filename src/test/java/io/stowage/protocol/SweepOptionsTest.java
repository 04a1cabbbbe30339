package io.stowage.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.StowageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C51")
class SweepOptionsTest {
  @Test
  void readsDurationsInBothForms() {
    for (String text : List.of("30d", "30 d", "P30D", "720h", "PT720H", "43200m", "2592000s")) {
      assertThat(SweepOptions.of(Map.of("older-than", text)).olderThan())
          .as(text)
          .isEqualTo(Duration.ofDays(30));
    }
    assertThat(SweepOptions.of(Map.of("grace", "2w")).grace()).isEqualTo(Duration.ofDays(14));
    assertThat(SweepOptions.of(Map.of("grace", "0s")).grace()).isZero();
    assertThat(SweepOptions.of(Map.of("older_than", "1d", "dry_run", true)))
        .isEqualTo(SweepOptions.of(Map.of("older-than", "24h", "dry-run", "true")));
  }

  @Test
  void hasDefaults() {
    var defaults = SweepOptions.of(Map.of());
    assertThat(defaults).isEqualTo(SweepOptions.DEFAULTS);
    assertThat(defaults.keep()).as("the manager's own").isNull();
    assertThat(defaults.kept()).isEqualTo(3);
    assertThat(defaults.dryRun()).isFalse();
  }

  @Test
  void comesBackFromARunAsItWas() {
    var options =
        SweepOptions.of(
            Map.of("keep", 7, "older-than", "36h", "dry-run", true, "orphan-grace", "PT5M"));
    assertThat(SweepOptions.of(options.toData())).isEqualTo(options);
    assertThat(Json.read(Json.text(options), SweepOptions.class)).isEqualTo(options);
  }

  @Test
  void namesTheOptionThatIsWrong() {
    for (String name : List.of("older-than", "grace", "orphan-grace", "keep", "dry-run")) {
      assertThatThrownBy(() -> SweepOptions.of(Map.of(name, "later")))
          .isInstanceOf(StowageException.class)
          .hasMessageContainingAll("'" + name + "'", "'later'");
    }
    assertThatThrownBy(() -> SweepOptions.of(Map.of("kept", 3)))
        .hasMessageContainingAll("'kept'", "keep", "orphan-grace");
    assertThatThrownBy(() -> SweepOptions.of(Map.of("keep", 0))).hasMessageContaining("current");
    assertThatThrownBy(() -> SweepOptions.of(Map.of("grace", "999999999w")))
        .isInstanceOf(StowageException.class);
  }

  @Test
  void aSpecOfBeforeThereWereKindsIsOfAssets() {
    var spec =
        Json.read(
            "{\"job_name\": \"assets\", \"assets\": [], \"partitions\": [], \"overrides\": {}, \"tags\": {}}",
            RunSpec.class);
    assertThat(spec.kind()).isEqualTo("asset");
    assertThat(spec.options()).isEmpty();
  }
}
