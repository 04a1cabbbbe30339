-- The runs of a job, which name no asset: its page shows the last of them.
CREATE INDEX run_job ON run ((spec ->> 'job_name'), queue_id, id DESC) WHERE spec -> 'assets' = '[]';
