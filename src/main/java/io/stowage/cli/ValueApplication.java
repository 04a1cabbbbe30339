package io.stowage.cli;

import io.quarkus.runtime.QuarkusApplication;
import io.stowage.api.AssetValues;
import io.stowage.api.StowageException;
import jakarta.inject.Inject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The application as far as a value needs it: managers and their settings, no port, no queue. */
public class ValueApplication implements QuarkusApplication {
  private static @Nullable ValueCommand command;

  private final AssetValues values;

  @Inject
  ValueApplication(AssetValues values) {
    this.values = values;
  }

  /** What the next start is for: the command line was read before there was an application. */
  static void reads(ValueCommand asked) {
    command = asked;
  }

  @Override
  public int run(String... arguments) {
    ValueCommand asked = Objects.requireNonNull(command, "no value was asked for");
    try {
      asked.show(values);
      return 0;
    } catch (StowageException e) {
      return Main.told(e, asked.err());
    } finally {
      asked.err().flush();
    }
  }
}
