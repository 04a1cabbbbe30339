package io.stowage.testing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.Map;

/**
 * Fills a factory's settings as a worker fills them from {@code stowage.io.<key>.*}: with defaults,
 * conversions, nested groups, lists and maps, and refusing what is missing, malformed or unknown.
 * Reads nothing of the environment.
 *
 * <pre>{@code
 * var settings = Settings.of(CrmSettings.class, Map.of("endpoint", "http://localhost", "timeout", "5s"));
 * var manager = new CrmIoManagerFactory().create(settings, ResourceContexts.of("crm"));
 * }</pre>
 */
public final class Settings {
  private static final String PREFIX = "stowage.io.test";

  private Settings() {}

  /**
   * @param type an interface annotated {@code @ConfigMapping}
   * @param values by name, dotted and in kebab case: {@code proxy.host}
   * @throws StowageException {@code INVALID_CONFIGURATION}, with a line for each setting that is
   *     missing, malformed or unknown
   */
  public static <S> S of(Class<S> type, Map<String, String> values) {
    if (!type.isInterface() || !type.isAnnotationPresent(ConfigMapping.class)) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          type.getName() + " is no interface of settings: it needs the annotation @ConfigMapping");
    }
    var builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withMapping(type, PREFIX);
    values.forEach((name, value) -> builder.withDefaultValue(PREFIX + "." + name, value));
    try {
      return builder.build().getConfigMapping(type, PREFIX);
    } catch (ConfigValidationException e) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION, String.valueOf(e.getMessage()), e);
    }
  }
}
