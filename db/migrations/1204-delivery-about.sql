-- What a paper was about in the words of the moment it was sent: the matter itself may go on afterwards, the record may not.
ALTER TABLE delivery ADD COLUMN about_zh text, ADD COLUMN about_en text;
ALTER TABLE delivery ADD CHECK ((about_zh IS NULL) = (about_en IS NULL));
COMMENT ON COLUMN delivery.about_zh IS 'One sentence about the paper as it was sent, never changed; null where the sender gave none.';
