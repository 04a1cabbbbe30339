package io.stowage.api.partition;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** How time is cut into windows. */
public sealed interface WindowCycle {
  /** One window of the cycle, in words: {@code a month}. */
  String noun();

  /** The pattern of keys where none is given. */
  String defaultFormat();

  enum Unit {
    /** Each begins when the clock on the wall shows the minute: days have 23, 24 or 25 of them. */
    HOUR("an hour", "yyyy-MM-dd-HH:mm"),
    DAY("a day", "yyyy-MM-dd"),
    /** From Monday, unless {@code days} says otherwise; the key is the first day. */
    WEEK("a week", "yyyy-MM-dd"),
    MONTH("a month", "yyyy-MM");

    private final String noun;
    private final String format;

    Unit(String noun, String format) {
      this.noun = noun;
      this.format = format;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Windows of the calendar.
   *
   * @param days how many days after Monday (0 to 6) or the first of the month (0 to 27) a window
   *     begins; else 0
   * @param hours at which hour of the day a window begins, 0 to 23; 0 for hours
   * @param minutes at which minute of the hour a window begins, 0 to 59
   */
  record Calendar(Unit unit, int days, int hours, int minutes) implements WindowCycle {
    public Calendar {
      int mostDays =
          switch (unit) {
            case HOUR, DAY -> 0;
            case WEEK -> 6;
            case MONTH -> 27;
          };
      check(unit, "days", days, mostDays);
      check(unit, "hours", hours, unit == Unit.HOUR ? 0 : 23);
      check(unit, "minutes", minutes, 59);
    }

    public static Calendar of(Unit unit) {
      return new Calendar(unit, 0, 0, 0);
    }

    private static void check(Unit unit, String what, int offset, int most) {
      if (offset < 0 || offset > most) {
        throw Faults.configuration(
            unit.noun
                + " cannot begin "
                + offset
                + " "
                + what
                + " later: 0 to "
                + most
                + " can be");
      }
    }

    @Override
    public String noun() {
      return unit.noun;
    }

    @Override
    public String defaultFormat() {
      return unit.format;
    }
  }

  /**
   * From one time that a cron expression fires to the next.
   *
   * @param expression minute, hour, day of the month, month, day of the week, as in a crontab; or
   *     one of its names, {@code @daily}, which stands for {@code 0 0 * * *}
   */
  record Cron(String expression) implements WindowCycle {
    private static final Map<String, String> NAMED =
        Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");
    private static final Pattern FIVE_FIELDS =
        Pattern.compile("[0-9A-Za-z*/,-]+( [0-9A-Za-z*/,-]+){4}");

    public Cron {
      expression = expression.strip().replaceAll("\\s+", " ");
      expression = NAMED.getOrDefault(expression, expression);
      if (!FIVE_FIELDS.matcher(expression).matches()) {
        throw Faults.configuration(
            "cron "
                + Faults.quoted(expression)
                + " has not the five fields of a crontab: minute, hour, day of the month, month,"
                + " day of the week");
      }
      var fault = CronFields.fault(expression);
      if (fault.isPresent()) {
        throw Faults.configuration("cron " + Faults.quoted(expression) + " " + fault.get());
      }
    }

    @Override
    public String noun() {
      return "a window of cron '" + expression + "'";
    }

    @Override
    public String defaultFormat() {
      return Unit.HOUR.format;
    }
  }
}
