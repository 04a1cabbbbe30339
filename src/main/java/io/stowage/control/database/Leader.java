package io.stowage.control.database;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Which of the control planes on a database keeps the house: the one that holds an advisory lock,
 * which ends with its connection. Nothing relies on there being one alone, since each statement
 * locks the rows that it changes; it saves the others the work.
 */
public final class Leader implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Leader.class.getName());
  private static final String LOCK =
      "SELECT pg_try_advisory_lock(hashtextextended('stowage leader', 0)) AS led";

  private final Database database;
  private volatile @Nullable Channel channel;

  public Leader(Database database) {
    this.database = database;
  }

  /**
   * Whether this process leads now; where nobody does, it takes the lead. To be asked every few
   * seconds.
   */
  public synchronized boolean leads() {
    Channel held = channel;
    if (held != null && held.isOpen()) {
      try {
        held.query("SELECT 1");
        return true;
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "this control plane leads no more: {0}", e.getMessage());
      }
    }
    channel = null;
    Channel fresh = database.channel("stowage leader");
    if (!fresh.query(LOCK).getFirst().getBoolean("led")) {
      fresh.close();
      return false;
    }
    channel = fresh;
    LOG.log(Level.INFO, "this control plane keeps the house now");
    return true;
  }

  /** Whether this process led when it was asked last. */
  public boolean led() {
    Channel held = channel;
    return held != null && held.isOpen();
  }

  /** Another may lead from now on. */
  @Override
  public synchronized void close() {
    Channel held = channel;
    channel = null;
    if (held != null) {
      held.close();
    }
  }
}
