package io.stowage.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, by RFC 9457.
 *
 * @param code for programs, {@code unknown_asset}
 * @param errors each fault of a request
 */
public record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    String code,
    @Nullable List<Fault> errors) {
  /**
   * @param field where in the request; a path of names
   */
  public record Fault(String field, String code, String message) {}
}
