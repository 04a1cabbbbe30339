package io.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C7")
class SettingsMapperTest {
  private static final String PREFIX = "stowage.io.mapped";
  private static final Map<String, String> CONFIGURED =
      Map.of(
          PREFIX + ".regions[0]", "a",
          PREFIX + ".regions[1]", "b",
          PREFIX + ".regions[2]", "c",
          PREFIX + ".headers.x", "1",
          PREFIX + ".name", "of ${user.name}");

  @ConfigMapping
  public interface Settings {
    List<String> regions();

    Map<String, String> headers();

    @WithDefault("none")
    String name();
  }

  @BeforeEach
  void configure() {
    CONFIGURED.forEach(System::setProperty);
  }

  @AfterEach
  void leave() {
    CONFIGURED.keySet().forEach(System::clearProperty);
  }

  private static Settings mapped(Map<String, String> overrides) {
    return SettingsMapper.map(PREFIX, Settings.class, overrides);
  }

  @Test
  void takesWhatIsConfigured() {
    assertThat(mapped(Map.of()).regions()).containsExactly("a", "b", "c");
    assertThat(mapped(Map.of()).name()).isEqualTo("of " + System.getProperty("user.name"));
  }

  @Test
  void aListThatIsOverriddenStandsInPlaceOfTheConfiguredOne() {
    assertThat(mapped(Map.of("regions[0]", "x")).regions()).containsExactly("x");
    assertThat(mapped(Map.of("regions", "x,y")).regions()).containsExactly("x", "y");
  }

  @Test
  void aMapIsAddedTo() {
    assertThat(mapped(Map.of("headers.y", "2")).headers())
        .containsExactlyInAnyOrderEntriesOf(Map.of("x", "1", "y", "2"));
  }

  @Test
  void whatIsOverriddenRefersToNoOtherProperty() {
    for (String text : List.of("${user.name}", "$5", "a\\b", "$${user.name}", "\\${user.name}")) {
      assertThat(mapped(Map.of("name", text)).name()).isEqualTo(text);
    }
  }
}
