-- The queue. Its tables are hot: narrow, without foreign keys, with vacuum settings of their own. What is kept for long
-- lies elsewhere (V2, V3). Everything stands in the schema `stowage`, which Flyway creates.

CREATE SEQUENCE fence AS bigint;

CREATE TABLE queue (
  id smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$'),
  paused boolean NOT NULL DEFAULT false,                  -- takes runs in, hands none out
  draining boolean NOT NULL DEFAULT false,                -- hands out what is there, takes none in
  max_depth int CHECK (max_depth >= 0),
  session_ttl interval CHECK (session_ttl BETWEEN '10 s' AND '300 s'),
  retries_per_minute int CHECK (retries_per_minute > 0),
  retry_at timestamptz NOT NULL DEFAULT '-infinity',      -- up to when the budget of retries is given away
  catalog_hash text
);
INSERT INTO queue (name) VALUES ('default');

-- exactly one row a live run
CREATE TABLE live (
  run_id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  queue_id smallint NOT NULL,
  state smallint NOT NULL CHECK (state BETWEEN 0 AND 4),  -- 0 scheduled 1 blocked 2 queued 3 running 4 canceling
  kind text NOT NULL DEFAULT 'asset',                     -- a session is offered runs of its kinds alone
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
  concurrency_keys text[],                                -- sorted; null for none
  concurrency_max int[],                                  -- of each key
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
CREATE INDEX live_blocked ON live USING gin (concurrency_keys) WHERE state = 1;
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
  kinds text[] NOT NULL DEFAULT '{asset}',                -- a worker that says none executes assets
  slots int NOT NULL,
  state smallint NOT NULL DEFAULT 0,                      -- 0 running 1 quiet 2 terminating 3 lost 4 closed
  ttl interval NOT NULL,
  last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
        autovacuum_vacuum_cost_delay = 0);
CREATE INDEX session_alive ON session (id) WHERE state < 3;

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
