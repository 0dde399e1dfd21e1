-- stg: rows as landed. dw: the star. etl: the journal. bi: views for people.
CREATE SCHEMA [stg];
GO
CREATE SCHEMA [dw];
GO
CREATE SCHEMA [etl];
GO
CREATE SCHEMA [bi];
