package io.stowage.api.partition;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be said of a cron expression without a calendar: whether its numbers are in range, and
 * whether there is a day in any year on which it fires. When it fires is told by a {@link
 * CronSchedule}.
 */
final class CronFields {
  private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private record Field(String name, int least, int most, List<String> words) {}

  private static final Field MINUTE = new Field("minute", 0, 59, List.of());
  private static final Field HOUR = new Field("hour", 0, 23, List.of());
  private static final Field DAY = new Field("day of the month", 1, 31, List.of());
  private static final Field MONTH =
      new Field(
          "month",
          1,
          12,
          List.of(
              "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"));
  private static final Field WEEKDAY =
      new Field("day of the week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  private CronFields() {}

  /**
   * What is wrong with the expression.
   *
   * @param expression five fields, with a space between them
   */
  static Optional<String> fault(String expression) {
    String[] fields = expression.split(" ");
    try {
      values(MINUTE, fields[0]);
      values(HOUR, fields[1]);
      BitSet days = values(DAY, fields[2]);
      BitSet months = values(MONTH, fields[3]);
      values(WEEKDAY, fields[4]);
      return fires(days, months) || !fields[4].startsWith("*")
          ? Optional.empty()
          : Optional.of("never fires: no month that it names has a day that it names");
    } catch (IllegalArgumentException e) {
      return Optional.of("cannot be: " + e.getMessage());
    }
  }

  private static boolean fires(BitSet days, BitSet months) {
    return months.stream().anyMatch(month -> days.nextSetBit(1) <= DAYS[month - 1]);
  }

  private static BitSet values(Field field, String text) {
    var values = new BitSet();
    for (String part : text.split(",", -1)) {
      String[] stepped = part.split("/", -1);
      int step = stepped.length == 1 ? 1 : number(field, stepped[1], 1, field.most);
      String[] range = stepped[0].split("-", -1);
      boolean all = stepped[0].equals("*");
      if (stepped.length > 2 || range.length > 2) {
        throw none(field, part);
      }
      int from = all ? field.least : value(field, range[0]);
      int to =
          range.length == 2
              ? value(field, range[1])
              : all || stepped.length == 2 ? field.most : from;
      for (int each = from; each <= to; each += step) {
        values.set(each);
      }
      if (from > to) {
        throw none(field, part);
      }
    }
    return values;
  }

  private static int value(Field field, String text) {
    int word = field.words.indexOf(text.toUpperCase(Locale.ROOT));
    return word >= 0 ? word + field.least : number(field, text, field.least, field.most);
  }

  private static int number(Field field, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw none(field, text);
  }

  private static IllegalArgumentException none(Field field, String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is no "
            + field.name
            + ", which is "
            + field.least
            + " to "
            + field.most
            + ", a range such as 1-5, or '*'");
  }
}
