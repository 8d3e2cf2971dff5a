-- Frames of a device by arrival: what a restarted judge reads again.
CREATE INDEX frame_journal_arrival ON frame_journal (mn, received_at);
