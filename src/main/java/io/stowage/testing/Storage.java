package io.stowage.testing;

import io.stowage.api.AssetKey;
import io.stowage.api.Materialization;
import io.stowage.engine.CommitResult;
import io.stowage.engine.Ledger;
import io.stowage.engine.StepCommit;
import io.stowage.engine.StepEvent;
import io.stowage.io.memory.MemoryIoManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What several runs share: the ledger's pointers, and the managers that keep values in memory. */
final class Storage {
  private static final int MOST_VALUES = 1_000_000;

  private final Map<Place, Materialization> current = new ConcurrentHashMap<>();
  private final Map<String, MemoryIoManager> memory = new ConcurrentHashMap<>();

  /** An asset, and the partition of it; empty where it has none. */
  record Place(AssetKey asset, String partition) {}

  MemoryIoManager memory(String key) {
    return memory.computeIfAbsent(key, name -> new MemoryIoManager(name, MOST_VALUES));
  }

  /** An earlier run had materialized this. */
  void committed(Materialization materialization) {
    current.put(new Place(materialization.asset(), materialization.partition()), materialization);
  }

  /** The ledger as one run sees it, which keeps what the run made. */
  final class RunLedger implements Ledger {
    private final String run;
    private final Clock clock;
    private final Map<UUID, CommitResult> answers = new HashMap<>();
    private final List<Materialization> made = new ArrayList<>();
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    RunLedger(String run, Clock clock) {
      this.run = run;
      this.clock = clock;
    }

    @Override
    public List<Materialization> latest(AssetKey asset, List<String> partitions) {
      return partitions.stream()
          .map(partition -> current.get(new Place(asset, partition)))
          .filter(Objects::nonNull)
          .toList();
    }

    /** The newest of the current materializations of the asset, whatever its partition. */
    @Override
    public Optional<Materialization> newest(AssetKey asset) {
      return current.values().stream()
          .filter(made -> made.asset().equals(asset))
          .max(Comparator.comparing(Materialization::committedAt));
    }

    @Override
    public synchronized CommitResult commit(StepCommit commit) {
      CommitResult answer = answers.get(commit.commitId());
      if (answer != null) {
        return answer;
      }
      String id = UUID.randomUUID().toString();
      add(
          new Materialization(
              id,
              commit.asset(),
              commit.partition(),
              run,
              commit.object(),
              commit.metadata(),
              clock.instant()));
      for (StepCommit.Beside beside : commit.beside()) {
        add(
            new Materialization(
                UUID.randomUUID().toString(),
                beside.asset(),
                commit.partition(),
                run,
                null,
                beside.metadata(),
                clock.instant()));
      }
      CommitResult result = new CommitResult(id, false);
      answers.put(commit.commitId(), result);
      return result;
    }

    private void add(Materialization materialization) {
      made.add(materialization);
      committed(materialization);
    }

    @Override
    public void record(StepEvent event) {
      events.add(
          new RunEvent(
              event.type(),
              Objects.requireNonNullElse(event.step(), ""),
              Objects.requireNonNullElse(event.partition(), ""),
              event.message(),
              event.data()));
    }

    synchronized List<Materialization> made() {
      return List.copyOf(made);
    }

    List<RunEvent> events() {
      return List.copyOf(events);
    }
  }
}
