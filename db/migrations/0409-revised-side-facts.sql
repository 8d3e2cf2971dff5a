-- A fact told again with more in it (a door since closed, an event since ended) is a revision beside what stood before: nothing is lost, nothing altered.
ALTER TABLE side_record ADD COLUMN revision integer NOT NULL DEFAULT 0 CHECK (revision >= 0);
ALTER TABLE side_record DROP CONSTRAINT side_record_kind_subject_start_at_key;
ALTER TABLE side_record ADD UNIQUE (kind, subject, start_at, revision);
COMMENT ON COLUMN side_record.revision IS 'The highest one stands';

ALTER TABLE video_event ADD COLUMN revision integer NOT NULL DEFAULT 0 CHECK (revision >= 0);
ALTER TABLE video_event ADD COLUMN attributes jsonb NOT NULL DEFAULT '{}';
ALTER TABLE video_event DROP CONSTRAINT video_event_outfall_camera_kind_start_at_key;
ALTER TABLE video_event ADD UNIQUE (outfall, camera, kind, start_at, revision);
COMMENT ON COLUMN video_event.revision IS 'The highest one stands';
COMMENT ON COLUMN video_event.attributes IS 'Columns of video.csv that have no name here, as text';
