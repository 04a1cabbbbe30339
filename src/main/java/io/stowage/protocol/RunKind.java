package io.stowage.protocol;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run does. A worker says with its session which kinds it executes, and is given runs of no
 * other; one that says nothing is older than the kinds, and executes assets.
 */
public enum RunKind {
  /** Computes assets, and stores them. */
  ASSET,
  /** Removes what the history does not keep, and what lost attempts left behind. */
  SWEEP,
  /** Removes all that is stored of assets, or of some of their partitions. */
  WIPE,
  /** Shows the first rows of what is stored of an asset, through its IO manager. */
  PREVIEW;

  /**
   * The role whose token a request for such a run must bear: to compute and to look at data is
   * every submitter's, to remove is an operator's. A kind that is none is refused for that, whoever
   * asks.
   *
   * @param word of the request; null for assets
   */
  public static String role(@Nullable String word) {
    return find(word == null ? ASSET.word() : word)
        .filter(kind -> kind != ASSET && kind != PREVIEW)
        .map(_ -> "operate")
        .orElse("submit");
  }

  /** As it stands in a request. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<RunKind> find(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /**
   * @throws StowageException {@code INVALID_REQUEST} where there is no such kind
   */
  public static RunKind of(String word) {
    return find(word)
        .orElseThrow(
            () ->
                new StowageException(
                    ErrorCode.INVALID_REQUEST,
                    "kind '"
                        + word
                        + "' is none of "
                        + words().stream().collect(Collectors.joining(", "))));
  }

  /** All of them, as a session says it. */
  public static List<String> words() {
    return Arrays.stream(values()).map(RunKind::word).toList();
  }
}
