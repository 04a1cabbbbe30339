package io.stowage.control.page;

import io.stowage.protocol.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a run over time, in units of a drawing.
 *
 * @param more how many steps are not drawn
 */
public record Gantt(int height, List<Row> rows, List<Tick> ticks, int more) {
  static final int WIDTH = 1000;
  static final int LEFT = 250;
  private static final int RIGHT = 70;
  private static final int TOP = 24;
  private static final int LINE = 24;
  private static final int MOST = 200;
  private static final double WORTH_SHOWING = 0.02;
  private static final String[] PARTS = {"load", "compute", "store"};

  /** An attempt at a step. */
  public record Row(int y, String step, String says, String took, int end, List<Part> parts) {}

  /** A part of it, from the left. */
  public record Part(String kind, String x, String width, String says) {}

  public record Tick(String x, String says) {}

  /** One attempt, as events tell of it. */
  private record Attempt(
      String step,
      String partition,
      Instant from,
      @Nullable RunEvent end,
      @Nullable Instant stored) {}

  static Gantt of(List<RunEvent> events, Instant now) {
    var attempts = attempts(events);
    if (attempts.isEmpty()) {
      return new Gantt(0, List.of(), List.of(), 0);
    }
    Instant start = attempts.getFirst().from();
    Instant last = start;
    for (Attempt each : attempts) {
      Instant end = each.end() == null ? now : each.end().at();
      last = end.isAfter(last) ? end : last;
    }
    double span = Math.max(0.001, seconds(start, last));
    double scale = (WIDTH - LEFT - RIGHT) / span;
    var rows = new ArrayList<Row>();
    for (Attempt each : attempts.subList(0, Math.min(MOST, attempts.size()))) {
      rows.add(row(each, TOP + LINE * rows.size(), start, now, scale));
    }
    return new Gantt(
        TOP + LINE * rows.size() + 6, rows, ticks(span, scale), attempts.size() - rows.size());
  }

  private static List<Attempt> attempts(List<RunEvent> events) {
    var open = new LinkedHashMap<String, Attempt>();
    var all = new ArrayList<Attempt>();
    for (RunEvent event : events) {
      if (event.step() == null) {
        continue;
      }
      String partition = event.partition() == null ? "" : event.partition();
      String place = event.step() + "\n" + partition;
      switch (event.type()) {
        case "step_started" -> {
          Attempt before =
              open.put(place, new Attempt(event.step(), partition, event.at(), null, null));
          if (before != null) {
            all.add(before);
          }
        }
        case "output_stored" ->
            open.computeIfPresent(
                place, (_, at) -> new Attempt(at.step, at.partition, at.from, null, event.at()));
        case "step_succeeded",
            "step_failed",
            "step_canceled",
            "step_superseded",
            "step_retried" -> {
          Attempt begun = open.remove(place);
          if (begun != null) {
            all.add(new Attempt(begun.step, partition, begun.from, event, begun.stored));
          }
        }
        default -> {}
      }
    }
    all.addAll(open.values());
    all.sort(java.util.Comparator.comparing(Attempt::from));
    return all;
  }

  private static Row row(Attempt of, int y, Instant start, Instant now, double scale) {
    Instant to = of.end() == null ? now : of.end().at();
    double from = seconds(start, of.from());
    double took = seconds(of.from(), to);
    String says = of.partition().isEmpty() ? of.step() : of.step() + " " + of.partition();
    var parts = new ArrayList<Part>();
    RunEvent end = of.end();
    if (end == null) {
      parts.add(part("open", from, took, scale, "runs since " + Shown.seconds(took)));
    } else if (end.type().equals("step_succeeded")) {
      split(of, end, from, took, scale, parts);
    } else {
      parts.add(
          part(
              end.type().equals("step_failed") ? "failed" : "whole",
              from,
              took,
              scale,
              end.type().substring("step_".length()) + " after " + Shown.seconds(took)));
    }
    return new Row(
        y,
        says.length() > 36 ? says.substring(0, 35) + "…" : says,
        says,
        Shown.seconds(took),
        (int) Math.min(WIDTH - RIGHT + 8, LEFT + (from + took) * scale + 8),
        parts);
  }

  /** What is left of the time after the output was stored is the commit's. */
  private static void split(
      Attempt of, RunEvent end, double from, double took, double scale, List<Part> parts) {
    double at = 0;
    for (String name : PARTS) {
      double most = took - at;
      double seconds =
          end.data().get(name + "_seconds") instanceof Number number
              ? Math.min(most, number.doubleValue())
              : 0;
      if (name.equals("store") && of.stored() != null) {
        double stored = Math.clamp(seconds(of.from(), of.stored()) - at, 0, seconds);
        parts.add(part("store", from + at, stored, scale, "store " + Shown.seconds(stored)));
        parts.add(
            part(
                "commit",
                from + at + stored,
                seconds - stored,
                scale,
                "commit " + Shown.seconds(seconds - stored)));
      } else if (seconds > 0) {
        parts.add(part(name, from + at, seconds, scale, name + " " + Shown.seconds(seconds)));
      }
      at += seconds;
    }
    if (parts.isEmpty()) {
      parts.add(part("whole", from, took, scale, Shown.seconds(took)));
    } else if (took - at > WORTH_SHOWING * took) {
      // between the parts: waiting for a thread, events, bookkeeping
      parts.add(part("rest", from + at, took - at, scale, "the rest " + Shown.seconds(took - at)));
    }
  }

  private static Part part(String kind, double from, double took, double scale, String says) {
    return new Part(kind, number(LEFT + from * scale), number(Math.max(1.5, took * scale)), says);
  }

  private static List<Tick> ticks(double span, double scale) {
    double step = Math.pow(10, Math.floor(Math.log10(span)));
    double every = span / step >= 5 ? step : span / step >= 2 ? step / 2 : step / 5;
    var ticks = new ArrayList<Tick>();
    for (double at = 0; at <= span + every / 100; at += every) {
      ticks.add(new Tick(number(LEFT + at * scale), Shown.seconds(at)));
    }
    return ticks;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toNanos() / 1e9);
  }

  /** How many steps ended how, for who cannot see the drawing. */
  static Map<String, Integer> counts(List<RunEvent> events) {
    var counts = new LinkedHashMap<String, Integer>();
    for (RunEvent event : events) {
      if (event.type().startsWith("step_") && !event.type().equals("step_started")) {
        counts.merge(event.type().substring("step_".length()), 1, Integer::sum);
      }
    }
    return counts;
  }
}
