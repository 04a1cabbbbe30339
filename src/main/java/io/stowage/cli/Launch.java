package io.stowage.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.stowage.app.RoleApplication;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts the application in a role: by settings, weaker than those that were given, since one
 * binary has all roles.
 */
final class Launch {
  /** A worker has no database; what Quarkus would start for one is switched off. */
  private static final Map<String, String> WITHOUT_DATABASE =
      Map.of(
          "quarkus.datasource.active", "false",
          "quarkus.hibernate-orm.active", "false",
          "quarkus.flyway.active", "false",
          "quarkus.scheduler.enabled", "false");

  private static String[] arguments = {};

  private Launch() {}

  static void arguments(String... given) {
    arguments = given.clone();
  }

  /** Known by the class loader: Quarkus itself says it only once it runs. */
  static boolean inDevMode() {
    return Launch.class.getClassLoader().getClass().getSimpleName().equals("QuarkusClassLoader");
  }

  /** Runs until the process is told to stop. */
  static void role(String role) {
    set("stowage.role", role);
    if (role.equals("worker")) {
      WITHOUT_DATABASE.forEach(Launch::set);
    }
    if (role.equals("worker") || role.equals("migrate")) {
      withoutProvider();
    }
    if (inDevMode()) {
      Quarkus.run(
          RoleApplication.class, arguments); // dev mode waits for a change, also after a failure
    } else {
      Quarkus.run(RoleApplication.class, Launch::ended, arguments);
    }
  }

  /** Runs to its end, with what a worker has but no port, and with nothing on standard output. */
  static void application(Class<? extends QuarkusApplication> application) {
    WITHOUT_DATABASE.forEach(Launch::set);
    withoutPort(application);
  }

  /** The same, with the control plane's database where the environment names one. */
  static void applicationWithDatabase(Class<? extends QuarkusApplication> application) {
    if (isSet("quarkus.datasource.reactive.url") && isSet("quarkus.datasource.jdbc.url")) {
      set("quarkus.hibernate-orm.active", "false");
      set("quarkus.scheduler.enabled", "false");
    } else {
      WITHOUT_DATABASE.forEach(Launch::set);
    }
    withoutPort(application);
  }

  private static void withoutPort(Class<? extends QuarkusApplication> application) {
    option("stowage.role", "worker");
    withoutProvider();
    option("quarkus.http.host-enabled", false);
    option("quarkus.log.console.stderr", true);
    set("quarkus.log.level", "WARN");
    Quarkus.run(application, Launch::ended, arguments);
  }

  /**
   * Only who answers callers looks at their tokens; else the provider is waited for at the start.
   */
  private static void withoutProvider() {
    set("quarkus.oidc.tenant-enabled", "false");
  }

  /** What {@link StartFailure} is of; a start that was refused was told of by who refused it. */
  private static void ended(int code, @Nullable Throwable thrown) {
    if (thrown != null && !RoleApplication.refused()) {
      System.err.println("stowage: " + StartFailure.told(thrown));
    }
    System.exit(thrown == null ? code : RoleApplication.CONFIGURATION);
  }

  /** Sets a property, unless -D or the environment did. */
  static void set(String name, String value) {
    if (!isSet(name)) {
      System.setProperty(name, value);
    }
  }

  static boolean isSet(String name) {
    String variable = name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    return System.getProperty(name) != null || System.getenv(variable) != null;
  }

  /** Sets what an option of the command line says, which is stronger than the environment. */
  static void option(String name, Object value) {
    System.setProperty(name, value.toString());
  }
}
