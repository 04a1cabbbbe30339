package io.stowage.control.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.stowage.api.ErrorCode;
import io.stowage.control.rest.OpenApi.Operation;
import io.stowage.protocol.Json;
import io.stowage.protocol.Problem;
import io.stowage.protocol.StowageVersion;
import io.stowage.protocol.SubmitAnswer;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The document of the REST interface says what the resources and the records say. */
class OpenApiTest {
  private static final ObjectMapper STRICT = Json.configure(new ObjectMapper());
  private static OpenApi document;

  /** By {@code POST /v1/runs}; the stream of events is a second method of its route. */
  private static final Map<String, List<Method>> ROUTES = new TreeMap<>();

  @BeforeAll
  static void readBoth() throws IOException {
    document = OpenApi.packaged();
    var classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.stowage.control.rest");
    classes.stream()
        .filter(each -> each.isAnnotatedWith(Path.class))
        .map(JavaClass::reflect)
        .flatMap(each -> Arrays.stream(each.getMethods()))
        .forEach(
            method ->
                httpMethod(method)
                    .ifPresent(
                        verb ->
                            ROUTES
                                .computeIfAbsent(
                                    verb + " " + path(method), _ -> new java.util.ArrayList<>())
                                .add(method)));
  }

  private static Optional<String> httpMethod(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(each -> each.annotationType().getAnnotation(HttpMethod.class))
        .filter(java.util.Objects::nonNull)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String path(Method method) {
    Path own = method.getAnnotation(Path.class);
    String whole =
        method.getDeclaringClass().getAnnotation(Path.class).value()
            + (own == null ? "" : "/" + own.value());
    return whole.replaceAll("\\{(\\w+):[^}]*}", "{$1}");
  }

  private static List<Method> methods(Operation operation) {
    return ROUTES.get(operation.toString());
  }

  @Test
  void hasEachRouteOfTheServerAndNoOther() {
    assertThat(ROUTES).hasSizeGreaterThan(50);
    assertThat(document.operations())
        .extracting(Operation::toString)
        .containsExactlyInAnyOrderElementsOf(ROUTES.keySet());
  }

  @Test
  void hasEachParameterOfARouteAndNoOther() {
    for (Operation operation : document.operations()) {
      var taken = new TreeSet<String>();
      methods(operation).stream()
          .flatMap(method -> Arrays.stream(method.getParameters()))
          .flatMap(OpenApiTest::named)
          .filter(name -> !name.equals("header Last-Event-ID")) // what a stream has of itself
          .forEach(taken::add);
      var told =
          operation
              .node()
              .path("parameters")
              .valueStream()
              .map(document::resolved)
              .map(each -> each.path("in").asText() + " " + each.path("name").asText())
              .toList();
      assertThat(told).as(operation.toString()).containsExactlyInAnyOrderElementsOf(taken);
    }
  }

  private static Stream<String> named(Parameter parameter) {
    return Arrays.stream(parameter.getAnnotations())
        .flatMap(
            each ->
                switch (each) {
                  case PathParam path -> Stream.of("path " + path.value());
                  case QueryParam query -> Stream.of("query " + query.value());
                  case HeaderParam header -> Stream.of("header " + header.value());
                  default -> Stream.<String>empty();
                });
  }

  @Test
  void bodiesAndAnswersAreTheRecordsOfTheProtocol() {
    var records = new RecordSchemas();
    for (Operation operation : document.operations()) {
      Method method = methods(operation).getFirst();
      Optional<Parameter> body =
          Arrays.stream(method.getParameters())
              .filter(each -> each.getAnnotations().length == 0)
              .filter(each -> !each.isAnnotationPresent(Context.class))
              .findFirst();
      JsonNode taken = operation.node().at("/requestBody/content/application~1json/schema");
      assertThat(taken.isMissingNode()).as(operation.toString()).isEqualTo(body.isEmpty());
      body.ifPresent(
          each ->
              assertThat(taken)
                  .as(operation.toString())
                  .isEqualTo(records.of(each.getParameterizedType())));
      JsonNode told = answer(operation).path("schema");
      if (method.getReturnType().isRecord() || method.getReturnType().equals(List.class)) {
        assertThat(told)
            .as(operation.toString())
            .isEqualTo(records.of(method.getGenericReturnType()));
      }
    }
    records.of(SubmitAnswer.class); // answered with statuses that a return type cannot say
    records.of(Problem.class);
    Stream.of("SessionAnswer", "BackfillView").forEach(OpenApiTest::isAnswered);
    var told = new TreeMap<String, JsonNode>();
    document
        .root()
        .at("/components/schemas")
        .properties()
        .forEach(each -> told.put(each.getKey(), RecordSchemas.withoutWords(each.getValue())));
    records.of(io.stowage.protocol.SessionAnswer.class);
    ((com.fasterxml.jackson.databind.node.ObjectNode) told.get("Problem").at("/properties/code"))
        .remove("enum");
    assertThat(told).containsExactlyInAnyOrderEntriesOf(records.named());
  }

  private static void isAnswered(String schema) {
    assertThat(document.operations())
        .anyMatch(each -> answer(each).at("/schema/$ref").asText().endsWith("/" + schema));
  }

  /** The JSON of the first answer that is no problem. */
  private static JsonNode answer(Operation operation) {
    return operation.node().path("responses").properties().stream()
        .filter(each -> each.getKey().startsWith("2"))
        .map(each -> each.getValue().at("/content/application~1json"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachExampleIsReadAndWrittenAgainAsItStands() throws IOException {
    var records = new RecordSchemas();
    ROUTES.values().stream()
        .flatMap(List::stream)
        .flatMap(
            each ->
                Stream.concat(
                    Stream.of(each.getGenericReturnType()),
                    Arrays.stream(each.getGenericParameterTypes())))
        .forEach(records::of);
    Stream.of(SubmitAnswer.class, Problem.class, io.stowage.protocol.SessionAnswer.class)
        .forEach(records::of);
    var examples = new HashSet<String>();
    for (Operation operation : document.operations()) {
      JsonNode body = operation.node().at("/requestBody/content/application~1json");
      for (JsonNode content : List.of(body, answer(operation))) {
        if (content.isMissingNode()) {
          continue;
        }
        assertThat(content.path("examples")).as(operation.toString()).isNotEmpty();
        content
            .path("examples")
            .forEach(each -> examples.add(each.path("$ref").asText().replaceAll(".*/", "")));
        for (JsonNode example : document.examples(content).toList()) {
          document.check(example, content.path("schema"), operation.toString());
          sameAgain(example, content.path("schema"), records);
        }
      }
    }
    assertThat(examples)
        .as("an example that no operation shows")
        .containsExactlyInAnyOrderElementsOf(
            () -> document.root().at("/components/examples").fieldNames());
  }

  private static void sameAgain(JsonNode example, JsonNode schema, RecordSchemas records)
      throws IOException {
    JsonNode item = schema.path("items").isMissingNode() ? schema : schema.path("items");
    JavaType type = records.type(item.path("$ref").asText().replaceAll(".*/", ""));
    if (type == null) {
      return; // texts alone
    }
    JavaType whole =
        item == schema ? type : STRICT.getTypeFactory().constructCollectionType(List.class, type);
    Object read = STRICT.readValue(example.toString(), whole);
    assertThat(STRICT.readTree(STRICT.writeValueAsString(read)))
        .isEqualTo(STRICT.readTree(example.toString()));
  }

  @Test
  void aProblemHasACodeThatThereIsAndItsStatus() throws IOException {
    var told = new TreeSet<String>();
    document
        .root()
        .at("/components/schemas/Problem/properties/code/enum")
        .forEach(each -> told.add(each.asText()));
    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ErrorCode.values()).map(ErrorCode::word).toList());
    for (Operation operation : document.operations()) {
      assertThat(operation.node().path("responses").has("default")).isTrue();
      for (var response : operation.node().path("responses").properties()) {
        if (!response.getKey().startsWith("2")) {
          JsonNode content =
              document.resolved(response.getValue()).at("/content/application~1problem+json");
          assertThat(content.path("examples")).isNotEmpty();
          for (var example : content.path("examples").properties()) {
            var problem =
                STRICT.readValue(
                    example.getValue().path("value").toString(), io.stowage.protocol.Problem.class);
            var code = ErrorCode.valueOf(problem.code().toUpperCase(Locale.ROOT));
            assertThat(example.getKey()).isEqualTo(code.word());
            assertThat(problem)
                .usingRecursiveComparison()
                .ignoringFields("detail", "errors")
                .isEqualTo(Problems.problem(code, code.status(), "", null));
            if (!response.getKey().equals("default")) {
              assertThat(response.getKey())
                  .as(operation + ": " + code)
                  .isIn(
                      String.valueOf(code.status()),
                      code == ErrorCode.NOT_MATERIALIZED ? "404" : "");
            }
          }
        }
      }
    }
  }

  @Test
  void isOfThisVersionAndNamesEachOperationOnce() {
    assertThat(document.root().at("/info/version").asText()).isEqualTo(StowageVersion.CURRENT);
    var names =
        document.operations().stream().map(each -> each.node().path("operationId")).toList();
    assertThat(names).doesNotHaveDuplicates();
    Set<String> tags =
        document
            .root()
            .path("tags")
            .valueStream()
            .map(each -> each.path("name").asText())
            .collect(Collectors.toSet());
    assertThat(document.operations())
        .allSatisfy(
            each -> {
              assertThat(each.node().path("summary").asText()).endsWith(".");
              assertThat(tags).contains(each.node().at("/tags/0").asText());
            });
  }
}
