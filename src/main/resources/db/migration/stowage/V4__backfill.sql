-- Backfills: what was asked for, and how far it has come.

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
  run_place int NOT NULL,                                 -- place of the first item of its run, at which edges are kept
  outputs int NOT NULL DEFAULT 1,                         -- how many its run commits of it: so is known what a failed run did
  PRIMARY KEY (backfill_id, place)
);
CREATE INDEX backfill_item_live ON backfill_item (backfill_id) WHERE state < 2;
CREATE INDEX backfill_item_run ON backfill_item (backfill_id, run_place);
-- which item must have succeeded before which
CREATE TABLE backfill_edge (
  backfill_id uuid NOT NULL,
  down int NOT NULL,
  up int NOT NULL,
  PRIMARY KEY (backfill_id, down, up)
);
