package io.stowage.app;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Maps a settings interface on a prefix that is known at run time only, {@code stowage.io.<key>},
 * with a launch's overrides.
 */
final class SettingsMapper {
  private static final int ABOVE_ALL = 10_000;

  /**
   * Quarkus' own converters: a native image does not find them by itself for a second
   * configuration.
   */
  private static final List<Class<?>> CONVERTED =
      List.of(Duration.class, MemorySize.class, Path.class);

  private SettingsMapper() {}

  /**
   * @param overrides by the setting's name below the prefix
   * @throws StowageException {@code INVALID_CONFIGURATION} with all faults, one a line, each with
   *     the full property name
   */
  static <S> S map(String prefix, Class<S> type, Map<String, String> overrides) {
    var running = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
    var above = new HashMap<String, String>();
    // a value that is overridden stands for itself, and refers to no other property
    overrides.forEach((name, value) -> above.put(prefix + "." + name, value.replace("$", "\\$")));
    // The running sources themselves, not one source around them: so names of the environment are
    // matched to the mapping.
    var builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withInterceptors(new WholeLists(above.keySet()))
            .withProfiles(running.getProfiles())
            .withSources(new PropertiesConfigSource(above, "launch overrides", ABOVE_ALL))
            .withMapping(type, prefix)
            .withMappingIgnore(prefix + ".type");
    running.getConfigSources().forEach(builder::withSources);
    CONVERTED.forEach(converted -> convert(builder, running, converted));
    try {
      return builder.build().getConfigMapping(type, prefix);
    } catch (ConfigValidationException e) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION, plain(String.valueOf(e.getMessage())), e);
    }
  }

  private static <T> void convert(
      SmallRyeConfigBuilder builder, SmallRyeConfig running, Class<T> type) {
    running.getConverter(type).ifPresent(converter -> builder.withConverter(type, 300, converter));
  }

  /** The sentences without the library's heading and codes. */
  static String plain(String message) {
    return message
        .lines()
        .filter(line -> !line.startsWith("Configuration validation failed"))
        .map(line -> line.strip().replaceAll("(java\\.[a-zA-Z.]+: )?SRCFG\\d+: ", ""))
        .map(
            line ->
                line.replaceAll(
                    " in [A-Za-z]+\\[source=.*] does not map to any root",
                    " is no setting of this type"))
        .collect(Collectors.joining("\n"));
  }
}
