package io.stowage.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.stowage.fixture.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The container files, by the tools that read such. */
class ContainerFilesTest {
  private static final Path HERE = Path.of(".");

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile", "Dockerfile.jvm"})
  void hadolintFindsNothing(String file) throws Exception {
    assertThat(Tool.hadolint().run(HERE, "", "deploy/" + file)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile", "Dockerfile.jvm"})
  void runsAsNobodyAndIsGivenWhatIsBuilt(String file) throws Exception {
    String text = Files.readString(Path.of("deploy", file));
    String last = text.substring(text.lastIndexOf("\nFROM "));
    assertThat(last).contains("\nUSER 65532:65532\n");
    assertThat(Files.readString(Path.of(".dockerignore")).lines())
        .as("all else stays outside")
        .containsExactly("*", "!target/*-runner", "!target/quarkus-app");
    assertThat(text).containsPattern("COPY (--chmod=0555 )?target/(\\*-runner|quarkus-app/) ");
  }

  /**
   * What the codecs' own libraries ask for, which are loaded at run time: ldd tells nothing of it.
   */
  @Test
  void theBinaryIsGivenTheLibrariesOfItsCodecs() throws Exception {
    assertThat(Files.readString(Path.of("deploy", "Dockerfile")))
        .contains("ldd /files/stowage", "lib(m|pthread|stdc\\+\\+|gcc_s)");
  }

  /** Else the JVM does without its cache, and says so where values and JSON are expected. */
  @Test
  void theCacheIsWrittenAndReadWithTheSameJarAndOptions() throws Exception {
    String text = Files.readString(Path.of("deploy", "Dockerfile.jvm"));
    String start = text.substring(text.indexOf("ENTRYPOINT"));
    String training =
        text.substring(
            text.indexOf("RUN java"), text.indexOf("\nFROM ", 1 + text.indexOf("RUN java")));
    for (String same :
        List.of(
            "-XX:+UseCompressedOops",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "/opt/stowage/quarkus-run.jar")) {
      assertThat(List.of(training, start)).allSatisfy(part -> assertThat(part).contains(same));
    }
    assertThat(start).contains("-Xlog:all=warning:stderr");
  }

  @Test
  void composeLoadsItsFileAndWaitsForNobodyOfUnknownHealth() throws Exception {
    String loaded = Tool.compose().run(HERE, "", "deploy/compose.yaml");
    JsonNode services = new YAMLMapper().readTree(loaded).path("services");
    assertThat(services.properties()).hasSize(2);
    for (JsonNode service : services) {
      assertThat(service.at("/healthcheck/test/0").asText()).isEqualTo("CMD");
      assertThat(service.path("ports"))
          .isNotEmpty()
          .allSatisfy(port -> assertThat(port.path("host_ip").asText()).isEqualTo("127.0.0.1"));
    }
  }

  /** What the README has one set is what the services are set to. */
  @Test
  void theReadmeHasTheCredentialsThatComposeSets() throws Exception {
    JsonNode services =
        new YAMLMapper().readTree(Path.of("deploy", "compose.yaml").toFile()).path("services");
    String texts = Files.readString(Path.of("README.md")) + docs();
    JsonNode minio = services.at("/minio/environment");
    JsonNode postgres = services.at("/postgres/environment");
    assertThat(texts)
        .contains(
            "STOWAGE_STORES_DEFAULT_ACCESS_KEY=" + minio.path("MINIO_ROOT_USER").asText(),
            "STOWAGE_STORES_DEFAULT_SECRET_KEY=" + minio.path("MINIO_ROOT_PASSWORD").asText(),
            "QUARKUS_DATASOURCE_USERNAME=" + postgres.path("POSTGRES_USER").asText(),
            "QUARKUS_DATASOURCE_PASSWORD=" + postgres.path("POSTGRES_PASSWORD").asText(),
            "localhost:5432/" + postgres.path("POSTGRES_DB").asText());
  }

  private static String docs() throws Exception {
    var all = new StringBuilder();
    try (var files = Files.walk(Path.of("src", "main", "docs"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
