package io.stowage.engine;

import io.stowage.api.GenericType;
import io.stowage.catalog.DeclaredType;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Declared types as the JDK's: the JDK's own classes by heart, since a native image finds no class
 * by name, others looked up.
 */
public final class DeclaredTypes {
  private static final Map<String, Class<?>> KNOWN =
      Stream.of(
              void.class,
              long.class,
              int.class,
              short.class,
              byte.class,
              double.class,
              float.class,
              boolean.class,
              char.class,
              Object.class,
              Void.class,
              Long.class,
              Integer.class,
              Short.class,
              Byte.class,
              Double.class,
              Float.class,
              Boolean.class,
              Character.class,
              String.class,
              Number.class,
              BigDecimal.class,
              BigInteger.class,
              UUID.class,
              URI.class,
              Path.class,
              InputStream.class,
              Instant.class,
              LocalDate.class,
              LocalTime.class,
              LocalDateTime.class,
              List.class,
              Set.class,
              Map.class,
              Collection.class,
              Iterable.class,
              Stream.class,
              Optional.class)
          .collect(Collectors.toMap(Class::getName, Function.identity()));

  private DeclaredTypes() {}

  /**
   * @param classes by name, those that are not the JDK's
   */
  public static Type resolve(DeclaredType type, Function<String, Class<?>> classes) {
    Class<?> raw = raw(type.name(), classes);
    return type.arguments().isEmpty()
        ? raw
        : GenericType.of(
            raw,
            type.arguments().stream()
                .map(argument -> resolve(argument, classes))
                .toArray(Type[]::new));
  }

  private static Class<?> raw(String name, Function<String, Class<?>> classes) {
    if (name.endsWith("[]")) {
      return Array.newInstance(raw(name.substring(0, name.length() - 2), classes), 0).getClass();
    }
    Class<?> known = KNOWN.get(name);
    return known != null ? known : classes.apply(name);
  }
}
