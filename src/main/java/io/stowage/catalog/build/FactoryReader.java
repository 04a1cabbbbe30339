package io.stowage.catalog.build;

import io.stowage.api.ErrorCode;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.StowageException;
import io.stowage.catalog.SettingSpec;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.types.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one {@link IoManagerFactory}: its type, its settings interface, and which of them a run may
 * override.
 */
final class FactoryReader {
  private static final String CONFIG_MAPPING = "io.smallrye.config.ConfigMapping";
  private static final String VALIDATION = "jakarta.validation.";

  private FactoryReader() {}

  record Found(
      String type,
      ClassInfo factory,
      ClassInfo settings,
      boolean loadOnly,
      List<SettingSpec> specs) {}

  static Optional<Found> read(BeanInfo bean) {
    for (Type type : bean.types()) {
      if (type.isParameterizedType()
          && type.asParameterizedType()
              .genericClass()
              .declaration()
              .name()
              .equals(IoManagerFactory.class.getName())) {
        return Optional.of(
            found(bean.declaringClass(), type.asParameterizedType().typeArguments().getFirst()));
      }
    }
    return Optional.empty();
  }

  private static Found found(ClassInfo factory, Type argument) {
    AnnotationInfo annotation = factory.annotation(IoManagerType.class);
    if (annotation == null) {
      throw fault(
          factory.name()
              + " makes IO managers, but does not say of which type: annotate it @IoManagerType(\"…\")");
    }
    if (!argument.isClass()) {
      throw fault(factory.name() + " must name its settings: an interface in place of " + argument);
    }
    ClassInfo settings = argument.asClass().declaration();
    if (settings.annotations().stream()
        .noneMatch(mapping -> mapping.name().equals(CONFIG_MAPPING))) {
      throw fault(
          settings.name()
              + ", the settings of "
              + factory.name()
              + ", needs the annotation @ConfigMapping");
    }
    refuseConstraints(settings);
    Set<String> locked = new HashSet<>();
    if (annotation.hasMember("locked")) {
      annotation.member("locked").asArray().forEach(name -> locked.add(name.asString()));
    }
    boolean loadOnly =
        annotation.hasMember("loadOnly") && annotation.member("loadOnly").asBoolean();
    return new Found(
        annotation.value().asString(),
        factory,
        settings,
        loadOnly,
        SettingsReader.read(settings, locked));
  }

  /**
   * With a constraint on it Quarkus would map the interface at start, without the key: all settings
   * would be missing.
   */
  private static void refuseConstraints(ClassInfo settings) {
    for (var method : settings.methods()) {
      for (AnnotationInfo annotation : method.annotations()) {
        if (annotation.name().startsWith(VALIDATION)) {
          throw fault(
              settings.name()
                  + "."
                  + method.name()
                  + "() bears @"
                  + annotation.name()
                  + ", which settings cannot: check the value in the factory's create method");
        }
      }
    }
  }

  private static StowageException fault(String message) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}
