package io.stowage.control.page;

import io.stowage.api.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a run did not succeed, and what to do about it.
 *
 * @param causes the first is what threw, the others what was behind it
 */
public record Advice(String code, String message, String step, List<String> causes, String doing) {
  /**
   * @param error of the run
   * @param step the failed one; empty where it is not known
   */
  static @Nullable Advice of(
      String state, @Nullable Map<String, Object> error, String step, List<String> causes) {
    if (error == null && !state.equals("dead") && !state.equals("failed")) {
      return null;
    }
    String code = error == null ? state : String.valueOf(error.getOrDefault("code", state));
    String message = error == null ? "" : String.valueOf(error.getOrDefault("message", ""));
    return new Advice(code, message, step, causes, doing(code));
  }

  private static String doing(String code) {
    if (code.equals("crash_loop")) {
      return "Its workers were lost while they executed it, each time. Look at their logs and their"
          + " memory limit; when that is mended, redrive it.";
    }
    Optional<ErrorCode> known =
        Arrays.stream(ErrorCode.values()).filter(each -> each.word().equals(code)).findFirst();
    return known
        .map(
            each ->
                switch (each) {
                  case NOT_MATERIALIZED ->
                      "Something that it reads was never stored. Materialize that first, then retry"
                          + " from the failure.";
                  case CHECK_FAILED ->
                      "A blocking check did not pass, so that nothing downstream was computed. Look"
                          + " at what it found; correct the data, then retry.";
                  case INCOMPATIBLE_SCHEMA ->
                      "The asset's type changed in a way that its schema policy refuses. Change it"
                          + " back, or relax the policy.";
                  case TIMED_OUT ->
                      "The attempt took longer than the run's timeout. Give it more time, or fewer"
                          + " partitions.";
                  case CANCELED -> "Somebody canceled it. Retry goes on where it stopped.";
                  case STORE_MISSING, ACCESS_DENIED, INVALID_CONFIGURATION ->
                      "The worker's configuration is the cause: mend the store's settings or"
                          + " permissions, then retry from the failure.";
                  default -> byKind(each);
                })
        .orElse("The events below tell what happened.");
  }

  private static String byKind(ErrorCode code) {
    return switch (code.kind()) {
      case ASSET ->
          "The asset's own code or its data is the cause. Correct it, start the worker anew, then"
              + " retry from the failure: what was committed stays.";
      case CALLER ->
          "The request or the configuration is the cause; it would fail again the same way. Change"
              + " it, then submit again.";
      case TRANSIENT ->
          "A store, a database or the network was away, longer than retries last. When it is back,"
              + " retry from the failure.";
      case INTERNAL ->
          "This is a fault of Stowage: the worker's log has the details. Retrying may pass.";
    };
  }
}
