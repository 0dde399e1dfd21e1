-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per user, archived ones too. The view shows living rows only.
CREATE VIEW bi.dim_user AS
SELECT
    [user_key],
    [user_id],
    [full_name],
    [first_name],
    [infix],
    [last_name],
    [email],
    [username],
    [role],
    [status],
    [card_visibility],
    [language],
    [timezone],
    [is_sso],
    [is_mfa_enabled],
    [resource_key],
    [external_ref],
    [archived_at],
    [is_marked_deleted],
    [is_inferred],
    [source_created_at],
    [source_updated_at]
FROM dw.dim_user
WHERE coalesce(is_deleted, 0) = 0;
