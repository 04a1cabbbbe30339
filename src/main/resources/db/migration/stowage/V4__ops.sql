-- what ops have stored belongs to its run: a sweep finds it by the job's runs
CREATE INDEX materialization_of_run ON materialization (run_id) WHERE asset LIKE '@runs/%';
