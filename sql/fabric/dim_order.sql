-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per order.
CREATE TABLE [dw].[dim_order] (
    [order_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [order_id] varchar(108) NULL, -- vPlan's id.
    [code] varchar(300) NULL, -- Order number.
    [order_type] varchar(150) NULL, -- Production, Project, Purchase, Quotation or Sales.
    [sub_type] varchar(75) NULL, -- Sub type, as the source system names it.
    [status] varchar(30) NULL, -- Status, as the source system names it.
    [description] varchar(450) NULL, -- Description.
    [note] varchar(max) NULL, -- Note.
    [contact] varchar(300) NULL, -- Contact person.
    [project_key] bigint NOT NULL, -- The project it belongs to.
    [relation_key] bigint NOT NULL, -- The customer or supplier.
    [item_key] bigint NOT NULL, -- The item that is ordered.
    [warehouse_key] bigint NOT NULL, -- The warehouse it is delivered from or to.
    [collection_key] bigint NOT NULL, -- The collection it is planned as.
    [board_key] bigint NOT NULL, -- The board it is planned on.
    [order_date] date NULL, -- Day it was ordered.
    [order_date_key] int NOT NULL, -- Day it was ordered, as yyyymmdd; -1 when empty.
    [promised_date] date NULL, -- Day it was promised for.
    [promised_date_key] int NOT NULL, -- Day it was promised for, as yyyymmdd; -1 when empty.
    [desired_date] date NULL, -- Day the customer asked for.
    [desired_date_key] int NOT NULL, -- Day the customer asked for, as yyyymmdd; -1 when empty.
    [delivered_date] date NULL, -- Day it was delivered.
    [delivered_date_key] int NOT NULL, -- Day it was delivered, as yyyymmdd; -1 when empty.
    [quantity] decimal(18,4) NULL, -- How many are ordered.
    [relation_ref] varchar(765) NULL, -- The customer's reference.
    [address_id] varchar(108) NULL, -- Address; it has no endpoint.
    [meta] varchar(max) NULL, -- Further data of the source system.
    [external_url] varchar(6000) NULL, -- The order in the source system.
    [external_ref] varchar(765) NULL, -- Id in the source system; unique with type and sub type.
    [transaction] varchar(108) NULL, -- Integration marker.
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] varchar(120) NULL -- The run that last changed the row.
);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[dim_order];
COPY INTO [dw].[dim_order] ([order_key] 1, [order_id] 2, [code] 3, [order_type] 4, [sub_type] 5, [status] 6, [description] 7, [note] 8, [contact] 9, [project_key] 10, [relation_key] 11, [item_key] 12, [warehouse_key] 13, [collection_key] 14, [board_key] 15, [order_date] 16, [order_date_key] 17, [promised_date] 18, [promised_date_key] 19, [desired_date] 20, [desired_date_key] 21, [delivered_date] 22, [delivered_date_key] 23, [quantity] 24, [relation_ref] 25, [address_id] 26, [meta] 27, [external_url] 28, [external_ref] 29, [transaction] 30, [is_marked_deleted] 31, [is_inferred] 32, [is_deleted] 33, [source_created_at] 34, [source_updated_at] 35, [extracted_at] 36, [run_id] 37)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/dim_order/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
