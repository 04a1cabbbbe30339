package io.stowage.faults;

import java.util.List;
import java.util.function.Function;

/** What must be true of the evidence, whatever went wrong. */
enum Invariant {
  I1("every acknowledged submit reaches exactly one terminal state", RunInvariants::ends),
  I2(
      "at most one materialization per run, step, output and partition, under a lease that is held;"
          + " fences never go back",
      StoredInvariants::fenced),
  I3("every committed location resolves, size and checksum as recorded", StoredInvariants::resolve),
  I4(
      "no two leases of a run overlap; a concurrency key is never above its limit",
      LeaseInvariants::exclusive),
  I5("one run per idempotency key", RunInvariants::onePerKey),
  I6("event numbers have no gap", EventInvariants::numbered),
  I7("after the sweep no unreferenced objects, no open multipart uploads", StoredInvariants::swept),
  I8("with no faults left, the queue drains, and all units are given back", RunInvariants::drained),
  I9("no acknowledged event or commit is missing", EventInvariants::acknowledged),
  I10(
      "a worker that was refused does not commit again under that lease",
      LeaseInvariants::refusedForGood);

  private final String sentence;
  private final Function<Evidence, List<String>> check;

  Invariant(String sentence, Function<Evidence, List<String>> check) {
    this.sentence = sentence;
    this.check = check;
  }

  String sentence() {
    return sentence;
  }

  /** One sentence for each violation. */
  List<String> violations(Evidence evidence) {
    return check.apply(evidence);
  }
}
