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
    [run_id] nvarchar(40) NULL -- The run that last changed the row.
)
WITH (DISTRIBUTION = HASH([custom_field_value_key]), HEAP);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[fact_custom_field_value];
COPY INTO [dw].[fact_custom_field_value] ([custom_field_value_key] 1, [owner_type] 2, [card_key] 3, [collection_key] 4, [custom_field_key] 5, [field_name] 6, [field_type] 7, [value_text] 8, [value_number] 9, [value_date] 10, [value_bool] 11, [raw] 12, [raw_list] 13, [raw_components] 14, [drawing_id] 15, [is_deleted] 16, [source_created_at] 17, [source_updated_at] 18, [extracted_at] 19, [run_id] 20)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/fact_custom_field_value/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
