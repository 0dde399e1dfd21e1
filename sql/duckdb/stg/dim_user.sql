-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per user, archived ones too.
CREATE OR REPLACE VIEW stg.dim_user AS SELECT
    CAST(NULL AS BIGINT) AS user_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS user_id, -- vPlan's id.
    CAST(NULL AS VARCHAR) AS full_name, -- Full name.
    CAST(NULL AS VARCHAR) AS first_name, -- First name.
    CAST(NULL AS VARCHAR) AS infix, -- Name particle.
    CAST(NULL AS VARCHAR) AS last_name, -- Last name.
    CAST(NULL AS VARCHAR) AS email, -- E-mail address.
    CAST(NULL AS VARCHAR) AS username, -- Name to sign in with.
    CAST(NULL AS VARCHAR) AS role, -- admin, manager, organiser, member …
    CAST(NULL AS VARCHAR) AS status, -- invited, active …
    CAST(NULL AS VARCHAR) AS card_visibility, -- Which cards the user sees.
    CAST(NULL AS VARCHAR) AS language, -- Language of the user.
    CAST(NULL AS VARCHAR) AS timezone, -- Time zone of the user.
    CAST(NULL AS BOOLEAN) AS is_sso, -- Signs in through single sign-on.
    CAST(NULL AS BOOLEAN) AS is_mfa_enabled, -- Uses a second factor.
    CAST(NULL AS BIGINT) AS resource_key, -- The resource this user is.
    CAST(NULL AS VARCHAR) AS external_ref, -- Id in the source system.
    CAST(NULL AS TIMESTAMP) AS archived_at, -- When the user was archived.
    CAST(NULL AS BOOLEAN) AS is_marked_deleted, -- vPlan still lists the record, as deleted.
    CAST(NULL AS BOOLEAN) AS is_inferred, -- Stands in for something referred to but not yet read.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
