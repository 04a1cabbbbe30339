package io.stowage.control.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.stowage.api.StowageException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a body, in words of JSON: the place, the field, and what should stand there.
 */
final class JsonFaults {
  private JsonFaults() {}

  static String describe(JsonProcessingException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown -> unknown(unknown);
      case MismatchedInputException mismatched -> mismatched(mismatched);
      case JsonMappingException mapping
          when mapping.getCause() instanceof StowageException refused ->
          (path(mapping).isEmpty() ? "" : path(mapping) + ": ") + refused.getMessage();
      case JsonMappingException mapping
          when mapping.getCause() instanceof JsonProcessingException malformed ->
          describe(malformed);
      case JsonMappingException mapping -> field(mapping) + place(mapping) + " cannot be read";
      default ->
          "the body is no JSON"
              + place(e)
              + ": "
              + e.getOriginalMessage().lines().findFirst().orElse("");
    };
  }

  private static String unknown(UnrecognizedPropertyException e) {
    var known =
        e.getKnownPropertyIds() == null
            ? ""
            : ": there are "
                + e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
    return "there is no " + field(e) + place(e) + known;
  }

  private static String mismatched(MismatchedInputException e) {
    String given =
        e instanceof InvalidFormatException invalid ? ", not '" + invalid.getValue() + "'" : "";
    return field(e) + place(e) + " must be " + expected(e.getTargetType()) + given;
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "of another form";
    }
    if (type == Duration.class) {
      return "a duration as \"PT15M\"";
    }
    if (type == Instant.class) {
      return "a time as \"2026-01-31T08:00:00Z\"";
    }
    if (type == UUID.class) {
      return "a UUID";
    }
    if (type == String.class) {
      return "text";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    return Collection.class.isAssignableFrom(type)
        ? "a list"
        : type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : "of another form";
  }

  private static String field(JsonMappingException e) {
    String path = path(e);
    return path.isEmpty() ? "the body" : "field '" + path + "'";
  }

  private static String path(JsonMappingException e) {
    var path = new StringBuilder();
    for (var part : e.getPath()) {
      if (part.getFieldName() == null) {
        path.append('[').append(part.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(part.getFieldName());
      }
    }
    return path.toString();
  }

  private static String place(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
