package io.stowage.samples.weather;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table of months under a title, with a bar for each month's rain. */
record Report(ReportSettings settings, List<MonthSummary> months) {
  private static final String MARKDOWN = "| %-7s | %-8s | %6s | %6s | %6s | %6s | %-5s |%n";
  private static final String TEXT = "%-7s  %-8s  %6s  %6s  %6s  %6s  %s%n";

  String text() {
    return heading() + months.stream().map(this::line).collect(Collectors.joining());
  }

  private String heading() {
    String columns = line("month", "city", "mean", "low", "high", "rain", "");
    return switch (settings.style()) {
      case MARKDOWN ->
          "# " + settings.title() + "\n\n" + columns + "|---|---|--:|--:|--:|--:|---|\n";
      case TEXT ->
          settings.title() + "\n" + "=".repeat(settings.title().length()) + "\n\n" + columns;
    };
  }

  private String line(MonthSummary month) {
    return line(
        month.month(),
        month.city(),
        number(month.mean()),
        number(month.low()),
        number(month.high()),
        number(month.rain()),
        bar(month.rain()));
  }

  private String line(Object... cells) {
    String format = settings.style() == ReportSettings.Style.MARKDOWN ? MARKDOWN : TEXT;
    return format.replace("%n", "\n").formatted(cells).stripTrailing() + "\n";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private String bar(double rain) {
    double most = months.stream().mapToDouble(MonthSummary::rain).max().orElse(0);
    return most == 0 ? "" : "█".repeat((int) Math.round(rain / most * settings.width()));
  }
}
