-- What an officer did at a time is looked for over all cases of his authority: a person is in one place at a time.
CREATE INDEX case_event_kind_at ON case_event (kind, at);
