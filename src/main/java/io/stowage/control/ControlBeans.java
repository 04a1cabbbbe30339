package io.stowage.control;

import io.stowage.control.backfill.Backfills;
import io.stowage.control.backfill.Expander;
import io.stowage.control.backfill.Nudge;
import io.stowage.control.database.Database;
import io.stowage.control.database.DatabaseState;
import io.stowage.control.ledger.AssetActivity;
import io.stowage.control.ledger.Catalogs;
import io.stowage.control.ledger.DynamicPartitions;
import io.stowage.control.ledger.MaterializationHistory;
import io.stowage.control.ledger.Runs;
import io.stowage.control.ledger.Workers;
import io.stowage.control.message.MessageDelivery;
import io.stowage.control.message.MissedRuns;
import io.stowage.control.queue.QueueStatistics;
import io.stowage.control.queue.RunQueue;
import io.stowage.control.schedule.Schedules;
import io.stowage.message.MessageQueues;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Builds the control plane. The one place that asks for the pool and the session factory, and it
 * does so lazily: both are inactive in a worker, where a direct injection point would stop the
 * start.
 */
@Singleton
final class ControlBeans {
  @Produces
  @Singleton
  Database database(Instance<Pool> pool, Instance<Mutiny.SessionFactory> sessions) {
    return new Database(pool::get, sessions::get);
  }

  @Produces
  @Singleton
  Nudge nudge() {
    return new Nudge();
  }

  @Produces
  @Singleton
  MessageDelivery messages(MessageQueues queues, Database database, ControlMetrics metrics) {
    return new MessageDelivery(queues, database, metrics);
  }

  void close(@Disposes MessageDelivery messages) {
    messages.close();
  }

  @Produces
  @Singleton
  MissedRuns missedRuns(MessageQueues queues, Database database) {
    return MissedRuns.of(queues, database, System::nanoTime);
  }

  @Produces
  @Singleton
  RunQueue queue(
      Database database, ControlRole role, ControlMetrics metrics, MessageDelivery messages) {
    return RunQueue.of(database, role.times(), metrics, System::nanoTime, messages);
  }

  @Produces
  @Singleton
  Catalogs catalogs(Database database) {
    return new Catalogs(database);
  }

  @Produces
  @Singleton
  QueueStatistics statistics(Database database) {
    return new QueueStatistics(database);
  }

  @Produces
  @Singleton
  DatabaseState databaseState(Database database) {
    return new DatabaseState(database);
  }

  @Produces
  @Singleton
  Backfills backfills(Database database, Expander expander, Nudge nudge) {
    return new Backfills(database, expander, nudge);
  }

  @Produces
  @Singleton
  Expander expander(Database database, RunQueue queue, Catalogs catalogs) {
    return new Expander(database, queue.submissions(), queue.cancellations(), catalogs);
  }

  @Produces
  @Singleton
  Overview overview(Database database, Catalogs catalogs) {
    return new Overview(
        catalogs,
        new AssetActivity(database),
        new DynamicPartitions(database, Clock.systemUTC()),
        new Workers(database));
  }

  @Produces
  @Singleton
  Equipment equipment(Database database, Catalogs catalogs) {
    return new Equipment(catalogs, new AssetActivity(database), new Workers(database));
  }

  @Produces
  @Singleton
  ControlPlane controlPlane(
      Database database,
      RunQueue queue,
      QueueStatistics statistics,
      Catalogs catalogs,
      Backfills backfills) {
    return new ControlPlane(
        queue,
        statistics,
        catalogs,
        new Runs(database),
        new MaterializationHistory(database),
        new DynamicPartitions(database, Clock.systemUTC()),
        backfills);
  }

  @Produces
  @Singleton
  Schedules schedules(Database database, Catalogs catalogs, ControlPlane control) {
    return new Schedules(database, catalogs, control.requests()::contextAt, control::submit);
  }
}
