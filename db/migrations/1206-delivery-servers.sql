-- Who brought a paper to the party: the receipt (送达回证) is theirs.
ALTER TABLE delivery ADD COLUMN served_by text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN delivery.served_by IS 'Accounts of those who served a paper by another way than electronically, who recorded the receipt first; empty for electronic service and for receipts recorded before it was asked.';
GRANT UPDATE (served_by) ON delivery TO mingjian_app;
