package io.stowage.app.doctor;

import java.util.Locale;

/** What this program is, and what it runs on. */
public final class Machine implements Report.Checkup {
  private static final long LEAST_MIB = 128;

  private final String version;

  public Machine(String version) {
    this.version = version;
  }

  @Override
  public void check(Report report) {
    boolean binary = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
    long heap = Runtime.getRuntime().maxMemory() / (1024 * 1024);
    String on =
        String.format(
            Locale.ROOT,
            "stowage %s, %s, %s %s, %d processors, heap up to %d MiB",
            version,
            binary ? "native binary" : "JVM " + Runtime.version(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            heap);
    if (heap < LEAST_MIB) {
      report.warn("machine", on, "give it more memory: uploads buffer several parts of 8 MiB");
    } else {
      report.ok("machine", on);
    }
  }
}
