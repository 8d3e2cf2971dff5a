-- Whoever is given a new password by an administrator starts anew with it.
ALTER TABLE access_session DROP CONSTRAINT access_session_ended_why_check;
ALTER TABLE access_session ADD CONSTRAINT access_session_ended_why_check CHECK (ended_why IN ('signed-out', 'newer-sign-in', 'disabled', 'expired', 'stepped-up', 'unlinked', 'factor-demanded', 'password-reset'));
