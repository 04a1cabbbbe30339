package io.stowage.api.metadata;

import io.stowage.api.AssetKey;
import io.stowage.api.StowageException;
import java.net.URI;
import java.nio.file.Path;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Copies of maps, collections and scalars, as JSON has them; anything else is refused. */
record JsonData(MetadataRules rules) {
  private static final int DEEPEST = 100;

  @Nullable Object plain(@Nullable Object value) {
    return plain(value, 0);
  }

  private @Nullable Object plain(@Nullable Object value, int depth) {
    if (depth > DEEPEST) {
      throw rules.cannot("json", "be nested more than " + DEEPEST + " deep, or contain itself");
    }
    return switch (value) {
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, item) -> copy.put(name(key), plain(item, depth + 1)));
        yield copy;
      }
      case Collection<?> list -> {
        var copy = new ArrayList<@Nullable Object>(list.size());
        list.forEach(item -> copy.add(plain(item, depth + 1)));
        yield copy;
      }
      case null, default -> scalar("json", "", value);
    };
  }

  private String name(@Nullable Object key) {
    if (key == null) {
      throw rules.cannot("json", "have null as a name");
    }
    return rules.text("json", key instanceof Enum<?> word ? word.name() : key.toString());
  }

  /**
   * @param place of a cell, {@code column 'a' of row 1}
   */
  @Nullable Object scalar(String place, @Nullable Object value) {
    return scalar("table", " in " + place, value);
  }

  private @Nullable Object scalar(String type, String place, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Double number -> finite(type, place, number);
      case Float number -> finite(type, place, (double) number);
      case Boolean _, Long _, Integer _, Short _, Byte _ -> value;
      case String text -> rules.text(type, text);
      case Character letter -> rules.text(type, letter.toString());
      case Enum<?> word -> word.name();
      case Number _, AssetKey _, URI _, UUID _, Path _, TemporalAccessor _, TemporalAmount _ ->
          rules.text(type, value.toString());
      default -> throw unknown(type, place, value);
    };
  }

  private Double finite(String type, String place, Double number) {
    if (!Double.isFinite(number)) {
      throw rules.cannot(type, "hold " + number + place + ": JSON has no word for it");
    }
    return number;
  }

  private StowageException unknown(String type, String place, Object value) {
    return rules.cannot(
        type,
        "hold a "
            + value.getClass().getTypeName()
            + place
            + ": give text, a number, a time"
            + (type.equals("json") ? ", a map or a list" : " or null"));
  }
}
