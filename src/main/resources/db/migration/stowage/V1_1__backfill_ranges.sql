-- Several partitions may be computed by one run of a backfill. `run_place` is the place of the first of them, at which
-- edges are kept; `outputs` is how many a run commits of each, by which it is known what succeeded of a failed run.
ALTER TABLE backfill_item
  ADD COLUMN run_place int NOT NULL DEFAULT 0,
  ADD COLUMN outputs int NOT NULL DEFAULT 1;
UPDATE backfill_item SET run_place = place;
ALTER TABLE backfill_item ALTER COLUMN run_place DROP DEFAULT;
CREATE INDEX backfill_item_run ON backfill_item (backfill_id, run_place);
