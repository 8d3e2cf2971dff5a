-- After a talk was held one more failure is no reason for another talk: the matter is inspected on site.
ALTER TABLE supervision_lapse DROP CONSTRAINT supervision_lapse_measure_check;
ALTER TABLE supervision_lapse ADD CONSTRAINT supervision_lapse_measure_check CHECK (measure IN ('REMIND', 'WARN', 'TALK', 'ENFORCE'));
COMMENT ON TABLE supervision_lapse IS 'Ledger of late, poor and false answers per unit: first remind, second warn, third talk, after a talk the special inspection (内环办〔2021〕103号 三（一）).';
