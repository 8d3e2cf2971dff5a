-- The raw frames behind an hour are asked for by the time they speak of, far more often than by arrival.
DROP INDEX frame_journal_device;
CREATE INDEX frame_journal_device ON frame_journal (mn, data_at);
