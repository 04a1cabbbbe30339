package io.stowage.api.partition;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The windows of a definition under one context, by their start and by their key. Nothing but a
 * list is ever enumerated: whether a key is contained is a matter of its own window.
 */
final class TimeValues implements DimensionValues {
  private final TimeWindowPartitionsDefinition definition;
  private final Windows windows;
  private final WindowKeys keys;
  private final Instant first;

  /**
   * Windows begin before it; none where nobody says what time it is, and the definition has no end.
   */
  private final @Nullable Instant limit;

  private TimeValues(
      TimeWindowPartitionsDefinition definition, Windows windows, @Nullable Instant now) {
    this.definition = definition;
    this.windows = windows;
    this.keys = new WindowKeys(windows, definition.zone(), definition.format());
    this.first = windows.ceiling(definition.start().atZone(definition.zone()).toInstant());
    this.limit = limit(now);
  }

  static TimeValues of(TimeWindowPartitionsDefinition definition, PartitionContext context) {
    return new TimeValues(
        definition, Windows.of(definition.cycle(), definition.zone(), context), context.now());
  }

  static TimeValues withoutContext(TimeWindowPartitionsDefinition definition) {
    return new TimeValues(
        definition, Windows.withoutContext(definition.cycle(), definition.zone()), null);
  }

  private @Nullable Instant limit(@Nullable Instant now) {
    Instant complete =
        now == null ? null : windows.plus(windows.floor(now), definition.endOffset());
    if (definition.end() == null) {
      return complete;
    }
    Instant end = windows.floor(definition.end().atZone(definition.zone()).toInstant());
    return complete == null || end.isBefore(complete) ? end : complete;
  }

  Windows windows() {
    return windows;
  }

  WindowKeys keys() {
    return keys;
  }

  String text(Instant start) {
    return keys.text(start);
  }

  /** Where the window of a key begins, whether or not the definition goes so far. */
  Optional<Instant> start(String key) {
    return keys.start(key);
  }

  boolean contains(Instant start) {
    return !start.isBefore(first) && (limit == null || start.isBefore(limit));
  }

  @Override
  public List<String> all() {
    return limit == null ? List.of() : texts(first, limit);
  }

  @Override
  public Optional<String> first() {
    return limit == null || first.isBefore(limit) ? Optional.of(text(first)) : Optional.empty();
  }

  @Override
  public boolean follow(String value, String other) {
    return start(value).map(windows::next).equals(start(other));
  }

  @Override
  public Optional<String> last() {
    if (limit == null || !first.isBefore(limit)) {
      return Optional.empty();
    }
    return Optional.of(text(windows.previous(limit)));
  }

  @Override
  public boolean contains(String value) {
    return start(value).filter(this::contains).isPresent();
  }

  @Override
  public List<String> between(String from, String to) {
    return texts(start(from).orElseThrow(), windows.next(start(to).orElseThrow()));
  }

  /** Keys of the windows that begin from one instant, where one does, until before the other. */
  List<String> texts(Instant from, Instant until) {
    var texts = new ArrayList<String>();
    for (Instant start = from; start.isBefore(until); start = windows.next(start)) {
      String text = text(start);
      if (!texts.isEmpty() && text.equals(texts.getLast())) {
        throw Faults.configuration(
            "format "
                + Faults.quoted(definition.format().pattern())
                + " gives two windows the key "
                + Faults.quoted(text));
      }
      texts.add(text);
      if (texts.size() > MOST) {
        throw DimensionValues.tooMany();
      }
    }
    return texts;
  }

  @Override
  public long count() {
    long count = 0;
    for (Instant start = first;
        limit != null && start.isBefore(limit);
        start = windows.next(start)) {
      count++;
    }
    return count;
  }

  @Override
  public long rank(String value) {
    return start(value).map(Instant::getEpochSecond).orElse(Long.MAX_VALUE);
  }

  /** The window that the time is in, where the definition goes so far. */
  @Override
  public Optional<String> meant(String value) {
    if (windows instanceof Windows.AnyMinute) {
      return Optional.empty();
    }
    try {
      return keys.instant(value.strip()).map(windows::floor).filter(this::contains).map(this::text);
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty(); // too far away
    }
  }

  @Override
  public String expectation() {
    boolean knowsLast = !(windows instanceof Windows.AnyMinute);
    if (knowsLast && limit != null && !first.isBefore(limit)) {
      return definition.cycle().noun()
          + " that is a partition by now: the first, '"
          + text(first)
          + "', ends at "
          + windows.next(first);
    }
    String to = knowsLast ? last().map(key -> " to '" + key + "'").orElse(" on") : " on";
    return definition.cycle().noun()
        + " from '"
        + text(first)
        + "'"
        + to
        + ", written as "
        + definition.format();
  }
}
