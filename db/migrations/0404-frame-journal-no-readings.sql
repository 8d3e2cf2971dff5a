-- What a frame says is read from its bytes, by the codec, whenever it is needed; a second copy of it was written and never read.
ALTER TABLE frame_journal DROP COLUMN readings;
