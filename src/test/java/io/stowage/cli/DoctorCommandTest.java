package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.ErrorKind;
import io.stowage.app.doctor.Finding;
import io.stowage.app.doctor.Finding.Level;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  private static final Finding FINE = new Finding(Level.OK, "clock", "it agrees", null, null);
  private static final Finding SKIPPED = new Finding(Level.SKIP, "database", "none", null, null);
  private static final Finding DOUBTFUL =
      new Finding(Level.WARN, "clock", "it is 3 s off", "set it", null);
  private static final Finding AWAY =
      new Finding(Level.FAIL, "control plane", "no answer", null, ErrorKind.TRANSIENT);
  private static final Finding WRONG =
      new Finding(Level.FAIL, "store 'lake'", "there is no bucket", "create it", ErrorKind.CALLER);

  @Test
  void theExitCodeSaysWhoHasToAct() {
    assertThat(DoctorCommand.exitCode(List.of(FINE, SKIPPED))).isZero();
    assertThat(DoctorCommand.exitCode(List.of(FINE, DOUBTFUL))).isEqualTo(1);
    assertThat(DoctorCommand.exitCode(List.of(AWAY, DOUBTFUL))).isEqualTo(69);
    assertThat(DoctorCommand.exitCode(List.of(AWAY, WRONG, FINE))).isEqualTo(64);
  }

  @Test
  void eachFindingIsALineWithWhatToDoBelow() {
    assertThat(printed(80, FINE, WRONG))
        .isEqualTo(
            """
            ok    clock: it agrees
            fail  store 'lake': there is no bucket
                  → create it

            1 failure.
            """);
    assertThat(printed(80, FINE, SKIPPED)).endsWith("\n\nAll is well.\n");
    assertThat(printed(80, AWAY, WRONG, DOUBTFUL)).endsWith("2 failures, 1 warning.\n");
  }

  @Test
  void linesFitTheTerminalButNoWordIsBroken() {
    String path = "'/a/path/that/is/longer/than/a/line/of/forty/characters/is'";
    var lines =
        printed(
                40,
                new Finding(
                    Level.WARN,
                    "token file",
                    "everybody on this machine may read " + path + " as it is now",
                    null,
                    null))
            .lines()
            .toList();
    assertThat(lines).contains("      " + path);
    assertThat(lines).filteredOn(line -> !line.contains("/")).allMatch(line -> line.length() <= 40);
  }

  private static String printed(int width, Finding... findings) {
    var text = new StringWriter();
    try (var out = new PrintWriter(text)) {
      var lines = new FindingLines(out, width);
      List.of(findings).forEach(lines::print);
      lines.summary(List.of(findings));
    }
    return text.toString();
  }
}
