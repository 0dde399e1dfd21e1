-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per custom field of a card or a collection.
CREATE TABLE [dw].[fact_custom_field_value] (
    [custom_field_value_key] bigint NOT NULL, -- Key of the row: hash of both ids.
    [owner_type] nvarchar(20) NULL, -- What carries the value: card or collection.
    [card_key] bigint NOT NULL, -- The card; unknown when a collection carries the value.
    [collection_key] bigint NOT NULL, -- The collection; unknown when a card carries the value.
    [custom_field_key] bigint NOT NULL, -- The field; unknown when the value came without its field's id.
    [field_name] nvarchar(255) NULL, -- Name of the field.
    [field_type] nvarchar(50) NULL, -- text, number, date, checkbox, email, link, phone, list, select, address, drawing, textarea or users.
    [value_text] nvarchar(4000) NULL, -- The value as people read it; several with commas between them.
    [value_number] decimal(18,4) NULL, -- The value of a number field.
    [value_date] date NULL, -- The value of a date field.
    [value_bool] bit NULL, -- The value of a checkbox.
    [raw] nvarchar(max) NULL, -- The value as vPlan sends it.
    [raw_list] nvarchar(max) NULL, -- Elements of a list field.
    [raw_components] nvarchar(max) NULL, -- Parts of an address.
    [drawing_id] nvarchar(36) NULL, -- The drawing.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_fact_custom_field_value] PRIMARY KEY CLUSTERED ([custom_field_value_key])
);
