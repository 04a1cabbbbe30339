package io.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.build.FoundAssets.Found;
import io.stowage.catalog.build.FoundAssets.FoundDefinition;
import jakarta.enterprise.invoke.Invoker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C43")
class DefinitionsTest {
  private static final Invoker<Object, Object> NEVER =
      (_, _) -> {
        throw new AssertionError("an asset was called");
      };

  private static Found asset(String step, String definition) {
    return new Found(
        new AssetDeclaration(
            step,
            "Assets." + step,
            "",
            "default",
            "",
            Map.of(),
            0,
            Set.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.ofNullable(definition),
            1,
            Duration.ZERO,
            1,
            Optional.empty()),
        NEVER);
  }

  private static Definitions months(Invoker<Object, Object> method) {
    return new Definitions(List.of(new FoundDefinition("months", "Assets.months", method)));
  }

  @Test
  void asksEachMethodOnce() {
    var asked = new AtomicInteger();
    var months = PartitionsDefinition.monthly("2020-01");
    var defined =
        months(
                (_, _) -> {
                  asked.incrementAndGet();
                  return months;
                })
            .defined(List.of(asset("a", "months"), asset("b", "months"), asset("c", null)));
    assertThat(asked).hasValue(1);
    assertThat(defined)
        .extracting(AssetDeclaration::partitions)
        .containsExactly(Optional.of(months), Optional.of(months), Optional.empty());
  }

  @Test
  void namesTheMethodThatFails() {
    assertThatThrownBy(
            () ->
                months(
                        (_, _) -> {
                          throw new IllegalStateException("no calendar");
                        })
                    .defined(List.of(asset("a", "months"))))
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("Assets.months failed")
        .hasMessageContaining("no calendar");
  }

  @Test
  void refusesNullAndAnUnknownName() {
    assertThatThrownBy(() -> months((_, _) -> null).defined(List.of(asset("a", "months"))))
        .hasMessageContaining("Assets.months returned null");
    assertThatThrownBy(() -> months(NEVER).defined(List.of(asset("a", "weeks"))))
        .hasMessage("Assets.a has the partitions 'weeks', which no method defines");
  }
}
