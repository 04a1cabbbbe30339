package io.stowage;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The arrows between the rooms of the house. A new package is added here before it compiles green.
 */
class ArchitectureTest {
  private static final String ROOT = "io.stowage.";

  /** Which rooms each room may use; a name stands for the rooms below it as well. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("api", Set.of()),
          Map.entry("catalog", Set.of("api")),
          Map.entry("plan", Set.of("api", "catalog")),
          Map.entry("engine", Set.of("api", "catalog", "plan")),
          Map.entry("store", Set.of("api")),
          Map.entry("io", Set.of("api", "store")),
          Map.entry("protocol", Set.of("api", "catalog")),
          Map.entry("message", Set.of("api")),
          Map.entry("control", Set.of("api", "catalog", "plan", "protocol", "message")),
          Map.entry("worker", Set.of("api", "catalog", "plan", "engine", "protocol", "message")),
          Map.entry("testing", Set.of("api", "catalog", "plan", "engine", "io", "store")),
          Map.entry(
              "app",
              Set.of(
                  "api",
                  "catalog",
                  "plan",
                  "engine",
                  "store",
                  "io",
                  "protocol",
                  "message",
                  "control",
                  "worker")),
          Map.entry("cli", Set.of("api", "app", "protocol")),
          Map.entry("samples", Set.of("api", "io", "store")));

  /** Where each library has its home. */
  private static final Map<String, Set<String>> HOMES =
      Map.ofEntries(
          Map.entry("io.minio.", Set.of("store.s3")),
          Map.entry("software.amazon.", Set.of("message.sqs")),
          Map.entry("okhttp3.", Set.of("store.s3")),
          Map.entry("org.apache.avro.", Set.of("io.avro")),
          Map.entry("de.siegmar.fastcsv.", Set.of("io.csv")),
          Map.entry("dev.hardwood.", Set.of("io.parquet")),
          Map.entry("org.postgresql.", Set.of("io.table")),
          Map.entry("java.sql.", Set.of("io.table", "control")),
          Map.entry("com.cronutils.", Set.of("plan")),
          Map.entry("picocli.", Set.of("cli")),
          Map.entry("org.hibernate.", Set.of("control")),
          Map.entry(
              "jakarta.persistence.",
              Set.of("control.ledger", "control.queue", "control.backfill")),
          Map.entry("io.smallrye.mutiny.", Set.of("control")),
          Map.entry("io.vertx.", Set.of("control", "app")),
          Map.entry("jakarta.ws.rs.", Set.of("control.rest", "control.page", "app")),
          Map.entry("org.jose4j.", Set.of("control.oidc")),
          Map.entry("io.quarkus.oidc.", Set.of("control.oidc", "app")),
          Map.entry("org.commonmark.", Set.of("control.page")),
          Map.entry("io.quarkus.qute.", Set.of("control.page")),
          Map.entry("io.micrometer.", Set.of("app", "control")),
          Map.entry(
              "com.fasterxml.jackson.",
              Set.of(
                  "protocol", "catalog.build", "control", "worker", "cli", "app", "io.table.json")),
          Map.entry("io.quarkus.", Set.of("app", "cli", "control")),
          Map.entry("org.graalvm.", Set.of("app")),
          Map.entry("java.net.http.", Set.of("protocol", "worker", "cli")),
          Map.entry(
              "jakarta.enterprise.",
              Set.of("api", "app", "catalog.build", "control", "io", "samples", "testing.model")));

  /** What the page asks of other rooms of the control plane. */
  private static final Set<String> PORTS_FOR_THE_PAGE =
      Set.of("Access", "Backfills", "QueueStatistics", "RunQueue", "DeadLetters", "Problems");

  private static JavaClasses classes;

  @BeforeAll
  static void readTheClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.stowage");
  }

  @Test
  void arrowsPointOneWay() {
    assertThat(
            arrows()
                .filter(arrow -> !mayUse(arrow))
                .map(ArchitectureTest::sentence)
                .distinct()
                .sorted())
        .isEmpty();
  }

  /** The page sees what the REST interface shows, and no table. */
  @Test
  void thePageReadsThroughThePortsOfTheControlPlane() {
    var rooms =
        Set.of(
            "api",
            "api.partition",
            "catalog",
            "protocol",
            "control",
            "control.access",
            "control.ledger");
    assertThat(
            arrows()
                .filter(arrow -> room(arrow.getOriginClass()).equals("control.page"))
                .filter(arrow -> !rooms.contains(room(arrow.getTargetClass())))
                .filter(
                    arrow -> !PORTS_FOR_THE_PAGE.contains(arrow.getTargetClass().getSimpleName()))
                .map(ArchitectureTest::sentence)
                .distinct()
                .sorted())
        .isEmpty();
  }

  @Test
  void everyRoomIsOnThePlan() {
    var rooms =
        classes.stream()
            .map(ArchitectureTest::room)
            .map(ArchitectureTest::top)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(ARROWS.keySet()).containsAll(rooms);
  }

  @Test
  void everyRoomHasAGuide() {
    var packages =
        classes.stream()
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages.stream().filter(name -> !classes.contain(name + ".package-info")))
        .isEmpty();
  }

  @Test
  void everyRoomChecksForNull() {
    assertThat(
            classes.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .filter(type -> !type.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(JavaClass::getPackageName))
        .isEmpty();
  }

  @Test
  void everyLibraryIsAtHome() {
    var strangers =
        classes.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .flatMap(dependency -> stranger(dependency).stream())
            .distinct()
            .sorted()
            .toList();
    assertThat(strangers).isEmpty();
  }

  @Test
  void authorsSeeOnlyTheJdk() {
    Collection<String> others =
        classes.stream()
            .filter(type -> top(room(type)).equals("api"))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getPackageName())
            .filter(
                name ->
                    Stream.of(
                            "java.",
                            "io.stowage.api",
                            "org.jspecify.",
                            "jakarta.inject",
                            "jakarta.enterprise.")
                        .noneMatch(name::startsWith))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(others).isEmpty();
  }

  private static Stream<Dependency> arrows() {
    return classes.stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(
            dependency -> element(dependency.getTargetClass()).getPackageName().startsWith(ROOT))
        .filter(
            dependency ->
                !room(dependency.getOriginClass()).equals(room(dependency.getTargetClass())));
  }

  private static boolean mayUse(Dependency arrow) {
    String from = top(room(arrow.getOriginClass()));
    String to = top(room(arrow.getTargetClass()));
    return from.equals(to) || ARROWS.getOrDefault(from, Set.of()).contains(to);
  }

  private static List<String> stranger(Dependency dependency) {
    String target = element(dependency.getTargetClass()).getName();
    String room = room(dependency.getOriginClass());
    return HOMES.entrySet().stream()
        .filter(home -> target.startsWith(home.getKey()))
        .filter(
            home ->
                home.getValue().stream()
                    .noneMatch(at -> room.equals(at) || room.startsWith(at + ".")))
        .map(
            home -> room + " uses " + home.getKey() + "*: " + dependency.getOriginClass().getName())
        .toList();
  }

  private static String sentence(Dependency arrow) {
    return room(arrow.getOriginClass())
        + " → "
        + room(arrow.getTargetClass())
        + ": "
        + arrow.getOriginClass().getSimpleName()
        + " uses "
        + arrow.getTargetClass().getSimpleName();
  }

  private static JavaClass element(JavaClass type) {
    return type.getBaseComponentType();
  }

  private static String room(JavaClass type) {
    String name = element(type).getPackageName();
    return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
  }

  private static String top(String room) {
    int dot = room.indexOf('.');
    return dot < 0 ? room : room.substring(0, dot);
  }
}
