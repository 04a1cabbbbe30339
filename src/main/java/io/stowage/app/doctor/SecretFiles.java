package io.stowage.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether files with tokens can be read by those alone who are meant. */
public final class SecretFiles implements Report.Checkup {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private final String subject;
  private final List<Path> files;

  public SecretFiles(String subject, List<Path> files) {
    this.subject = subject;
    this.files = List.copyOf(files);
  }

  @Override
  public void check(Report report) {
    var open = new ArrayList<String>();
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        report.fail(
            subject,
            "cannot read '" + file + "'",
            "see that it is there, and that this user may read it");
        return;
      }
      if (isOpen(file)) {
        open.add("'" + file + "'");
      }
    }
    if (open.isEmpty()) {
      report.ok(subject, files.size() + (files.size() == 1 ? " file" : " files") + ", private");
    } else {
      report.warn(
          subject,
          "everybody on this machine may read " + String.join(", ", open),
          "chmod o-rwx " + String.join(" ", open));
    }
  }

  /** Where the file system knows no such permissions nobody can tell. */
  private static boolean isOpen(Path file) {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
