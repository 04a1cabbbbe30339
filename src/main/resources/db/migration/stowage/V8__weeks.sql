-- Weeks as in V2, but of UTC whatever the session's time zone is: seven days are an hour more or less where clocks are set,
-- and such weeks overlap. And without the format TZ, which PostgreSQL 15 does not read: there no week was ever dropped.

-- The week's partitions of all four; what lies in no week's (a backfill of long ago goes on) is in the default ones.
CREATE OR REPLACE FUNCTION add_history(until timestamptz) RETURNS int LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
  week timestamptz := date_trunc('week', clock_timestamp(), 'UTC');
  suffix text;
  part text;
  added int := 0;
BEGIN
  WHILE week < until LOOP
    suffix := to_char(week AT TIME ZONE 'UTC', 'YYYYMMDD');
    IF to_regclass('stowage.run_' || suffix) IS NULL THEN
      FOREACH part IN ARRAY ARRAY['run', 'unsuccessful', 'event', 'attempt'] LOOP
        EXECUTE format('CREATE TABLE stowage.%I PARTITION OF stowage.%I FOR VALUES FROM (%L) TO (%L) %s',
          part || '_' || suffix, part, stowage.uuid_at(week), stowage.uuid_at(week + interval '7 days'),
          CASE WHEN part = 'run' THEN 'WITH (fillfactor = 80)' END);
      END LOOP;
      added := added + 1;
    END IF;
    week := week + interval '7 days';
  END LOOP;
  RETURN added;
END $$;

-- Drops the weeks that ended before that time, but none in which a run lives still.
CREATE OR REPLACE FUNCTION drop_history(before timestamptz) RETURNS int LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
  suffix text;
  week timestamptz;
  part text;
  dropped int := 0;
BEGIN
  FOR suffix IN
    SELECT substr(c.relname, 5) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'stowage.run'::regclass AND c.relname ~ '^run_[0-9]{8}$' ORDER BY 1
  LOOP
    week := to_date(suffix, 'YYYYMMDD');
    EXIT WHEN week + interval '7 days' > before;
    CONTINUE WHEN EXISTS (SELECT 1 FROM stowage.live
      WHERE run_id >= stowage.uuid_at(week) AND run_id < stowage.uuid_at(week + interval '7 days'));
    FOREACH part IN ARRAY ARRAY['unsuccessful', 'event', 'attempt', 'run'] LOOP
      EXECUTE format('DROP TABLE stowage.%I', part || '_' || suffix);
    END LOOP;
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;

-- weeks that were made ahead by V2's, and may lie as it had them
DO $$
DECLARE
  suffix text;
  part text;
  used boolean;
BEGIN
  FOR suffix IN
    SELECT substr(c.relname, 5) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'stowage.run'::regclass AND c.relname ~ '^run_[0-9]{8}$'
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM stowage.%I) OR EXISTS (SELECT 1 FROM stowage.%I)', 'run_' || suffix, 'event_' || suffix)
      INTO used;
    CONTINUE WHEN used;
    FOREACH part IN ARRAY ARRAY['unsuccessful', 'event', 'attempt', 'run'] LOOP
      EXECUTE format('DROP TABLE stowage.%I', part || '_' || suffix);
    END LOOP;
  END LOOP;
END $$;
SELECT stowage.add_history(clock_timestamp() + interval '5 weeks');
