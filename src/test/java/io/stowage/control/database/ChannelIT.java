package io.stowage.control.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stowage.control.queue.OwnDatabase;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All that a channel sets is set back in one statement, so its name tells of the rest. */
class ChannelIT {
  private static final String NAME = "a test";
  private static final String PID = "SELECT pg_backend_pid() AS pid";
  private static final String NAMED =
      "SELECT application_name AS name FROM pg_stat_activity WHERE pid = $1";
  private static final String LOCKS =
      "SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND pid = $1";
  private static final String OWN = "SELECT pg_advisory_lock(1)::text";
  private static final String OTHERS = "SELECT pg_advisory_lock(2)::text";

  private static OwnDatabase own;

  private final Database database = own.connect();
  private final Channel channel = database.channel(NAME);
  private final int pid = channel.query(PID).getFirst().getInteger("pid");

  @BeforeAll
  static void startDatabase() throws IOException {
    own = OwnDatabase.start();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    own.close();
  }

  private String name() {
    return database.first(NAMED, pid).orElseThrow().getString("name");
  }

  private long locks() {
    return database.first(LOCKS, pid).orElseThrow().getLong("n");
  }

  @Test
  void givesItsConnectionBackAsItWas() {
    channel.query(OWN);
    assertThat(name()).isEqualTo(NAME);
    assertThat(locks()).isEqualTo(1);
    channel.close();
    assertThat(name()).isEmpty();
    assertThat(locks()).isZero();
  }

  @Test
  void givesItBackAsItWasAfterACallThatTookTooLong() {
    channel.query(OWN);
    try (var holder = own.connect().channel("who holds what is waited for")) {
      holder.query(OTHERS);
      assertThatThrownBy(() -> channel.query(OTHERS))
          .hasMessage("the database did not answer within 5 s");
      assertThat(channel.isOpen()).isFalse();
      assertThat(database.first(PID).orElseThrow().getInteger("pid"))
          .as("not given back yet")
          .isNotEqualTo(pid);
    }
    await().until(() -> name().isEmpty());
    assertThat(locks()).isZero();
  }
}
