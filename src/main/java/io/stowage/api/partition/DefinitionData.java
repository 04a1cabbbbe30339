package io.stowage.api.partition;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Definitions as maps of plain values. */
final class DefinitionData {
  private DefinitionData() {}

  static Map<String, Object> of(PartitionsDefinition definition) {
    var data = new LinkedHashMap<String, Object>();
    switch (definition) {
      case StaticPartitionsDefinition listed -> {
        data.put("type", "static");
        data.put("dimension", listed.dimension());
        data.put("keys", listed.values());
      }
      case DynamicPartitionsDefinition(var name, var dimension) -> {
        data.put("type", "dynamic");
        data.put("dimension", dimension);
        data.put("name", name);
      }
      case TimeWindowPartitionsDefinition time -> write(time, data);
      case MultiPartitionsDefinition(var dimensions) -> {
        var inner = new LinkedHashMap<String, Object>();
        dimensions.forEach((name, dimension) -> inner.put(name, of(dimension)));
        data.put("type", "multi");
        data.put("dimensions", inner);
      }
    }
    return data;
  }

  private static void write(TimeWindowPartitionsDefinition time, Map<String, Object> data) {
    data.put("type", "time");
    data.put("dimension", time.dimension());
    switch (time.cycle()) {
      case WindowCycle.Calendar(var unit, int days, int hours, int minutes) -> {
        data.put("unit", unit.word());
        data.put("dayOffset", days);
        data.put("hourOffset", hours);
        data.put("minuteOffset", minutes);
      }
      case WindowCycle.Cron(var expression) -> data.put("cron", expression);
    }
    data.put("start", time.start().toString());
    if (time.end() != null) {
      data.put("end", time.end().toString());
    }
    data.put("zone", time.zone().getId());
    data.put("format", time.format().pattern());
    data.put("endOffset", time.endOffset());
  }

  static PartitionsDefinition read(DataFields data) {
    return switch (data.text("type")) {
      case "static" ->
          new StaticPartitionsDefinition(
              data.texts("keys"), dimension(data, SingleDimensionDefinition.KEY));
      case "dynamic" ->
          new DynamicPartitionsDefinition(
              data.required("name"), dimension(data, SingleDimensionDefinition.KEY));
      case "time" ->
          time(
              data.text("cron").isEmpty()
                  ? calendar(data)
                  : new WindowCycle.Cron(data.text("cron")),
              data);
      case "multi" -> {
        DataFields inner = data.map("dimensions");
        var dimensions = new TreeMap<String, PartitionsDefinition>();
        inner.data().keySet().forEach(name -> dimensions.put(name, read(inner.map(name))));
        yield PartitionsDefinition.multi(dimensions);
      }
      default -> throw data.unknownType();
    };
  }

  private static WindowCycle calendar(DataFields data) {
    try {
      return calendar(WindowCycle.Unit.valueOf(data.text("unit").toUpperCase(Locale.ROOT)), data);
    } catch (IllegalArgumentException e) {
      throw Faults.configuration(
          "there are no windows of "
              + Faults.quoted(data.text("unit"))
              + ", but of hour, day, week and month");
    }
  }

  static WindowCycle calendar(WindowCycle.Unit unit, DataFields data) {
    return new WindowCycle.Calendar(
        unit, data.number("dayOffset"), data.number("hourOffset"), data.number("minuteOffset"));
  }

  /** What is absent or empty is as it is where nobody says otherwise. */
  static TimeWindowPartitionsDefinition time(WindowCycle cycle, DataFields data) {
    String format = data.text("format").isEmpty() ? cycle.defaultFormat() : data.text("format");
    @Nullable LocalDateTime end =
        data.text("end").isEmpty() ? null : LocalTimes.parse("end", data.text("end"));
    return new TimeWindowPartitionsDefinition(
        cycle,
        LocalTimes.parse("start", data.required("start")),
        end,
        zone(data.text("zone")),
        KeyFormat.of(format),
        data.number("endOffset"),
        dimension(data, SingleDimensionDefinition.DATE));
  }

  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(id.isEmpty() ? "UTC" : id);
    } catch (DateTimeException e) {
      throw Faults.configuration(
          "there is no time zone " + Faults.quoted(id) + ": write one such as Europe/Vienna");
    }
  }

  static String dimension(DataFields data, String otherwise) {
    return data.text("dimension").isEmpty() ? otherwise : data.text("dimension");
  }
}
