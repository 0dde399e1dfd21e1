-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per custom field of a card or a collection.
CREATE TABLE IF NOT EXISTS dw.fact_custom_field_value (
    custom_field_value_key BIGINT NOT NULL, -- Key of the row: hash of both ids.
    owner_type VARCHAR, -- What carries the value: card or collection.
    card_key BIGINT NOT NULL, -- The card; unknown when a collection carries the value.
    collection_key BIGINT NOT NULL, -- The collection; unknown when a card carries the value.
    custom_field_key BIGINT NOT NULL, -- The field; unknown when the value came without its field's id.
    field_name VARCHAR, -- Name of the field.
    field_type VARCHAR, -- text, number, date, checkbox, email, link, phone, list, select, address, drawing, textarea or users.
    value_text VARCHAR, -- The value as people read it; several with commas between them.
    value_number DECIMAL(18,4), -- The value of a number field.
    value_date DATE, -- The value of a date field.
    value_bool BOOLEAN, -- The value of a checkbox.
    raw VARCHAR, -- The value as vPlan sends it.
    raw_list VARCHAR, -- Elements of a list field.
    raw_components VARCHAR, -- Parts of an address.
    drawing_id VARCHAR, -- The drawing.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
