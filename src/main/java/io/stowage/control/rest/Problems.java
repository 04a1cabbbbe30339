package io.stowage.control.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
import io.stowage.api.StowageException;
import io.stowage.control.Rejected;
import io.stowage.protocol.Json;
import io.stowage.protocol.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Every failure as a problem document (RFC 9457); a stack trace goes to the log, and only there.
 */
public class Problems {
  static final String TYPE = "application/problem+json";
  private static final System.Logger LOG = System.getLogger(Problems.class.getName());

  @ServerExceptionMapper
  public Response told(StowageException e) {
    if (e.kind() == ErrorKind.INTERNAL) {
      LOG.log(Level.ERROR, "a request failed", e);
    }
    return answer(e.code().status(), problem(e));
  }

  static Problem problem(StowageException e) {
    List<Problem.Fault> faults = e instanceof Rejected rejected ? rejected.faults() : null;
    return problem(e.code(), e.code().status(), String.valueOf(e.getMessage()), faults);
  }

  @ServerExceptionMapper
  public Response json(JsonProcessingException e) {
    return answer(ErrorCode.INVALID_REQUEST, 400, JsonFaults.describe(e), null);
  }

  /** Quarkus has a mapper for these itself, which only one for this very type comes before. */
  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException e) {
    return json(e);
  }

  /** Malformed bodies come wrapped; a wrong path or method comes as such. */
  @ServerExceptionMapper
  public Response http(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (e.getCause() instanceof JsonProcessingException malformed) {
      return json(malformed);
    }
    ErrorCode code =
        switch (status) {
          case 404 -> ErrorCode.NOT_FOUND;
          case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
          default -> status >= 500 ? ErrorCode.INTERNAL_ERROR : ErrorCode.INVALID_REQUEST;
        };
    return answer(
        code,
        status,
        status == 404 ? "there is nothing at this path" : String.valueOf(e.getMessage()),
        null);
  }

  @ServerExceptionMapper
  public Response unexpected(RuntimeException e) {
    LOG.log(Level.ERROR, "a request failed", e);
    return answer(
        ErrorCode.INTERNAL_ERROR,
        500,
        "this is a bug of Stowage, and stands in the control plane's log",
        null);
  }

  static Problem problem(
      ErrorCode code, int status, String detail, @Nullable List<Problem.Fault> faults) {
    return new Problem(
        "https://stowage.io/problems/" + code.word().replace('_', '-'),
        code.word().replace('_', ' '),
        status,
        detail,
        code.word(),
        faults);
  }

  static Response answer(
      ErrorCode code, int status, String detail, @Nullable List<Problem.Fault> faults) {
    return answer(status, problem(code, status, detail, faults));
  }

  private static Response answer(int status, Problem problem) {
    var response = Response.status(status).type(TYPE).entity(Json.text(problem));
    if (status == 503 || status == 429) {
      response.header("Retry-After", "2");
    }
    return response.build();
  }
}
