-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per order.
CREATE OR REPLACE VIEW stg.dim_order AS SELECT
    CAST(NULL AS BIGINT) AS order_key, -- Surrogate key: hash of the id; -1 is unknown.
    CAST(NULL AS VARCHAR) AS order_id, -- vPlan's id.
    CAST(NULL AS VARCHAR) AS code, -- Order number.
    CAST(NULL AS VARCHAR) AS order_type, -- Production, Project, Purchase, Quotation or Sales.
    CAST(NULL AS VARCHAR) AS sub_type, -- Sub type, as the source system names it.
    CAST(NULL AS VARCHAR) AS status, -- Status, as the source system names it.
    CAST(NULL AS VARCHAR) AS description, -- Description.
    CAST(NULL AS VARCHAR) AS note, -- Note.
    CAST(NULL AS VARCHAR) AS contact, -- Contact person.
    CAST(NULL AS BIGINT) AS project_key, -- The project it belongs to.
    CAST(NULL AS BIGINT) AS relation_key, -- The customer or supplier.
    CAST(NULL AS BIGINT) AS item_key, -- The item that is ordered.
    CAST(NULL AS BIGINT) AS warehouse_key, -- The warehouse it is delivered from or to.
    CAST(NULL AS BIGINT) AS collection_key, -- The collection it is planned as.
    CAST(NULL AS BIGINT) AS board_key, -- The board it is planned on.
    CAST(NULL AS DATE) AS order_date, -- Day it was ordered.
    CAST(NULL AS INTEGER) AS order_date_key, -- Day it was ordered, as yyyymmdd; -1 when empty.
    CAST(NULL AS DATE) AS promised_date, -- Day it was promised for.
    CAST(NULL AS INTEGER) AS promised_date_key, -- Day it was promised for, as yyyymmdd; -1 when empty.
    CAST(NULL AS DATE) AS desired_date, -- Day the customer asked for.
    CAST(NULL AS INTEGER) AS desired_date_key, -- Day the customer asked for, as yyyymmdd; -1 when empty.
    CAST(NULL AS DATE) AS delivered_date, -- Day it was delivered.
    CAST(NULL AS INTEGER) AS delivered_date_key, -- Day it was delivered, as yyyymmdd; -1 when empty.
    CAST(NULL AS DECIMAL(18,4)) AS quantity, -- How many are ordered.
    CAST(NULL AS VARCHAR) AS relation_ref, -- The customer's reference.
    CAST(NULL AS VARCHAR) AS address_id, -- Address; it has no endpoint.
    CAST(NULL AS VARCHAR) AS meta, -- Further data of the source system.
    CAST(NULL AS VARCHAR) AS external_url, -- The order in the source system.
    CAST(NULL AS VARCHAR) AS external_ref, -- Id in the source system; unique with type and sub type.
    CAST(NULL AS VARCHAR) AS transaction, -- Integration marker.
    CAST(NULL AS BOOLEAN) AS is_marked_deleted, -- vPlan still lists the record, as deleted.
    CAST(NULL AS BOOLEAN) AS is_inferred, -- Stands in for something referred to but not yet read.
    CAST(NULL AS BOOLEAN) AS is_deleted, -- No longer in vPlan.
    CAST(NULL AS TIMESTAMP) AS source_created_at, -- When vPlan made the record.
    CAST(NULL AS TIMESTAMP) AS source_updated_at, -- When vPlan last changed the record.
    CAST(NULL AS TIMESTAMP) AS extracted_at, -- When the page was read that last changed the row.
    CAST(NULL AS VARCHAR) AS run_id -- The run that last changed the row.
WHERE false;
