package io.stowage.cli;

import io.quarkus.runtime.QuarkusApplication;
import io.stowage.app.Doctor;
import jakarta.inject.Inject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The application as far as it is to be examined: no port, no queue. */
public class DoctorApplication implements QuarkusApplication {
  private static @Nullable DoctorCommand command;

  private final Doctor doctor;

  @Inject
  DoctorApplication(Doctor doctor) {
    this.doctor = doctor;
  }

  /** What the next start is for: the command line was read before there was an application. */
  static void runs(DoctorCommand asked) {
    command = asked;
  }

  @Override
  public int run(String... arguments) {
    return Objects.requireNonNull(command, "no doctor was asked for").examine(doctor);
  }
}
