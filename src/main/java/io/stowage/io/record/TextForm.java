package io.stowage.io.record;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZonedDateTime;
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
      Map.of(
          BigInteger.class, new TextForm("a whole number", BigInteger::new),
          UUID.class, new TextForm("a UUID", UUID::fromString),
          URI.class, new TextForm("a URI", URI::create),
          Duration.class, new TextForm("a duration such as PT1H30M", Duration::parse),
          Period.class, new TextForm("a period such as P1M", Period::parse),
          YearMonth.class, new TextForm("a month such as 2012-03", YearMonth::parse),
          OffsetDateTime.class, new TextForm("a time with an offset", OffsetDateTime::parse),
          ZonedDateTime.class, new TextForm("a time with a zone", ZonedDateTime::parse));

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
