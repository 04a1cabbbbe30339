package io.stowage.api;

import io.stowage.api.metadata.MetadataValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an {@link AssetCheck} found. Immutable. */
public final class CheckResult {
  /** How bad it is that a check did not pass. */
  public enum Severity {
    /** Worth a look; holds nobody up, even where the check is blocking. */
    WARN,
    /** Wrong; a blocking check keeps downstream from running. */
    ERROR
  }

  private final boolean passed;
  private final Severity severity;
  private final String description;
  private final Map<String, MetadataValue> metadata;

  private CheckResult(
      boolean passed, Severity severity, String description, Map<String, MetadataValue> metadata) {
    this.passed = passed;
    this.severity = severity;
    this.description = description;
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  public static CheckResult pass() {
    return of(true);
  }

  /**
   * @param description what is wrong, for people: it is the reason that is told where downstream
   *     does not run
   */
  public static CheckResult fail(String description) {
    return of(false).describedAs(description);
  }

  /**
   * Passed or not; not passed is of severity {@code ERROR}, unless it {@linkplain #warning warns}.
   */
  public static CheckResult of(boolean passed) {
    return new CheckResult(passed, Severity.ERROR, "", Map.of());
  }

  /** This result with severity {@code WARN}. */
  public CheckResult warning() {
    return new CheckResult(passed, Severity.WARN, description, metadata);
  }

  public CheckResult describedAs(String text) {
    return new CheckResult(passed, severity, text, metadata);
  }

  /** As {@link Output#with}. */
  public CheckResult with(String label, @Nullable Object value) {
    var more = new LinkedHashMap<>(metadata);
    more.put(label, MetadataValue.of(label, value));
    return new CheckResult(passed, severity, description, more);
  }

  public boolean passed() {
    return passed;
  }

  /** Matters only where the check did not pass. */
  public Severity severity() {
    return severity;
  }

  /** Empty where nothing was said. */
  public String description() {
    return description;
  }

  /** In the order in which it was added. */
  public Map<String, MetadataValue> metadata() {
    return metadata;
  }

  @Override
  public String toString() {
    return (passed ? "passed" : "not passed, " + severity)
        + (description.isEmpty() ? "" : ": " + description);
  }
}
