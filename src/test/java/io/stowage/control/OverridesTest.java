package io.stowage.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.catalog.SettingSpec;
import io.stowage.protocol.CatalogDocument.Manager;
import io.stowage.protocol.Problem.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("C7")
class OverridesTest {
  private final List<Fault> faults = new ArrayList<>();
  private final Overrides overrides =
      new Overrides(
          Map.of(
              "lake",
              new Manager(
                  "avro",
                  false,
                  List.of(
                      spec("codec", "String"),
                      spec("level", "int"),
                      spec("share", "double"),
                      spec("most", "MemorySize"),
                      spec("style", "Style(PLAIN|VERY_BOLD)"),
                      spec("regions[*]", "String"),
                      spec("headers.*", "String"),
                      spec("mirrors[*].delay", "Duration"),
                      spec("zones.*.weight", "int"),
                      new SettingSpec("endpoint", "String", true, true)))),
          faults);

  private static SettingSpec spec(String name, String type) {
    return new SettingSpec(name, type, false, false);
  }

  private Map<String, String> of(Map<String, Object> settings) {
    return overrides.of(Map.of("io", Map.of("lake", settings))).get("lake");
  }

  @Test
  void aListIsTakenAsAListOrAsOneText() {
    assertThat(of(Map.of("regions", List.of("a", "b"))))
        .containsExactlyInAnyOrderEntriesOf(Map.of("regions[0]", "a", "regions[1]", "b"));
    assertThat(of(Map.of("regions", "a,b"))).containsEntry("regions", "a,b");
    assertThat(of(Map.of("regions[1]", "b"))).containsEntry("regions[1]", "b");
    assertThat(of(Map.of("mirrors", List.of(Map.of("delay", "2s")))))
        .containsEntry("mirrors[0].delay", "2s");
    assertThat(faults).isEmpty();
  }

  @Test
  void groupsAndMapsAreTakenNestedOrByTheirNames() {
    assertThat(of(Map.of("headers", Map.of("x-a.b", "1")))).containsEntry("headers.x-a.b", "1");
    assertThat(of(Map.of("zones", Map.of("north", Map.of("weight", 3)))))
        .containsEntry("zones.north.weight", "3");
    assertThat(of(Map.of("zones.south.weight", 2))).containsEntry("zones.south.weight", "2");
    assertThat(of(Map.of("style", "very-bold", "most", "10M", "share", 0.5, "level", -3)))
        .hasSize(4);
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "level|99999999999|invalid_request|'99999999999' is no int",
        "level|1.5|invalid_request|'1.5' is no int",
        "share|much|invalid_request|'much' is no double",
        "most|10 pages|invalid_request|'10 pages' is no MemorySize",
        "style|bold|invalid_request|'bold' is no Style: there are [PLAIN, VERY_BOLD]",
        "mirrors[0].delay|soon|invalid_request|'soon' is no Duration",
        "zones.north.weight|x|invalid_request|'x' is no int",
        "endpoint|http://evil|locked_setting|is its operator's",
        "codec|${stowage.stores.lake.secret-key}|invalid_request|it cannot refer to another one",
        "regions[0]|${user.home}|invalid_request|it cannot refer to another one",
        "levle|3|unknown_setting|has no setting 'levle': is 'level' meant?",
        "codec[0]|a|unknown_setting|has no setting 'codec[0]'",
        "zones.north.wieght|3|unknown_setting|has no setting"
      })
  void refusesWhatCannotBe(String name, String value, String code, String message) {
    of(Map.of(name, value));
    assertThat(faults)
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.field()).isEqualTo("config.io.lake." + name);
              assertThat(fault.code()).isEqualTo(code);
              assertThat(fault.message()).contains(message);
            });
  }

  @Test
  void refusesAListOfNoneAndAListWhereThereIsNone() {
    of(Map.of("regions", List.of(), "codec", List.of("a")));
    assertThat(faults).extracting(Fault::code).containsOnly("invalid_request").hasSize(2);
  }

  @Test
  void namesTheManagerThatMayBeMeant() {
    overrides.of(Map.of("io", Map.of("laek", Map.of("codec", "x"))));
    assertThat(faults)
        .extracting(Fault::message)
        .containsExactly("there is no IO manager 'laek': is 'lake' meant?");
  }
}
