-- Queue and ledger. Hot tables (live, session, concurrency) are narrow, without foreign keys, with vacuum settings of
-- their own; what is kept for long lies elsewhere. Everything stands in the schema `stowage`, which Flyway creates.

CREATE SEQUENCE fence AS bigint;

CREATE TABLE queue (
  id smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$'),
  paused boolean NOT NULL DEFAULT false,
  max_depth int,
  catalog_hash text
);
INSERT INTO queue (name) VALUES ('default');

-- one row a run, kept: what was asked for, and how it ended
CREATE TABLE run (
  id uuid PRIMARY KEY,
  queue_id smallint NOT NULL,
  spec jsonb NOT NULL,
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
) WITH (fillfactor = 80);
CREATE INDEX run_backfill ON run (backfill_id) WHERE backfill_id IS NOT NULL;

-- exactly one row a live run
CREATE TABLE live (
  run_id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  queue_id smallint NOT NULL,
  state smallint NOT NULL CHECK (state BETWEEN 0 AND 4),  -- 0 scheduled 1 blocked 2 queued 3 running 4 canceling
  priority smallint NOT NULL CHECK (priority BETWEEN 0 AND 9),
  attempt smallint NOT NULL DEFAULT 0,
  losses smallint NOT NULL DEFAULT 0,
  max_attempts smallint NOT NULL DEFAULT 4,
  max_losses smallint NOT NULL DEFAULT 3,
  epoch int NOT NULL DEFAULT 0,
  last_event bigint NOT NULL DEFAULT 0,
  unlisted smallint NOT NULL DEFAULT 0,                   -- heartbeats in a row that did not list the lease
  timeout_ms bigint,
  ready_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  visible_at timestamptz,
  expires_at timestamptz,
  concurrency_key text,
  concurrency_max int,
  dedup_key text,
  refused_by text[],                                      -- hashes of catalogs that lack the asset
  lease_id uuid,
  session_id bigint,
  fence bigint,
  claimed_at timestamptz,
  deadline_at timestamptz,
  CHECK ((state >= 3) = (lease_id IS NOT NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
        autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000);
CREATE INDEX live_ready ON live (queue_id, priority, seq) WHERE state = 2;
CREATE INDEX live_due ON live (visible_at) WHERE state = 0;
CREATE INDEX live_blocked ON live (concurrency_key, priority, seq) WHERE state = 1;
CREATE INDEX live_session ON live (session_id) WHERE state >= 3;
CREATE INDEX live_deadline ON live (deadline_at) WHERE state >= 3 AND deadline_at IS NOT NULL;
CREATE INDEX live_expires ON live (expires_at) WHERE state < 3 AND expires_at IS NOT NULL;
CREATE UNIQUE INDEX live_dedup ON live (dedup_key) WHERE dedup_key IS NOT NULL;

CREATE TABLE session (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  worker text NOT NULL,
  principal text NOT NULL,
  secret_hash bytea NOT NULL,
  catalog_hash text NOT NULL,
  queue_ids smallint[] NOT NULL,
  slots int NOT NULL,
  state smallint NOT NULL DEFAULT 0,                      -- 0 running 1 quiet 2 terminating 3 lost 4 closed
  ttl interval NOT NULL,
  last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
        autovacuum_vacuum_cost_delay = 0);
CREATE INDEX session_alive ON session (id) WHERE state < 3;

-- one row an ended lease
CREATE TABLE attempt (
  lease_id uuid PRIMARY KEY,
  run_id uuid NOT NULL,
  epoch int NOT NULL,
  fence bigint NOT NULL,
  session_id bigint NOT NULL,
  claimed_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  outcome smallint NOT NULL,                              -- 1 succeeded 2 failed 3 lost 4 canceled 5 released 6 timed out
  error jsonb,
  UNIQUE (run_id, epoch)
);

CREATE TABLE concurrency (
  key text PRIMARY KEY,
  max_units int NOT NULL CHECK (max_units > 0),
  in_use int NOT NULL DEFAULT 0 CHECK (in_use >= 0)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

CREATE TABLE idempotency (
  principal text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  run_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (principal, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

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
);

CREATE TABLE materialization (
  id uuid PRIMARY KEY,
  commit_id uuid NOT NULL UNIQUE,
  run_id uuid NOT NULL,
  lease_id uuid NOT NULL,
  fence bigint NOT NULL,
  step text NOT NULL,
  output text NOT NULL,
  asset text NOT NULL,
  partition_key text NOT NULL,
  location text,
  etag text,
  checksum text,
  bytes bigint NOT NULL,
  row_count bigint NOT NULL,
  schema_fingerprint text,
  metadata jsonb NOT NULL,
  inputs jsonb NOT NULL,
  superseded boolean NOT NULL DEFAULT false,
  committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (run_id, step, output, partition_key)
);
CREATE INDEX materialization_asset ON materialization (asset, partition_key, id DESC);
CREATE INDEX materialization_newest ON materialization (asset, id DESC);

-- what is current: one row an asset and partition
CREATE TABLE asset_partition (
  asset text NOT NULL,
  partition_key text NOT NULL,
  fence bigint NOT NULL,
  lease_id uuid NOT NULL,
  materialization_id uuid NOT NULL,
  committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (asset, partition_key)
) WITH (fillfactor = 70);

CREATE TABLE catalog (
  hash text PRIMARY KEY,
  document jsonb NOT NULL,
  registered_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE dynamic_key (
  definition text NOT NULL,
  key text NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (definition, key)
);

CREATE TABLE backfill (
  id uuid PRIMARY KEY,
  queue text NOT NULL,
  state text NOT NULL,                                    -- running succeeded failed canceled
  assets jsonb NOT NULL,
  overrides jsonb NOT NULL,
  tags jsonb NOT NULL,
  total int NOT NULL,
  submitted_by text NOT NULL,
  submitted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz
);
CREATE TABLE backfill_item (
  backfill_id uuid NOT NULL,
  place int NOT NULL,
  step text NOT NULL,
  partition_key text NOT NULL,
  state smallint NOT NULL DEFAULT 0,                      -- 0 waiting 1 live 2 succeeded 3 failed 4 skipped 5 canceled
  run_id uuid,
  PRIMARY KEY (backfill_id, place)
);
CREATE INDEX backfill_item_live ON backfill_item (backfill_id) WHERE state < 2;
-- which item must have succeeded before which
CREATE TABLE backfill_edge (
  backfill_id uuid NOT NULL,
  down int NOT NULL,
  up int NOT NULL,
  PRIMARY KEY (backfill_id, down, up)
);
