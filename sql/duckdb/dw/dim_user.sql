-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per user, archived ones too.
CREATE TABLE IF NOT EXISTS dw.dim_user (
    user_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    user_id VARCHAR, -- vPlan's id.
    full_name VARCHAR, -- Full name.
    first_name VARCHAR, -- First name.
    infix VARCHAR, -- Name particle.
    last_name VARCHAR, -- Last name.
    email VARCHAR, -- E-mail address.
    username VARCHAR, -- Name to sign in with.
    role VARCHAR, -- admin, manager, organiser, member …
    status VARCHAR, -- invited, active …
    card_visibility VARCHAR, -- Which cards the user sees.
    language VARCHAR, -- Language of the user.
    timezone VARCHAR, -- Time zone of the user.
    is_sso BOOLEAN, -- Signs in through single sign-on.
    is_mfa_enabled BOOLEAN, -- Uses a second factor.
    resource_key BIGINT NOT NULL, -- The resource this user is.
    external_ref VARCHAR, -- Id in the source system.
    archived_at TIMESTAMP, -- When the user was archived.
    is_marked_deleted BOOLEAN, -- vPlan still lists the record, as deleted.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
