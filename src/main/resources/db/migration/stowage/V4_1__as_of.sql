-- runs that read the past: a sweep looks for the live ones among them
CREATE INDEX run_as_of ON run (id) WHERE spec -> 'options' ->> 'as-of' IS NOT NULL;
