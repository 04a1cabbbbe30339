package io.stowage.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.stowage.api.ErrorKind;
import io.stowage.app.Doctor;
import io.stowage.app.doctor.Finding;
import io.stowage.app.doctor.Finding.Level;
import io.stowage.protocol.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Examines what a worker or a server would need on this machine: configuration,",
      "tokens, control plane, database, stores, clocks; and says what to do."
    },
    footer = {
      "",
      "The database is examined where the environment names it, as on a server.",
      "Each store is written to, and left as it was."
    },
    exitCodeList = {
      "0:all is well",
      "1:there are warnings",
      "2:wrong usage",
      "64:something has to be changed; goes before 69",
      "69:something is out of reach; goes before 1",
      "70:a bug"
    })
final class DoctorCommand implements Runnable {
  private static final int WARNED = 1;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The control plane (default: stowage.control.url).")
  private @Nullable String url;

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  @Override
  public void run() {
    if (url != null) {
      Launch.option("stowage.control.url", url);
    }
    DoctorApplication.runs(this);
    Launch.applicationWithDatabase(DoctorApplication.class);
  }

  /** Examines, in an application that was started for it; the exit code. */
  int examine(Doctor doctor) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    var lines = new FindingLines(out, Table.terminalWidth());
    List<Finding> findings = doctor.examine(json ? _ -> {} : lines::print);
    int code = exitCode(findings);
    if (json) {
      printJson(findings, code, out);
    } else {
      lines.summary(findings);
    }
    out.flush();
    return code;
  }

  static int exitCode(List<Finding> findings) {
    if (findings.stream().anyMatch(each -> isFailure(each) && each.kind() != ErrorKind.TRANSIENT)) {
      return Main.CONFIGURATION;
    }
    if (findings.stream().anyMatch(DoctorCommand::isFailure)) {
      return Main.OUT_OF_REACH;
    }
    return findings.stream().anyMatch(each -> each.level() == Level.WARN) ? WARNED : 0;
  }

  private static boolean isFailure(Finding finding) {
    return finding.level() == Level.FAIL;
  }

  private static void printJson(List<Finding> findings, int code, PrintWriter out) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("exit_code", code);
    answer.put("findings", findings.stream().map(DoctorCommand::data).toList());
    try {
      out.println(
          Json.reader().writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(answer));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> data(Finding finding) {
    var data = new LinkedHashMap<String, String>();
    data.put("level", finding.level().word());
    data.put("subject", finding.subject());
    data.put("message", finding.message());
    if (finding.advice() != null) {
      data.put("advice", finding.advice());
    }
    return data;
  }
}
