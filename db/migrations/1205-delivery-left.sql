-- Service left at the place (留置送达, 民事诉讼法 第八十九条): why the paper was refused, and who bears witness or by what recording it is shown.
ALTER TABLE delivery ADD COLUMN left_reason text, ADD COLUMN left_witness text, ADD COLUMN left_recording text;
ALTER TABLE delivery ADD CHECK (left_reason IS NULL OR (method = 'LEFT' AND (left_witness <> '' OR left_recording <> '')));
COMMENT ON COLUMN delivery.left_reason IS 'Why the party or its household refused to sign; null for other ways and for receipts recorded before it was asked.';
COMMENT ON COLUMN delivery.left_witness IS 'Name and position of the witness who signed the receipt; empty where the service was filmed.';
COMMENT ON COLUMN delivery.left_recording IS 'Number or place of the pictures or film of the service; empty where a witness signed.';
GRANT UPDATE (left_reason, left_witness, left_recording) ON delivery TO mingjian_app;
