-- What is asked for all the time: events of one type in their order, and running clocks by the moment they run out.
CREATE INDEX outbox_type ON outbox (type, seq);
CREATE INDEX deadline_running ON deadline (due_at) WHERE state IN ('OPEN', 'PAUSED');
