-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per user, archived ones too.
CREATE TABLE [dw].[dim_user] (
    [user_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [user_id] nvarchar(36) NULL, -- vPlan's id.
    [full_name] nvarchar(255) NULL, -- Full name.
    [first_name] nvarchar(255) NULL, -- First name.
    [infix] nvarchar(50) NULL, -- Name particle.
    [last_name] nvarchar(255) NULL, -- Last name.
    [email] nvarchar(320) NULL, -- E-mail address.
    [username] nvarchar(320) NULL, -- Name to sign in with.
    [role] nvarchar(50) NULL, -- admin, manager, organiser, member …
    [status] nvarchar(50) NULL, -- invited, active …
    [card_visibility] nvarchar(50) NULL, -- Which cards the user sees.
    [language] nvarchar(20) NULL, -- Language of the user.
    [timezone] nvarchar(64) NULL, -- Time zone of the user.
    [is_sso] bit NULL, -- Signs in through single sign-on.
    [is_mfa_enabled] bit NULL, -- Uses a second factor.
    [resource_key] bigint NOT NULL, -- The resource this user is.
    [external_ref] nvarchar(255) NULL, -- Id in the source system.
    [archived_at] datetime2(6) NULL, -- When the user was archived.
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_dim_user] PRIMARY KEY CLUSTERED ([user_key])
);
