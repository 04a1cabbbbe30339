-- The ledger: what runs have stored, and what there is to run. It outlives the history of the runs.

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
  superseded boolean NOT NULL DEFAULT false,              -- a newer one stood already; what is current says asset_partition
  committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- What a sweep or a wipe removed stays in the history. First the materialization is marked as removed, then its object
  -- is deleted, then that is noted: whoever dies in between leaves an object that a later sweep deletes, never a
  -- materialization that promises an object which is gone.
  removed_at timestamptz,
  removed_by uuid,                                        -- the run that did it
  deleted_at timestamptz,                                 -- when its object was known to be gone
  UNIQUE (run_id, step, output, partition_key)
);
CREATE INDEX materialization_asset ON materialization (asset, partition_key, id DESC);
CREATE INDEX materialization_newest ON materialization (asset, id DESC);
CREATE INDEX materialization_leftover ON materialization (asset, id) WHERE removed_at IS NOT NULL AND deleted_at IS NULL;
-- a hash: locations may be longer than a row of a tree can be
CREATE INDEX materialization_location ON materialization USING hash (location);
-- what ops have stored belongs to its run: a sweep finds it by the job's runs
CREATE INDEX materialization_of_run ON materialization (run_id) WHERE asset LIKE '@runs/%';

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
