package io.stowage.catalog;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;

/** What {@code @BackfillPolicy} says, and what a method that computes a range may return. */
public final class RangeRules {
  private static final String OUTPUT = "io.stowage.api.Output";
  private static final String PARTITIONED = "io.stowage.api.Partitioned";
  private static final String SELF_STORED = "io.stowage.api.MaterializeResult";
  private static final String MAP = "java.util.Map";
  private static final String STREAM = "java.util.stream.Stream";

  private RangeRules() {}

  /**
   * How many partitions a run computes at most.
   *
   * @param word {@code SINGLE_RUN} or {@code MULTI_RUN}
   * @param most what the annotation gives as {@code maxPartitionsPerRun}
   * @throws StowageException {@code INVALID_CONFIGURATION}
   */
  public static int maxPartitionsPerRun(String word, int most) {
    if (word.equals("SINGLE_RUN")) {
      if (most != 1) {
        throw fault(
            "a single run computes all partitions of a range: leave maxPartitionsPerRun = "
                + most
                + " out, or SINGLE_RUN");
      }
      return Integer.MAX_VALUE;
    }
    if (most < 1) {
      throw fault("maxPartitionsPerRun is " + most + ", but a run computes one partition at least");
    }
    return most;
  }

  /**
   * The type of what is stored, of a returned type without {@code Output<…>} around it: itself; of
   * a method that computes a range the type of one partition's value.
   *
   * @throws StowageException {@code INVALID_CONFIGURATION} where a range cannot be returned so
   */
  public static DeclaredType stored(DeclaredType returned, int maxPartitionsPerRun) {
    boolean rows = returned.is(STREAM) && returned.element().is(PARTITIONED);
    if (maxPartitionsPerRun == 1) {
      if (rows) {
        throw fault(
            "it returns rows of several partitions, but computes one: annotate it @BackfillPolicy");
      }
      return returned;
    }
    if (returned.isVoid() || returned.is(SELF_STORED)) {
      return returned;
    }
    if (rows) {
      return DeclaredType.of(STREAM, returned.element().element());
    }
    if (returned.is(MAP)
        && returned.arguments().size() == 2
        && returned.arguments().getFirst().is("java.lang.String")) {
      DeclaredType value = returned.element();
      return value.is(OUTPUT) ? value.element() : value;
    }
    throw fault(
        "it computes several partitions in a call, so it returns a Map<String, …> by partition key or a Stream<Partitioned<…>>, not a "
            + returned.simple());
  }

  private static StowageException fault(String message) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}
