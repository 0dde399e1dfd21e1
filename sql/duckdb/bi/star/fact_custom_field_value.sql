-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per custom field of a card or a collection. The view shows living rows only.
CREATE VIEW bi.fact_custom_field_value AS
SELECT
    custom_field_value_key,
    owner_type,
    card_key,
    collection_key,
    custom_field_key,
    field_name,
    field_type,
    value_text,
    value_number,
    value_date,
    value_bool,
    raw,
    raw_list,
    raw_components,
    drawing_id,
    source_created_at,
    source_updated_at
FROM dw.fact_custom_field_value
WHERE coalesce(is_deleted, 0) = 0;
