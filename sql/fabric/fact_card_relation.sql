-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per dependency between two cards.
CREATE TABLE [dw].[fact_card_relation] (
    [card_relation_key] bigint NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    [card_relation_id] varchar(108) NULL, -- vPlan's id.
    [card_key] bigint NOT NULL, -- The card that the type is said of: it blocks, depends on … the related card.
    [related_card_key] bigint NOT NULL, -- The other card.
    [relation_type] varchar(150) NULL, -- related, blocks, depends or cloned.
    [status] varchar(150) NULL, -- valid …
    [is_marked_deleted] bit NULL, -- vPlan still lists the record, as deleted.
    [is_deleted] bit NULL, -- No longer in vPlan.
    [source_created_at] datetime2(6) NULL, -- When vPlan made the record.
    [source_updated_at] datetime2(6) NULL, -- When vPlan last changed the record.
    [extracted_at] datetime2(6) NULL, -- When the page was read that last changed the row.
    [run_id] varchar(120) NULL -- The run that last changed the row.
);
GO
-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log names: the folder holds replaced files too.
-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.
TRUNCATE TABLE [dw].[fact_card_relation];
COPY INTO [dw].[fact_card_relation] ([card_relation_key] 1, [card_relation_id] 2, [card_key] 3, [related_card_key] 4, [relation_type] 5, [status] 6, [is_marked_deleted] 7, [is_deleted] 8, [source_created_at] 9, [source_updated_at] 10, [extracted_at] 11, [run_id] 12)
FROM
    'https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/fact_card_relation/FILE.parquet'
WITH (FILE_TYPE = 'PARQUET');
