package io.stowage.app.doctor;

import io.stowage.api.ErrorKind;
import io.stowage.api.StowageException;
import io.stowage.app.doctor.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Findings, in the order in which they were made. */
public final class Report {
  private final List<Finding> findings = new ArrayList<>();
  private final Consumer<Finding> listener;

  /**
   * @param listener hears of each finding at once, since the next may take a while
   */
  public Report(Consumer<Finding> listener) {
    this.listener = listener;
  }

  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  public void ok(String subject, String message) {
    add(new Finding(Level.OK, subject, message, null, null));
  }

  public void skip(String subject, String message) {
    add(new Finding(Level.SKIP, subject, message, null, null));
  }

  void warn(String subject, String message, String advice) {
    add(new Finding(Level.WARN, subject, message, advice, null));
  }

  void fail(String subject, String message, String advice) {
    add(new Finding(Level.FAIL, subject, message, advice, ErrorKind.CALLER));
  }

  /** The messages of our exceptions say what to do themselves. */
  public void fail(String subject, StowageException failure) {
    add(
        new Finding(
            Level.FAIL, subject, String.valueOf(failure.getMessage()), null, failure.kind()));
  }

  private void add(Finding finding) {
    findings.add(finding);
    listener.accept(finding);
  }

  /** Runs a checkup; what it throws is a finding as well. */
  public void check(String subject, Checkup checkup) {
    try {
      checkup.check(this);
    } catch (StowageException e) {
      fail(subject, e);
    }
  }

  /** Looks at one thing. */
  @FunctionalInterface
  public interface Checkup {
    /**
     * @throws StowageException where it could not go on; what it found before stands
     */
    void check(Report report);
  }
}
