-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per row of an order.
CREATE TABLE [dw].[fact_order_row] (
    [order_row_key] bigint NOT NULL, -- Key of the link: hash of both ids.
    [order_key] bigint NOT NULL, -- The record that lists the element.
    [order_row_id] varchar(108) NULL, -- vPlan's id of the row.
    [item_key] bigint NOT NULL, -- The item.
    [activity_key] bigint NOT NULL, -- The kind of work.
    [position] bigint NULL, -- Order in the order.
    [code] varchar(150) NULL, -- Number of the row.
    [item_code] varchar(150) NULL, -- Code of the item, as the source system says it.
    [description] varchar(450) NULL, -- Description.
    [row_type] varchar(150) NULL, -- Type, as the source system names it.
    [status] varchar(96) NULL, -- Status, as the source system names it.
    [unit] varchar(150) NULL, -- Unit of the quantities: hours and days become planned time.
    [quantity] decimal(18,4) NULL, -- Quantity.
    [quantity_delivered] decimal(18,4) NULL, -- Of which delivered.
    [quantity_backorder] decimal(18,4) NULL, -- Of which in back order.
    [quantity_original] decimal(18,4) NULL, -- Quantity at first.
    [reserved] decimal(18,4) NULL, -- Of which reserved.
    [delivered_date] date NULL, -- Day it was delivered.
    [delivered_date_key] int NOT NULL, -- Day it was delivered, as yyyymmdd; -1 when empty.
    [resource_ref] varchar(192) NULL, -- Resource, as the source system names it.
    [external_ref] varchar(192) NULL, -- Id in the source system.
    [transaction] varchar(108) NULL, -- Integration marker.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] varchar(120) NULL -- The run that last changed the row.
);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[fact_order_row];
COPY INTO [dw].[fact_order_row] ([order_row_key] 1, [order_key] 2, [order_row_id] 3, [item_key] 4, [activity_key] 5, [position] 6, [code] 7, [item_code] 8, [description] 9, [row_type] 10, [status] 11, [unit] 12, [quantity] 13, [quantity_delivered] 14, [quantity_backorder] 15, [quantity_original] 16, [reserved] 17, [delivered_date] 18, [delivered_date_key] 19, [resource_ref] 20, [external_ref] 21, [transaction] 22, [is_deleted] 23, [source_created_at] 24, [source_updated_at] 25, [extracted_at] 26, [run_id] 27)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/fact_order_row/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
