-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per order.
CREATE TABLE [dw].[dim_order] (
    [order_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [order_id] nvarchar(36) NULL, -- vPlan's id.
    [code] nvarchar(100) NULL, -- Order number.
    [order_type] nvarchar(50) NULL, -- Production, Project, Purchase, Quotation or Sales.
    [sub_type] nvarchar(25) NULL, -- Sub type, as the source system names it.
    [status] nvarchar(10) NULL, -- Status, as the source system names it.
    [description] nvarchar(150) NULL, -- Description.
    [note] nvarchar(max) NULL, -- Note.
    [contact] nvarchar(100) NULL, -- Contact person.
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
    [relation_ref] nvarchar(255) NULL, -- The customer's reference.
    [address_id] nvarchar(36) NULL, -- Address; it has no endpoint.
    [meta] nvarchar(max) NULL, -- Further data of the source system.
    [external_url] nvarchar(2000) NULL, -- The order in the source system.
    [external_ref] nvarchar(255) NULL, -- Id in the source system; unique with type and sub type.
    [transaction] nvarchar(36) NULL, -- Integration marker.
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_inferred] bit NULL, -- Stands in for something referred to but not yet read.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] nvarchar(40) NULL, -- The run that last changed the row.
    [row_hash] bigint NOT NULL, -- Hash of the row's values, by which a load finds the rows that changed.
    CONSTRAINT [pk_dim_order] PRIMARY KEY CLUSTERED ([order_key])
);
