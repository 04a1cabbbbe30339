package io.stowage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.faults.Evidence.Attempt;
import io.stowage.faults.Evidence.Event;
import io.stowage.faults.Evidence.Held;
import io.stowage.faults.Evidence.Live;
import io.stowage.faults.Evidence.Pointer;
import io.stowage.faults.Evidence.Run;
import io.stowage.faults.Evidence.Stored;
import io.stowage.faults.Operation.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each invariant holds of what is right, and is broken by what is wrong. */
class InvariantTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private boolean settled = true;
  private final List<Operation> history = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private final List<Live> live = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Stored> stored = new ArrayList<>();
  private final List<Pointer> pointers = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final Map<String, Integer> units = new HashMap<>();
  private final Map<String, Held> objects = new HashMap<>();
  private final List<String> uploads = new ArrayList<>();

  InvariantTest() {
    runs.add(new Run("r", "succeeded", "k"));
    attempts.add(lease("l", "r", 1, 7, 0, 10));
    stored.add(stored("c", "l", 7, 5));
    pointers.add(new Pointer("a", "p", 7));
    events.add(new Event("r", 1, "submitted", "", ""));
    events.add(new Event("r", 2, "materialized", "a", "done"));
    events.add(new Event("r", 3, "succeeded", "", ""));
    units.put("one", 0);
    objects.put("s3://b/c", new Held(5, "sha256:5"));
    add("submit", "k", Outcome.OK, 0, Map.of("run", "r", "concurrency", "one", "max", 1));
    var told = List.of(EventText.of("materialized", "a", "done"));
    add(
        "commit",
        "l",
        Outcome.OK,
        5,
        Map.of("run", "r", "commit", "c", "session", "1", "events", told));
  }

  private static Attempt lease(String id, String run, int epoch, long fence, int from, int to) {
    return new Attempt(
        id, run, epoch, fence, "lost", START.plusSeconds(from), START.plusSeconds(to));
  }

  private static Stored stored(String commit, String lease, long fence, int at) {
    return new Stored(
        commit,
        "r",
        lease,
        fence,
        "a",
        "result",
        "a",
        "p",
        "s3://b/" + commit,
        "sha256:5",
        5,
        START.plusSeconds(at));
  }

  private void add(
      String what, String subject, Outcome outcome, long at, Map<String, Object> data) {
    history.add(
        new Operation(
            "somebody", what, subject, outcome, at * 1_000_000_000, at * 1_000_000_000, data));
  }

  private void assertBreaks(Invariant invariant) {
    assertThat(invariant.violations(evidence())).isNotEmpty();
  }

  private Evidence evidence() {
    return new Evidence(
        settled, history, runs, live, attempts, stored, pointers, events, units, objects, uploads);
  }

  @Test
  void allHoldOfWhatIsRight() {
    assertThat(Stream.of(Invariant.values()).flatMap(each -> each.violations(evidence()).stream()))
        .isEmpty();
  }

  @Test
  void anAcknowledgedRunIsMissed() {
    runs.clear();
    assertBreaks(Invariant.I1);
  }

  @Test
  void anAcknowledgedRunThatNeverEndsIsMissed() {
    runs.set(0, new Run("r", null, "k"));
    assertBreaks(Invariant.I1);
  }

  @Test
  void twoEndsOfARunAreSeen() {
    events.add(new Event("r", 4, "dead", "", ""));
    assertBreaks(Invariant.I1);
  }

  @Test
  void anOutputThatIsThereTwiceIsSeen() {
    stored.add(stored("d", "l", 7, 6));
    assertBreaks(Invariant.I2);
  }

  @Test
  void aCommitUnderALeaseThatHadEndedIsSeen() {
    stored.set(0, stored("c", "l", 7, 11));
    assertBreaks(Invariant.I2);
  }

  @Test
  void aCommitUnderALeaseThatNobodyHadIsSeen() {
    stored.set(0, stored("c", "forged", 7, 5));
    assertBreaks(Invariant.I2);
  }

  @Test
  void aCommitThatStandsUnderAnotherLeaseThanItWasAskedUnderIsSeen() {
    add("commit", "m", Outcome.OK, 6, Map.of("run", "r", "commit", "c"));
    assertBreaks(Invariant.I2);
  }

  @Test
  void aCommitOfASessionThatHasNotClaimedTheLeaseIsSeen() {
    add("claim", "l", Outcome.OK, 1, Map.of("run", "r", "session", "1"));
    add("commit", "l", Outcome.OK, 6, Map.of("run", "r", "commit", "c", "session", "2"));
    assertBreaks(Invariant.I2);
  }

  @Test
  void aCommitWithTheFenceOfAnotherLeaseIsSeen() {
    stored.set(0, stored("c", "l", 6, 5));
    assertBreaks(Invariant.I2);
  }

  @Test
  void aFenceThatWentBackIsSeen() {
    add("pointer", "a|p", Outcome.OK, 6, Map.of("fence", 9L));
    assertBreaks(Invariant.I2);
  }

  @Test
  void anObjectThatIsNotThereIsMissed() {
    objects.clear();
    assertBreaks(Invariant.I3);
  }

  @Test
  void anObjectWithAnotherContentIsSeen() {
    objects.put("s3://b/c", new Held(5, "sha256:6"));
    assertBreaks(Invariant.I3);
  }

  @Test
  void leasesThatOverlapAreSeen() {
    attempts.add(lease("m", "r", 2, 8, 9, 20));
    assertBreaks(Invariant.I4);
  }

  @Test
  void aKeyAboveItsLimitIsSeen() {
    add("submit", "k2", Outcome.OK, 0, Map.of("run", "s", "concurrency", "one", "max", 1));
    attempts.add(lease("m", "s", 1, 8, 9, 20));
    assertBreaks(Invariant.I4);
  }

  @Test
  void twoRunsOfAKeyAreSeenThoughOneWasNeverTold() {
    runs.add(new Run("s", "succeeded", "k"));
    assertBreaks(Invariant.I5);
  }

  @Test
  void aGapInTheNumbersIsSeen() {
    events.set(2, new Event("r", 4, "succeeded", "", ""));
    assertBreaks(Invariant.I6);
  }

  @Test
  void anObjectThatNothingNamesIsSeen() {
    objects.put("s3://b/orphan", new Held(1, "sha256:1"));
    assertBreaks(Invariant.I7);
  }

  @Test
  void anOpenUploadIsSeen() {
    uploads.add("c");
    assertBreaks(Invariant.I7);
  }

  @Test
  void aRunThatIsLeftIsSeen() {
    live.add(new Live("s", null, null));
    assertBreaks(Invariant.I8);
  }

  @Test
  void aUnitThatWasNotGivenBackIsSeen() {
    units.put("one", 1);
    assertBreaks(Invariant.I8);
  }

  @Test
  void anAcknowledgedEventIsMissed() {
    events.set(1, new Event("r", 2, "log", "a", "another"));
    assertBreaks(Invariant.I9);
  }

  @Test
  void anAcknowledgedCommitIsMissed() {
    stored.clear();
    assertBreaks(Invariant.I9);
  }

  @Test
  void aCommitThatWasTakenAfterARefusalIsSeen() {
    add("told", "l", Outcome.OK, 4, Map.of("refused", "lease_lost"));
    assertBreaks(Invariant.I10);
  }

  @Test
  void aCommitThatIsTriedLongAfterARefusalIsSeen() {
    add("commit", "l", Outcome.FAILED, 6, Map.of("refused", "lease_lost"));
    assertThat(Invariant.I10.violations(evidence())).isEmpty();
    add("commit", "l", Outcome.FAILED, 8, Map.of("refused", "lease_lost"));
    assertBreaks(Invariant.I10);
  }
}
