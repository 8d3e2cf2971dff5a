-- The application works as a role that owns nothing: it cannot change a ledger, drop a table or switch off a trigger.
-- The login role of DATABASE_URL is the migrator and owner; it needs CREATEROLE or a DBA who runs this file once.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mingjian_app') THEN
    BEGIN
      CREATE ROLE mingjian_app NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- another starter was faster
    END;
  END IF;
  IF NOT pg_has_role(current_user, 'mingjian_app', 'MEMBER') THEN
    EXECUTE format('GRANT mingjian_app TO %I', current_user);
  END IF;
END
$$;
