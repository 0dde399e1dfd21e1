-- One row per view: which text it was last made from, so that a view is made again only when its text is another one.
CREATE TABLE [etl].[definition] (
    [name] nvarchar(128) NOT NULL, -- such as bi.card
    [definition_hash] bigint NOT NULL,
    CONSTRAINT [pk_definition] PRIMARY KEY ([name])
);
