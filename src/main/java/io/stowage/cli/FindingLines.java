package io.stowage.cli;

import io.stowage.app.doctor.Finding;
import io.stowage.app.doctor.Finding.Level;
import java.io.PrintWriter;
import java.util.List;

/** Findings for a terminal: what was looked at and how it is, and below that what to do. */
final class FindingLines {
  private static final String INDENT = "      ";
  private static final int NARROWEST = 40;

  private final PrintWriter out;
  private final int width;

  FindingLines(PrintWriter out, int width) {
    this.out = out;
    this.width = Math.max(NARROWEST, width);
  }

  void print(Finding finding) {
    wrap("%-6s".formatted(finding.level().word()), finding.subject() + ": " + finding.message());
    if (finding.advice() != null) {
      wrap(INDENT + "→ ", finding.advice());
    }
    out.flush();
  }

  void summary(List<Finding> findings) {
    long failures = count(findings, Level.FAIL);
    long warnings = count(findings, Level.WARN);
    out.println();
    out.println(
        failures + warnings == 0
            ? "All is well."
            : (failures == 0 ? "" : failures + (failures == 1 ? " failure" : " failures"))
                + (failures > 0 && warnings > 0 ? ", " : "")
                + (warnings == 0 ? "" : warnings + (warnings == 1 ? " warning" : " warnings"))
                + ".");
  }

  private static long count(List<Finding> findings, Level level) {
    return findings.stream().filter(each -> each.level() == level).count();
  }

  /** A word that is longer than a line stands in one of its own, so that it can be copied. */
  private void wrap(String before, String text) {
    var line = new StringBuilder(before);
    boolean fresh = true;
    for (String word : text.strip().split("\\s+")) {
      if (!fresh && line.length() + 1 + word.length() > width) {
        out.println(line);
        line = new StringBuilder(" ".repeat(before.length()));
        fresh = true;
      }
      line.append(fresh ? "" : " ").append(word);
      fresh = false;
    }
    out.println(line);
  }
}
