package io.stowage.control;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.protocol.Problem.Fault;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A request with faults, each of which is told. Its own code is that of the first. */
public final class Rejected extends StowageException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  Rejected(List<Fault> faults) {
    super(
        ErrorCode.valueOf(faults.getFirst().code().toUpperCase(Locale.ROOT)),
        faults.stream()
            .map(fault -> fault.field() + ": " + fault.message())
            .collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
