package io.stowage.catalog.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.build.DefinitionReader.Found;
import jakarta.enterprise.inject.build.compatible.spi.InvokerInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C43")
class DefinitionReaderTest {
  private static final InvokerInfo INVOKER = new InvokerInfo() {};

  private static AssetDeclaration asset(String definition) {
    return new AssetDeclaration(
        "a",
        "Assets.a",
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
        Optional.of(definition),
        1,
        Duration.ZERO,
        1,
        Optional.empty());
  }

  @Test
  void findsTheMethodOfADefinition() {
    assertThat(
            DefinitionReader.faults(
                List.of(asset("months")), List.of(new Found("months", "Assets.months", INVOKER))))
        .isEmpty();
  }

  @Test
  void namesWhatNoMethodDefines() {
    assertThat(DefinitionReader.faults(List.of(asset("months")), List.of()))
        .singleElement()
        .asString()
        .startsWith("Assets.a has the partitions 'months', which no method defines")
        .contains("@Partitions(\"months\")");
  }

  @Test
  void namesBothMethodsOfOneDefinition() {
    assertThat(
            DefinitionReader.faults(
                List.of(),
                List.of(
                    new Found("months", "Assets.months", INVOKER),
                    new Found("months", "Others.months", INVOKER))))
        .containsExactly(
            "partitions 'months' are defined twice: by Assets.months and by Others.months");
  }
}
