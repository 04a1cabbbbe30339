-- The first rows of what is stored, for an hour: apart from runs, which every reader sees.
CREATE UNLOGGED TABLE preview (
  run_id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  body jsonb NOT NULL
);

-- An operator has asked the worker to end; it hears of it with its next heartbeat.
ALTER TABLE session ADD COLUMN drain boolean NOT NULL DEFAULT false;

-- What the worker tells of its IO managers and stores: settings without secrets, and how stores are.
ALTER TABLE session ADD COLUMN resources jsonb;
