package io.stowage.control.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.stowage.protocol.Json;

/** What every refusal over HTTP must be: a problem document, with nothing of our insides in it. */
final class Refusals {
  private Refusals() {}

  static Response post(String path, Object body) {
    return given()
        .contentType("application/json")
        .body(body instanceof String text ? text : Json.text(body))
        .post(path);
  }

  static Response refused(int status, String code, Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertProblem(answer);
    assertThat(answer.jsonPath().getString("code")).as(answer.asString()).isEqualTo(code);
    return answer;
  }

  static void assertProblem(Response answer) {
    assertThat(answer.contentType()).as(answer.asString()).startsWith("application/problem+json");
    assertThat(answer.jsonPath().getInt("status")).isEqualTo(answer.statusCode());
    assertThat(answer.jsonPath().getString("detail")).isNotBlank();
    assertThat(answer.asString()).doesNotContain("Exception", "\\tat ", "java.", "io.stowage.");
  }
}
