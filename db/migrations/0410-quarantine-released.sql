-- A frame set aside because nobody knew its device does not stand in the way of the same frame once the device is registered: beside it one frame that counts may stand.
DROP INDEX frame_journal_first;
CREATE UNIQUE INDEX frame_journal_first ON frame_journal (key, (state = 'QUARANTINED')) WHERE state IN ('ACCEPTED', 'PART', 'QUARANTINED');
