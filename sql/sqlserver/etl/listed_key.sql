-- The keys that the load under way was told of by list. It stands in stg, because it holds nothing between loads.
CREATE TABLE [stg].[listed_key] (
    [list] nvarchar(20) NOT NULL, -- what the list says of them: gone or protected
    [table_name] nvarchar(128) NOT NULL,
    [column_name] nvarchar(128) NULL, -- the column that holds the key; empty: the table's own key
    [key_value] bigint NOT NULL
);
