package io.stowage.control;

import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
import io.stowage.protocol.SubmitRequest;
import io.stowage.protocol.SubmitRequest.ConcurrencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be said of a request without any catalog: its numbers, times and words. */
final class RequestLimits {
  private static final List<String> RETRIED =
      Stream.of(ErrorKind.TRANSIENT, ErrorKind.INTERNAL, ErrorKind.ASSET)
          .map(ErrorKind::word)
          .toList();
  private static final int MOST_CONCURRENCY_KEYS = 16;
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

  private final Faults faults;

  /** Takes what is wrong. */
  interface Faults {
    void fault(String field, ErrorCode code, String message);
  }

  RequestLimits(Faults faults) {
    this.faults = faults;
  }

  void check(SubmitRequest request) {
    if (request.priority() != null && (request.priority() < 0 || request.priority() > 9)) {
      faults.fault(
          "priority",
          ErrorCode.INVALID_REQUEST,
          "priority " + request.priority() + " is not 0 to 9");
    }
    if (request.retry() != null) {
      checkRetry(request.retry());
    }
    if (request.timeout() != null
        && (!request.timeout().isPositive() || request.timeout().compareTo(LONGEST_TIMEOUT) > 0)) {
      faults.fault(
          "timeout",
          ErrorCode.INVALID_REQUEST,
          "timeout "
              + request.timeout()
              + " is not above zero and at most "
              + LONGEST_TIMEOUT.toDays()
              + " days");
    }
    checkTime("not_before", request.notBefore());
    checkTime("expires", request.expires());
    checkConcurrency(request.concurrency());
  }

  private void checkRetry(SubmitRequest.Retry retry) {
    Integer most = retry.maxAttempts();
    if (most != null && (most < 1 || most > 100)) {
      faults.fault(
          "retry.max_attempts", ErrorCode.INVALID_REQUEST, most + " attempts are not 1 to 100");
    }
    var unknown =
        Objects.requireNonNullElse(retry.on(), List.<String>of()).stream()
            .filter(kind -> !RETRIED.contains(kind))
            .toList();
    if (!unknown.isEmpty()) {
      faults.fault(
          "retry.on",
          ErrorCode.INVALID_REQUEST,
          "'"
              + String.join("', '", unknown)
              + "' is none of "
              + String.join(", ", RETRIED)
              + ", the kinds of error that can be retried");
    }
  }

  private void checkConcurrency(@Nullable List<ConcurrencyKey> keys) {
    if (keys == null) {
      return;
    }
    if (keys.size() > MOST_CONCURRENCY_KEYS) {
      faults.fault(
          "concurrency",
          ErrorCode.INVALID_REQUEST,
          keys.size() + " concurrency keys are more than " + MOST_CONCURRENCY_KEYS);
    }
    var names = new HashSet<String>();
    for (ConcurrencyKey key : keys) {
      if (!names.add(key.key())) {
        faults.fault(
            "concurrency", ErrorCode.INVALID_REQUEST, "the key '" + key.key() + "' stands twice");
      }
    }
  }

  private void checkTime(String field, @Nullable Instant time) {
    if (time != null && (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST))) {
      faults.fault(field, ErrorCode.INVALID_REQUEST, "'" + time + "' is out of any calendar");
    }
  }
}
