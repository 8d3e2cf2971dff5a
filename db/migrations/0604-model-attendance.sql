-- How often every model was asked and what it said, held against how often it was due: "hours expected = hours evaluated".

CREATE TABLE analysis_attendance (
  outfall      text    NOT NULL,
  day          bigint  NOT NULL,
  until        bigint  NOT NULL,
  active_since bigint  NOT NULL,
  hour_moments integer NOT NULL CHECK (hour_moments >= 0),
  models       jsonb   NOT NULL,
  PRIMARY KEY (outfall, day)
);
COMMENT ON TABLE analysis_attendance IS 'Projection: answers of every model per outfall and day of judging; written whole, so that work repeated after a restart counts once';
COMMENT ON COLUMN analysis_attendance.day IS 'The daily moment (02:00 local) at which the day of judging begins, epoch ms';
COMMENT ON COLUMN analysis_attendance.hour_moments IS 'Moments at which arriving hours were due to be judged, counted from the arrivals';
COMMENT ON COLUMN analysis_attendance.models IS 'By model@version: trigger, met, notMet, cannotTell, exception, excused (out of force or not applicable)';
CREATE INDEX analysis_attendance_day ON analysis_attendance (day);
GRANT SELECT, INSERT, UPDATE ON analysis_attendance TO mingjian_app;
