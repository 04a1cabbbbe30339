package io.stowage.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.app.StowageConfig;
import io.stowage.control.page.Documentation;
import io.stowage.io.table.database.PostgresSettings;
import io.stowage.store.file.FileSettings;
import io.stowage.store.memory.MemorySettings;
import io.stowage.store.resource.ResourceSettings;
import io.stowage.store.s3.S3Settings;
import io.stowage.testing.Settings;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The documentation says what the code does. */
class DocumentationTest {
  private static final String HOW =
      "; to write what the code says now into the pages: ./mvnw verify -DskipITs"
          + " -Dtest=DocumentationTest -Dstowage.docs=write";
  private static final Map<String, Class<?>> STORES =
      Map.of(
          "file", FileSettings.class,
          "s3", S3Settings.class,
          "memory", MemorySettings.class,
          "resource", ResourceSettings.class,
          "postgresql", PostgresSettings.class);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  @BeforeAll
  static void writeWhereAsked() throws IOException {
    if ("write".equals(System.getProperty("stowage.docs"))) {
      for (MarkdownPage page : MarkdownPage.all()) {
        page.write();
      }
      MarkdownPage.readme().write();
    }
  }

  @Test
  void eachBlockOfJavaIsCodeThatIsTested() throws IOException {
    var blocks = new ArrayList<>(MarkdownPage.blocks("java"));
    MarkdownPage.readme().blocks().stream()
        .filter(block -> block.language().equals("java"))
        .forEach(blocks::add);
    assertThat(blocks).hasSizeGreaterThan(30);
    for (var block : blocks) {
      assertThat(block.info()).as("%s names no region of a test", block).contains("#");
      assertThat(block.text())
          .as("%s is not %s%s", block, block.info(), HOW)
          .isEqualTo(Region.text(block.info()));
    }
  }

  @Test
  void eachTableOfSettingsIsTheMappings() throws IOException {
    var tables = MarkdownPage.all().stream().flatMap(page -> page.settings().stream()).toList();
    for (var table : tables) {
      assertThat(table.table())
          .as("%s%s", table, HOW)
          .isEqualTo(SettingsTable.of(table.type(), table.prefix()));
    }
    var told = tables.stream().map(MarkdownPage.Settings::type).toList();
    assertThat(told).contains(StowageConfig.class.getName());
    assertThat(told).containsAll(STORES.values().stream().map(Class::getName).toList());
    assertThat(told).containsAll(types().values().stream().map(Class::getName).toList());
  }

  @Test
  void eachTypeOfManagerHasItsSection() throws IOException {
    String text =
        MarkdownPage.all().stream()
            .filter(page -> page.name().equals("io-managers.md"))
            .findFirst()
            .orElseThrow()
            .prose();
    assertThat(types()).containsKeys("avro", "csv", "table");
    types().keySet().forEach(type -> assertThat(text).contains("\n## " + type + "\n"));
    STORES.keySet().forEach(type -> assertThat(text).containsPattern("\n### [^\n]*" + type));
  }

  /** The settings of each type of IO manager that we ship. */
  private static Map<String, Class<?>> types() throws IOException {
    var types = new TreeMap<String, Class<?>>();
    try (var files = Files.walk(Path.of("src/main/java/io/stowage/io"))) {
      for (Path file : files.filter(each -> each.toString().endsWith("Factory.java")).toList()) {
        Class<?> factory = named(Path.of("src/main/java").relativize(file));
        types.put(factory.getAnnotation(IoManagerType.class).value(), settings(factory));
      }
    }
    return types;
  }

  private static Class<?> named(Path file) {
    try {
      return Class.forName(file.toString().replace(".java", "").replace('/', '.'));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> settings(Class<?> factory) {
    for (var above : factory.getGenericInterfaces()) {
      if (above instanceof ParameterizedType made && made.getRawType() == IoManagerFactory.class) {
        return (Class<?>) made.getActualTypeArguments()[0];
      }
    }
    throw new AssertionError(factory + " has no settings");
  }

  @Test
  void eachPropertyIsTaken() throws IOException {
    Map<String, Class<?>> types = new HashMap<>(types());
    types.put("poem", PoemSettings.class);
    for (var block : MarkdownPage.blocks("properties")) {
      var read = new Properties();
      read.load(new StringReader(block.text()));
      Map<String, String> all = new TreeMap<>();
      read.forEach((key, value) -> all.put(key.toString(), value.toString()));
      assertThat(all).as("%s", block).isNotEmpty();
      check(block, all, "stowage.io.", types);
      check(block, all, "stowage.stores.", STORES);
      assertThatCode(() -> map(all)).as("%s", block).doesNotThrowAnyException();
    }
  }

  private static void map(Map<String, String> all) {
    var builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withMapping(StowageConfig.class);
    all.forEach(builder::withDefaultValue);
    builder.build().getConfigMapping(StowageConfig.class);
  }

  private static void check(
      MarkdownPage.Block block,
      Map<String, String> all,
      String below,
      Map<String, Class<?>> types) {
    var byName = new TreeMap<String, Map<String, String>>();
    all.forEach(
        (key, value) -> {
          if (key.startsWith(below)) {
            String[] parts = key.substring(below.length()).split("\\.", 2);
            byName.computeIfAbsent(parts[0], _ -> new TreeMap<>()).put(parts[1], value);
          }
        });
    byName.forEach(
        (name, settings) -> {
          Class<?> type = types.get(settings.remove("type"));
          assertThat(type).as("%s: the type of %s%s", block, below, name).isNotNull();
          assertThat(type).hasAnnotation(ConfigMapping.class);
          assertThatCode(() -> Settings.of(type, settings))
              .as("%s: %s%s", block, below, name)
              .doesNotThrowAnyException();
        });
  }

  @Test
  void eachBlockOfJsonIsJson() throws IOException {
    for (var block : MarkdownPage.blocks("json")) {
      assertThatCode(() -> new ObjectMapper().readTree(block.text()))
          .as("%s", block)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void eachLinkLeadsSomewhere() throws IOException {
    var places = new ArrayList<String>();
    for (MarkdownPage page : MarkdownPage.all()) {
      places.add(page.name());
      page.prose()
          .lines()
          .filter(line -> line.startsWith("#"))
          .forEach(line -> places.add(page.name() + "#" + anchor(line)));
    }
    for (MarkdownPage page : MarkdownPage.all()) {
      var links = LINK.matcher(page.prose());
      while (links.find()) {
        String to = links.group(1);
        assertThat(places)
            .as("%s links to %s", page.name(), to)
            .contains(to.startsWith("#") ? page.name() + to : to);
      }
    }
  }

  private static String anchor(String heading) {
    return Documentation.anchor(heading.replaceFirst("^#+ ", ""));
  }

  @Test
  void eachPageIsInTheContents() throws IOException {
    assertThat(Documentation.names())
        .containsExactlyInAnyOrderElementsOf(
            MarkdownPage.all().stream().map(page -> page.name().replace(".md", "")).toList());
  }

  /** What no other test here looks at, nobody would notice when it is wrong. */
  @Test
  void noBlockIsOfAnotherLanguage() throws IOException {
    for (MarkdownPage page : MarkdownPage.all()) {
      assertThat(page.blocks())
          .allSatisfy(
              block ->
                  assertThat(List.of("java", "properties", "json", "sh"))
                      .as("%s", block)
                      .contains(block.language()));
    }
  }

  @Test
  void filesThatAreNamedAreThere() throws IOException {
    var named = Pattern.compile("`(deploy/[A-Za-z0-9./-]+)`");
    for (MarkdownPage page : MarkdownPage.all()) {
      var files = named.matcher(page.prose());
      while (files.find()) {
        if (!Files.exists(Path.of(files.group(1)))) {
          fail("%s names %s, which is not there", page.name(), files.group(1));
        }
      }
    }
  }

  /** The tests that promises name. */
  @Test
  void testsThatAreNamedAreThere() throws IOException {
    var named = Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT))`");
    for (MarkdownPage page : MarkdownPage.all()) {
      var tests = named.matcher(page.prose());
      while (tests.find()) {
        String file = tests.group(1) + ".java";
        try (var all = Files.walk(Path.of("src/test/java"))) {
          assertThat(all.anyMatch(each -> each.endsWith(file)))
              .as("%s names %s", page.name(), file)
              .isTrue();
        }
      }
    }
  }
}
