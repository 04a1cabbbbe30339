-- Schedules: how far each has come. What they are stands in the queues' current catalogs; one that is in none any more
-- keeps its row, so that it is still paused when it comes back.

CREATE TABLE schedule (
  queue text NOT NULL,
  name text NOT NULL,                                     -- the step's, or the job's
  cron text NOT NULL,                                     -- with another one, or in another zone, it begins anew
  zone text NOT NULL,
  paused boolean NOT NULL DEFAULT false,
  gone boolean NOT NULL DEFAULT false,                    -- in no current catalog
  done_until timestamptz NOT NULL,                        -- ticks up to then were submitted, or left out
  tick timestamptz,                                       -- the last that was submitted
  run_id uuid,                                            -- by it
  pending timestamptz,                                    -- a tick that could not be submitted, and is tried again
  problem text,                                           -- why it could not, or why the last one was left out
  PRIMARY KEY (queue, name)
);
