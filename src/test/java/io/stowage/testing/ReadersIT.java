package io.stowage.testing;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.build.FoundAssets;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Two read annotated classes, the build by CDI's language model and {@link Materialize} by
 * reflection: they must say the same.
 */
@QuarkusTest
class ReadersIT {
  @Inject Event<FoundAssets> event;

  private Map<String, AssetDeclaration> built(Class<?> group) {
    var found = new FoundAssets();
    event.fire(found);
    return found.assets().stream()
        .map(FoundAssets.Found::declaration)
        .filter(declaration -> declaration.method().startsWith(group.getName() + "."))
        .collect(toMap(AssetDeclaration::step, identity()));
  }

  private static Map<String, AssetDeclaration> reflected(Class<?> group) {
    return AnnotatedClasses.of(group).declarations().stream()
        .collect(toMap(AssetDeclaration::step, identity()));
  }

  @Test
  void agreeOnTheSample() throws ClassNotFoundException {
    Class<?> weather = Class.forName("io.stowage.samples.weather.WeatherAssets");
    assertThat(reflected(weather)).hasSize(5).isEqualTo(built(weather));
  }

  @Test
  void agreeOnAClassWithEverything() {
    var reflected = reflected(EveryAssets.class);
    var built = built(EveryAssets.class);
    assertThat(reflected).containsOnlyKeys(built.keySet()).hasSize(11);
    built.forEach((step, declaration) -> assertThat(reflected.get(step)).isEqualTo(declaration));
  }
}
