-- Views for people.
CREATE SCHEMA [bi];
