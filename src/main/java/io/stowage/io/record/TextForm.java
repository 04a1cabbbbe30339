package io.stowage.io.record;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a value stands as text: written by {@code toString}, which loses nothing for these types.
 *
 * @param what for a message: {@code a UUID}
 * @param parser throws any {@code RuntimeException} for text that it cannot read
 */
public record TextForm(String what, Function<String, Object> parser) {
  private static final Map<Class<?>, TextForm> FORMS =
      Map.ofEntries(
          Map.entry(BigInteger.class, new TextForm("a whole number", BigInteger::new)),
          Map.entry(UUID.class, new TextForm("a UUID", UUID::fromString)),
          Map.entry(URI.class, new TextForm("a URI", URI::create)),
          Map.entry(Duration.class, new TextForm("a duration such as PT1H30M", Duration::parse)),
          Map.entry(Period.class, new TextForm("a period such as P1M", Period::parse)),
          Map.entry(Year.class, new TextForm("a year such as 2012", Year::parse)),
          Map.entry(YearMonth.class, new TextForm("a month such as 2012-03", YearMonth::parse)),
          Map.entry(MonthDay.class, new TextForm("a day such as --12-31", MonthDay::parse)),
          Map.entry(
              OffsetTime.class, new TextForm("a time of day with an offset", OffsetTime::parse)),
          Map.entry(
              OffsetDateTime.class, new TextForm("a time with an offset", OffsetDateTime::parse)),
          Map.entry(ZonedDateTime.class, new TextForm("a time with a zone", ZonedDateTime::parse)),
          Map.entry(ZoneId.class, new TextForm("a zone such as Europe/Zurich", ZoneId::of)),
          Map.entry(ZoneOffset.class, new TextForm("an offset such as +01:00", ZoneOffset::of)),
          Map.entry(Currency.class, new TextForm("a currency such as CHF", Currency::getInstance)));

  /** The form of a type whose values every format keeps as text; null for any other type. */
  public static @Nullable TextForm of(Class<?> type) {
    return FORMS.get(type);
  }

  /**
   * @throws IllegalArgumentException naming the text and what it should be
   */
  public Object parse(String text) {
    try {
      return parser.apply(text);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("'%s' is not %s".formatted(abbreviated(text), what), e);
    }
  }

  private static String abbreviated(String text) {
    return text.length() <= 80 ? text : text.substring(0, 79) + "…";
  }
}
