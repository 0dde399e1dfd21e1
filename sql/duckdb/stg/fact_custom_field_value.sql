-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per custom field of a card or a collection.
CREATE OR REPLACE VIEW stg.fact_custom_field_value AS SELECT
    CAST(NULL AS BIGINT) AS custom_field_value_key, -- Key of the row: hash of both ids.
    CAST(NULL AS VARCHAR) AS owner_type, -- What carries the value: card or collection.
    CAST(NULL AS BIGINT) AS card_key, -- The card; unknown when a collection carries the value.
    CAST(NULL AS BIGINT) AS collection_key, -- The collection; unknown when a card carries the value.
    CAST(NULL AS BIGINT) AS custom_field_key, -- The field; unknown when the value came without its field's id.
    CAST(NULL AS VARCHAR) AS field_name, -- Name of the field.
    CAST(NULL AS VARCHAR) AS field_type, -- text, number, date, checkbox, email, link, phone, list, select, address, drawing, textarea or users.
    CAST(NULL AS VARCHAR) AS value_text, -- The value as people read it; several with commas between them.
    CAST(NULL AS DECIMAL(18,4)) AS value_number, -- The value of a number field.
    CAST(NULL AS DATE) AS value_date, -- The value of a date field.
    CAST(NULL AS BOOLEAN) AS value_bool, -- The value of a checkbox.
    CAST(NULL AS VARCHAR) AS raw, -- The value as vPlan sends it.
    CAST(NULL AS VARCHAR) AS raw_list, -- Elements of a list field.
    CAST(NULL AS VARCHAR) AS raw_components, -- Parts of an address.
    CAST(NULL AS VARCHAR) AS drawing_id, -- The drawing.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
