-- Parts of one message through the key, also where it has no DataTime; and the parts that became known since the last sweep for gaps.
DROP INDEX frame_journal_parts;
CREATE INDEX frame_journal_parts ON frame_journal (mn, cn, (coalesce(data_at, -1))) WHERE state = 'PART';
CREATE INDEX frame_journal_part_batch ON frame_journal (batch) WHERE state = 'PART';
CREATE INDEX frame_batch_known ON frame_batch (known_at);
