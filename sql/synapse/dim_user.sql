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
    [run_id] nvarchar(40) NULL -- The run that last changed the row.
)
WITH (DISTRIBUTION = REPLICATE, CLUSTERED COLUMNSTORE INDEX);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[dim_user];
COPY INTO [dw].[dim_user] ([user_key] 1, [user_id] 2, [full_name] 3, [first_name] 4, [infix] 5, [last_name] 6, [email] 7, [username] 8, [role] 9, [status] 10, [card_visibility] 11, [language] 12, [timezone] 13, [is_sso] 14, [is_mfa_enabled] 15, [resource_key] 16, [external_ref] 17, [archived_at] 18, [is_marked_deleted] 19, [is_inferred] 20, [is_deleted] 21, [source_created_at] 22, [source_updated_at] 23, [extracted_at] 24, [run_id] 25)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_user/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
