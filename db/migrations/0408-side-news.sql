-- The judging worker asks in every round what came beside the frames.
CREATE INDEX side_record_known ON side_record (known_at);
CREATE INDEX video_event_known ON video_event (known_at);
