-- what checks found, by the asset they looked at
CREATE INDEX event_checked ON event ((data ->> 'asset'), at DESC) WHERE type = 'asset_checked';
