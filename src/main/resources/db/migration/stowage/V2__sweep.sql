-- Runs of a kind. A worker says with its session which kinds it executes, and is offered no other; one that says nothing
-- is older than the kinds, and executes assets.
ALTER TABLE live ADD COLUMN kind text NOT NULL DEFAULT 'asset';
ALTER TABLE session ADD COLUMN kinds text[] NOT NULL DEFAULT '{asset}';

-- What a sweep or a wipe removed stays in the history. First the materialization is marked as removed, then its object is
-- deleted, then that is noted: whoever dies in between leaves an object that a later sweep deletes, never a
-- materialization that promises an object which is gone.
ALTER TABLE materialization
  ADD COLUMN removed_at timestamptz,
  ADD COLUMN removed_by uuid,                             -- the run that did it
  ADD COLUMN deleted_at timestamptz;                      -- when its object was known to be gone
CREATE INDEX materialization_leftover ON materialization (asset, id) WHERE removed_at IS NOT NULL AND deleted_at IS NULL;
-- a hash: locations may be longer than a row of a tree can be
CREATE INDEX materialization_location ON materialization USING hash (location);
