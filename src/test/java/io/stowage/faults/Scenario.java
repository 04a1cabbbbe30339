package io.stowage.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Each a few seconds of faults, bounded in count; afterwards all is healed, and checked. */
enum Scenario {
  WORKER_KILLED_MID_UPLOAD(WorkerFaults::killedMidUpload, true),
  WORKERS_KILLED_AT_RANDOM(WorkerFaults::killedAtRandom, true),
  WORKER_FROZEN_SHORTLY(WorkerFaults::frozenShortly, true),
  WORKER_FROZEN(WorkerFaults::frozenForAWhile, true),
  WORKER_CUT_FROM_CONTROL_PLANE(WorkerFaults::cutFromTheControlPlane, true),
  WORKER_TOLD_TO_STOP(WorkerFaults::toldToStop, false),
  WORKER_KILLED_BY_A_RUN(WorkerFaults::killedByARun, false),
  STORE_KILLED_DURING_MULTIPART(StoreFaults::killedDuringMultipart, true),
  STORE_SLOW(StoreFaults::slow, false),
  RESETS_AND_TRUNCATED_BODIES(StoreFaults::resetsAndTruncatedBodies, true),
  PUT_ANSWERS_LOST(StoreFaults::putWhoseAnswerIsLost, true),
  DATABASE_RESTARTED(DatabaseFaults::restarted, true),
  DATABASE_DOWN_FOR_LONG(DatabaseFaults::downForLongerThanTheTtl, false),
  BACKENDS_TERMINATED(DatabaseFaults::backendsTerminated, true),
  CONNECTION_DIES_DURING_COMMIT(DatabaseFaults::connectionDiesDuringCommit, true),
  CONTROL_PLANES_RESTARTED(ControlFaults::restartedOneByOne, false),
  CLAIM_ANSWERS_LOST(ControlFaults::claimAnswersLost, true),
  COMMIT_AND_COMPLETE_ANSWERS_LOST(ControlFaults::commitAndCompleteAnswersLost, true),
  SUBMIT_ANSWERS_LOST(ControlFaults::submitAnswersLost, true),
  EXPANDER_KILLED(ControlFaults::killedMidFanOut, true),
  FIFTY_CLIENTS_ONE_KEY(QueueFaults::fiftyClientsWithOneKey, true),
  THOUSAND_POLLS_ONE_ITEM(QueueFaults::thousandPollsOneItem, true),
  STRANGE_LEASES(QueueFaults::strangeLeases, true),
  CANCEL_AGAINST_COMPLETE(QueueFaults::canceledWhileItCompletes, true),
  ONE_AT_A_TIME(QueueFaults::oneAtATimeWithKills, true),
  MESSAGES_TWICE_AND_LATE(MessageFaults::twiceAndLate, true);

  private final Play play;
  private final boolean isShort;

  /** The faults, and what is to be seen of them at once. */
  interface Play {
    void play(Scene scene) throws InterruptedException;
  }

  Scenario(Play play, boolean isShort) {
    this.play = play;
    this.isShort = isShort;
  }

  void play(Scene scene) throws InterruptedException {
    play.play(scene);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<Scenario> shortProfile() {
    return Arrays.stream(values()).filter(each -> each.isShort).toList();
  }
}
