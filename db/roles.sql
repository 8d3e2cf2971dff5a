-- The application works as a role that owns nothing: it cannot change a ledger, drop a table or switch off a trigger.
-- The login role of DATABASE_URL is the migrator and owner, never a superuser: it needs CREATEROLE, or a DBA who makes
-- the role once and grants it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mingjian_app') THEN
    BEGIN
      CREATE ROLE mingjian_app NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- another starter was faster
    END;
  END IF;
  -- From PostgreSQL 16 on whoever makes a role is its member, but may not work as it before it is granted so.
  IF NOT (CASE WHEN current_setting('server_version_num')::int >= 160000
              THEN pg_has_role(current_user, 'mingjian_app', 'SET') ELSE pg_has_role(current_user, 'mingjian_app', 'MEMBER') END) THEN
    EXECUTE format('GRANT mingjian_app TO %I', current_user);
  END IF;
END
$$;
