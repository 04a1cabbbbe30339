-- What is kept of runs, partitioned by time: the first bits of a run's id (UUIDv7) are when it was asked for, and all that
-- tells of the run lies in the partition of that week. Retention drops whole weeks.

-- the least id of that time
CREATE FUNCTION uuid_at(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid $$;

-- one row a run: what was asked for, and how it ended
CREATE TABLE run (
  id uuid PRIMARY KEY,
  queue_id smallint NOT NULL,
  spec jsonb NOT NULL,
  policy jsonb NOT NULL DEFAULT '{}',                     -- attempts and concurrency keys, for who runs it again
  priority smallint NOT NULL,
  submitted_by text NOT NULL,
  submitted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  backfill_id uuid,
  retry_of uuid,
  outcome smallint,             -- null while live; 1 succeeded 2 failed 3 dead 4 canceled 5 expired
  attempts smallint NOT NULL DEFAULT 0,
  losses smallint NOT NULL DEFAULT 0,
  started_at timestamptz,       -- when the last attempt was claimed; of a live run it stands in live.claimed_at
  finished_at timestamptz,
  result jsonb,
  error jsonb
) PARTITION BY RANGE (id);
-- none on outcome: the update that ends a run stays on its page
CREATE INDEX run_queue ON run (queue_id, id DESC);
CREATE INDEX run_backfill ON run (backfill_id, id DESC) WHERE backfill_id IS NOT NULL;
-- runs that read the past: a sweep looks for the live ones among them
CREATE INDEX run_as_of ON run (id) WHERE spec -> 'options' ->> 'as-of' IS NOT NULL;
-- runs that go on from others: a sweep leaves what those have stored
CREATE INDEX run_retry ON run (id) INCLUDE (retry_of) WHERE retry_of IS NOT NULL;

-- runs that ended otherwise than by success, so that the few are found among the many; the dead ones are the dead letter
CREATE TABLE unsuccessful (
  run_id uuid PRIMARY KEY,
  queue_id smallint NOT NULL,
  outcome smallint NOT NULL,
  reason text NOT NULL,                                   -- the error's code
  ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  redriven_by uuid                                        -- the run that took its place
) PARTITION BY RANGE (run_id);
CREATE INDEX unsuccessful_outcome ON unsuccessful (outcome, run_id DESC);
CREATE INDEX unsuccessful_dead ON unsuccessful (queue_id, run_id) WHERE outcome = 3 AND redriven_by IS NULL;

CREATE TABLE event (
  run_id uuid NOT NULL,
  n bigint NOT NULL,
  at timestamptz NOT NULL,
  type text NOT NULL,
  step text,
  partition_key text,
  message text NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (run_id, n)
) PARTITION BY RANGE (run_id);
-- what checks found, by the asset they looked at
CREATE INDEX event_checked ON event ((data ->> 'asset'), at DESC) WHERE type = 'asset_checked';

-- one row an ended lease
CREATE TABLE attempt (
  lease_id uuid NOT NULL,
  run_id uuid NOT NULL,
  epoch int NOT NULL,
  fence bigint NOT NULL,
  session_id bigint NOT NULL,
  claimed_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  outcome smallint NOT NULL,                              -- 1 succeeded 2 failed 3 lost 4 canceled 5 released 6 timed out
  error jsonb,
  PRIMARY KEY (run_id, epoch)
) PARTITION BY RANGE (run_id);

-- The week's partitions of all four; what lies in no week's (a backfill of long ago goes on) is in the default ones.
CREATE FUNCTION add_history(until timestamptz) RETURNS int LANGUAGE plpgsql AS $$
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
CREATE FUNCTION drop_history(before timestamptz) RETURNS int LANGUAGE plpgsql AS $$
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
    week := to_timestamp(suffix || ' UTC', 'YYYYMMDD TZ');
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

CREATE TABLE run_default PARTITION OF run DEFAULT WITH (fillfactor = 80);
CREATE TABLE unsuccessful_default PARTITION OF unsuccessful DEFAULT;
CREATE TABLE event_default PARTITION OF event DEFAULT;
CREATE TABLE attempt_default PARTITION OF attempt DEFAULT;
SELECT stowage.add_history(clock_timestamp() + interval '5 weeks');
