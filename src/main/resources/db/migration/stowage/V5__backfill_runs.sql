-- Backfills, one row a run in place of one a partition. What was asked for is kept as a plan until all of its runs are
-- written down, in chunks, up to a cursor; then each waits for as many runs as it needs. Counts stand in the backfill's
-- row, which whoever goes on with it locks.

ALTER TABLE backfill
  ADD COLUMN catalog_hash text,                           -- by which it was planned; null for one of before
  ADD COLUMN plan jsonb,                                  -- what the runs follow from; null once all are written down
  ADD COLUMN expanded int NOT NULL DEFAULT 0,             -- the cursor: runs with a lower place are written down
  ADD COLUMN waiting int NOT NULL DEFAULT 0,              -- partitions, as all that follow; together they are the total
  ADD COLUMN live int NOT NULL DEFAULT 0,
  ADD COLUMN succeeded int NOT NULL DEFAULT 0,
  ADD COLUMN failed int NOT NULL DEFAULT 0,
  ADD COLUMN skipped int NOT NULL DEFAULT 0,
  ADD COLUMN canceled int NOT NULL DEFAULT 0,
  ADD COLUMN held_up text,                                -- why nothing of it could be submitted the last time
  ADD COLUMN canceled_by text,
  ADD COLUMN retry_of uuid,
  ADD COLUMN idempotency_key text,
  ADD COLUMN request_hash text;
COMMENT ON COLUMN backfill.state IS 'running paused succeeded failed canceled';
CREATE UNIQUE INDEX backfill_idempotency ON backfill (submitted_by, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX backfill_unfinished ON backfill (id) WHERE finished_at IS NULL;

CREATE TABLE backfill_run (
  backfill_id uuid NOT NULL,
  place int NOT NULL,                                     -- each after those it needs
  step text NOT NULL,
  partitions text[] NOT NULL,                             -- the empty text alone where the asset has none
  outputs int NOT NULL,                                   -- how many are committed of a partition: so is known what a failed run did
  needs int NOT NULL,                                     -- how many runs must succeed before, that have not yet
  state smallint NOT NULL DEFAULT 0,                      -- 0 waiting 1 live 2 succeeded 3 failed 4 skipped 5 canceled
  telling boolean NOT NULL DEFAULT false,                 -- it has ended, and those that need it may not know
  run_id uuid,
  PRIMARY KEY (backfill_id, place)
) WITH (fillfactor = 70);
CREATE INDEX backfill_run_ready ON backfill_run (backfill_id, place) WHERE state = 0 AND needs = 0;
CREATE INDEX backfill_run_live ON backfill_run (backfill_id, run_id) WHERE state = 1;
CREATE INDEX backfill_run_telling ON backfill_run (backfill_id, place) WHERE telling;

-- Which run must have succeeded before which; an edge is gone once the upper one has. Those below a failure stay, so that
-- a retry has them.
ALTER TABLE backfill_edge DROP CONSTRAINT backfill_edge_pkey, ADD PRIMARY KEY (backfill_id, up, down);

INSERT INTO backfill_run (backfill_id, place, step, partitions, outputs, needs, state, run_id)
SELECT backfill_id, run_place, min(step), array_agg(partition_key ORDER BY place), min(outputs), 0,
  CASE WHEN bool_or(state < 2) THEN min(state) ELSE max(state) END, (array_agg(run_id) FILTER (WHERE run_id IS NOT NULL))[1]
FROM backfill_item GROUP BY backfill_id, run_place;
DELETE FROM backfill_edge e USING backfill_run u WHERE u.backfill_id = e.backfill_id AND u.place = e.up AND u.state = 2;
UPDATE backfill_run d SET needs = n.needs
FROM (SELECT backfill_id, down, count(*) AS needs FROM backfill_edge GROUP BY backfill_id, down) n
WHERE d.backfill_id = n.backfill_id AND d.place = n.down;
UPDATE backfill_run u SET telling = true FROM backfill b WHERE b.id = u.backfill_id AND b.state = 'running' AND u.state > 2;
UPDATE backfill b SET waiting = c.waiting, live = c.live, succeeded = c.succeeded, failed = c.failed, skipped = c.skipped, canceled = c.canceled
FROM (SELECT backfill_id, count(*) FILTER (WHERE state = 0) AS waiting, count(*) FILTER (WHERE state = 1) AS live,
  count(*) FILTER (WHERE state = 2) AS succeeded, count(*) FILTER (WHERE state = 3) AS failed,
  count(*) FILTER (WHERE state = 4) AS skipped, count(*) FILTER (WHERE state = 5) AS canceled
  FROM backfill_item GROUP BY backfill_id) c WHERE c.backfill_id = b.id;
-- whoever asked for these got no answer
UPDATE backfill SET state = 'canceled', finished_at = clock_timestamp() WHERE state = 'preparing';
DROP TABLE backfill_item;
