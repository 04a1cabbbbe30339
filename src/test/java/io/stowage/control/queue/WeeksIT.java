package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.control.database.Database;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The weeks of the history are those of UTC, wherever a session says that it is. */
class WeeksIT {
  private static final String FIVE_QUARTERS = "clock_timestamp() + interval '65 weeks'";
  private static final String NEXT_MONDAY =
      "date_trunc('week', clock_timestamp(), 'UTC') + interval '168 hours'";
  private static final String NOT_MONDAYS =
      """
      WITH week AS MATERIALIZED (
        SELECT to_date(substr(c.relname, 5), 'YYYYMMDD') AS day, pg_get_expr(c.relpartbound, c.oid) AS bounds
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'stowage.run'::regclass AND c.relname <> 'run_default')
      SELECT day FROM week WHERE extract(isodow FROM day) <> 1 OR bounds <>
        format('FOR VALUES FROM (%L) TO (%L)', stowage.uuid_at(day::timestamp AT TIME ZONE 'UTC'),
          stowage.uuid_at((day + 7)::timestamp AT TIME ZONE 'UTC'))""";

  private OwnDatabase own;
  private Database database;

  @BeforeEach
  void startBeforeTheyWere() throws IOException {
    own = OwnDatabase.of("7");
    database = own.connect();
  }

  @AfterEach
  void stop() throws IOException {
    own.close();
  }

  @Test
  void aYearMadeWhereClocksAreSetIsOfMondays() {
    own.migrate("latest");
    assertThat(in("America/New_York", "add_history", FIVE_QUARTERS)).isGreaterThan(50);
    assertThat(database.query(NOT_MONDAYS)).isEmpty();
    assertThat(in("UTC", "add_history", FIVE_QUARTERS)).as("weeks that were not there").isZero();
  }

  @Test
  void weeksThatWereShiftedAreMadeAnew() {
    in("America/New_York", "add_history", FIVE_QUARTERS);
    assertThat(database.query(NOT_MONDAYS)).as("weeks as they were made before").isNotEmpty();
    own.migrate("latest");
    in("Europe/Berlin", "add_history", FIVE_QUARTERS);
    assertThat(database.query(NOT_MONDAYS)).isEmpty();
  }

  @Test
  void aWeekIsDroppedOnceItHasEndedThereAndNotBefore() {
    own.migrate("latest");
    for (String zone : List.of("Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago")) {
      assertThat(in(zone, "drop_history", NEXT_MONDAY + " - interval '1 second'")).isZero();
      assertThat(in(zone, "drop_history", NEXT_MONDAY)).as(zone).isOne();
      assertThat(in(zone, "add_history", NEXT_MONDAY)).as(zone).isOne();
    }
  }

  private int in(String zone, String function, String time) {
    return database.transaction(
        sql -> {
          sql.query("SELECT set_config('TimeZone', $1, true)", zone);
          return sql.first("SELECT stowage." + function + "(" + time + ") AS weeks")
              .orElseThrow()
              .getInteger("weeks");
        });
  }
}
