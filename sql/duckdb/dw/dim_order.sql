-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
-- One row per order.
CREATE TABLE IF NOT EXISTS dw.dim_order (
    order_key BIGINT NOT NULL, -- Surrogate key: hash of the id; -1 is unknown.
    order_id VARCHAR, -- vPlan's id.
    code VARCHAR, -- Order number.
    order_type VARCHAR, -- Production, Project, Purchase, Quotation or Sales.
    sub_type VARCHAR, -- Sub type, as the source system names it.
    status VARCHAR, -- Status, as the source system names it.
    description VARCHAR, -- Description.
    note VARCHAR, -- Note.
    contact VARCHAR, -- Contact person.
    project_key BIGINT NOT NULL, -- The project it belongs to.
    relation_key BIGINT NOT NULL, -- The customer or supplier.
    item_key BIGINT NOT NULL, -- The item that is ordered.
    warehouse_key BIGINT NOT NULL, -- The warehouse it is delivered from or to.
    collection_key BIGINT NOT NULL, -- The collection it is planned as.
    board_key BIGINT NOT NULL, -- The board it is planned on.
    order_date DATE, -- Day it was ordered.
    order_date_key INTEGER NOT NULL, -- Day it was ordered, as yyyymmdd; -1 when empty.
    promised_date DATE, -- Day it was promised for.
    promised_date_key INTEGER NOT NULL, -- Day it was promised for, as yyyymmdd; -1 when empty.
    desired_date DATE, -- Day the customer asked for.
    desired_date_key INTEGER NOT NULL, -- Day the customer asked for, as yyyymmdd; -1 when empty.
    delivered_date DATE, -- Day it was delivered.
    delivered_date_key INTEGER NOT NULL, -- Day it was delivered, as yyyymmdd; -1 when empty.
    quantity DECIMAL(18,4), -- How many are ordered.
    relation_ref VARCHAR, -- The customer's reference.
    address_id VARCHAR, -- Address; it has no endpoint.
    meta VARCHAR, -- Further data of the source system.
    external_url VARCHAR, -- The order in the source system.
    external_ref VARCHAR, -- Id in the source system; unique with type and sub type.
    transaction VARCHAR, -- Integration marker.
    is_marked_deleted BOOLEAN, -- vPlan still lists the record, as deleted.
    is_inferred BOOLEAN, -- Stands in for something referred to but not yet read.
    is_deleted BOOLEAN, -- No longer in vPlan.
    source_created_at TIMESTAMP, -- When vPlan made the record.
    source_updated_at TIMESTAMP, -- When vPlan last changed the record.
    extracted_at TIMESTAMP, -- When the page was read that last changed the row.
    run_id VARCHAR -- The run that last changed the row.
);
