using System.Globalization;
using System.Text;
using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>The data dictionary, <c>sql/README.md</c>: what every column means and where it comes from.</summary>
internal static class SqlDictionary
{
    public static string Render(IReadOnlyList<Entity> entities, IReadOnlyList<Table> tables)
    {
        var text = new StringBuilder(
            """
            # Data dictionary

            Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.
            So are, beside it:

            - `duckdb/dw`, `sqlserver/stg`, `sqlserver/dw`: the tables, one a file
            - `duckdb/stg`: views, one a file; a load replaces each by one of the run's row files, which shows them
              for as long as they are there
            - `duckdb/bi/star`, `sqlserver/bi/star`: a view of each table in the schema `bi`, with its living rows only;
              the calendar without the unknown day, so that it can be marked as a date table
            - `sqlserver/references`: what refers to what, to run when all tables are there
            - `sqlserver/marks`: marks of ownership on all of it; what bears none is somebody else's, and the export
              leaves it alone
            - `synapse`, `fabric`: the tables of a Synapse dedicated pool and of a Fabric warehouse, and how `COPY
              INTO` fills them from the lake's Parquet files; which files those are is in the Delta log, so
              `vplan-export copy-into` writes the statements with the files of the moment
            - `duckdb/etl/entity_table.sql`, `sqlserver/etl/entity_table.sql`: which entities feed which table
            - `appsettings.schema.json`: the JSON schema of the settings file, for editors

            Written by hand are the journal (`duckdb/etl`, `sqlserver/etl`) and the views for people: `bi` holds those
            that every engine reads, `duckdb/bi` and `sqlserver/bi` those that need a text for each. The program makes
            all of it itself. Who runs the T-SQL by hand runs every file once, folder by folder: `schema`, `stg`,
            `dw`, `references` and `etl` of `sqlserver`, then `bi`, `sqlserver/bi` and `sqlserver/bi/star`,
            `sqlserver/marks` last; `GO` separates batches.

            The warehouse shows these texts itself: as comments in DuckDB, as `MS_Description` in SQL Server, where the
            program made the tables.

            The views for people name a thing alike wherever they have it: `board`, `stage`, `card`, `collection`,
            `activity`, `resource` and `customers` are names; `user_name` is longer because `user` is a word of SQL.
            Time is in minutes, also where hours stand beside them. The day of a row is `date`, any other day ends in
            `_date`. Two older names stay beside these for reports that read them: `relation` and `changed_on`.

            Timestamps are UTC. Keys and date keys are never empty: -1 is the unknown member. A source is a JSON
            property of the element that becomes the row; `../` reaches the record around a nested element.

            How dimensions refer to each other and what the bridges link; every fact's section draws its own star. A
            line is named by its key columns, without `_key` or `_date_key`.


            """.ReplaceLineEndings("\n")
        );
        text.Append(SqlDiagram.Render(tables.Where(t => t.Kind != TableKind.Fact), tables)).Append('\n');
        foreach (var table in tables)
            Append(text, table, tables, [.. entities.Where(e => e.Tables.Any(t => t.Name == table.Name))]);
        text.Append("# Views for people\n\nThe schema `bi` also has a view of each table above, of the same name.\n\n");
        foreach (var view in SqlScripts.Of("duckdb", "bi"))
            Append(text, view, tables);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Append(StringBuilder text, SqlScript view, IReadOnlyList<Table> tables)
    {
        text.Append(CultureInfo.InvariantCulture, $"## bi.{view.Name}\n\n{Descriptions.HeadOf(view)}\n\n");
        text.Append("| Column | Meaning |\n| --- | --- |\n");
        foreach (var (column, meaning) in ViewColumns.Of(view.Name, tables))
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {column} | {meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n"
            );
        text.Append('\n');
    }

    private static void Append(
        StringBuilder text,
        Table table,
        IReadOnlyList<Table> tables,
        IReadOnlyList<Entity> entities
    )
    {
        text.Append("## ")
            .Append(table.Name)
            .Append("\n\n")
            .Append(table.Grain)
            .Append(' ')
            .Append(Origin(table, entities))
            .Append("\n\n");
        if (table.Kind == TableKind.Fact)
            text.Append(SqlDiagram.Render([table], tables)).Append('\n');
        text.Append("| Column | Type | Meaning | Unit | Source | Personal |\n| --- | --- | --- | --- | --- | --- |\n");
        IReadOnlyList<Table> filled =
            entities.Count == 0 ? [table] : [.. entities.Select(e => e.Tables.Single(t => t.Name == table.Name))];
        foreach (var column in table.Columns)
        {
            var sources = filled.Select(t => From(t[column.Name])).Where(s => s.Length > 0).Distinct();
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {column.Name} | {column.Type} | {Meaning(column)} | {column.Unit} | "
                    + $"{string.Join(" or ", sources)} | {(column.IsPersonal ? "yes" : "")} |\n"
            );
        }
        text.Append('\n');
    }

    private static string Origin(Table table, IReadOnlyList<Entity> entities) =>
        entities.Count == 0
            ? "Made by every run."
            : $"Read from {string.Join(" and ", entities.Select(e => $"`{e.Endpoint.Path}`"))}"
                + (table.IsNested ? $", elements of `{table.Path}`." : ".");

    private static string Meaning(Column column) =>
        Descriptions.Meaning(column).Replace("|", "\\|", StringComparison.Ordinal);

    private static string From(Column column) =>
        string.Join(
            ", else ",
            column
                .Lookups.Select(l => $"{l.Table}.{l.Column} by {l.Via}")
                .Prepend(From(column.Source))
                .Where(s => s.Length > 0)
        );

    private static string From(Source source) =>
        source switch
        {
            Source.Json json => json.Or is null ? $"`{json.Path}`" : $"`{json.Path}`, else `{json.Or}`",
            Source.Label label =>
                $"description or name of `{label.Path}`{(label.Or is null ? "" : $", else of `{label.Or}`")}",
            Source.Parsed parsed => $"{parsed.Column} where {parsed.KindColumn} is {parsed.Kind}",
            Source.Constant constant => $"'{constant.Text}'",
            Source.IsPresent present => $"`{present.Path}` is there",
            Source.KeyOf key => $"hash of {key.Entity} and "
                + $"{string.Join(", ", key.Paths.Select(p => $"`{p}`"))}{(key.Or is null ? "" : $", else `{key.Or}`")}",
            Source.BusinessDate date => $"local date of `{date.Path}`",
            Source.DateKeyOf key => $"{key.Column} as yyyymmdd",
            Source.Sum sum => $"sum of `{sum.Array}[].{sum.Path}`{(sum.Or is null ? "" : $", else `{sum.Or}`")}",
            Source.Count count => $"number of `{count.Array}`",
            Source.Derived => "computed from the row",
            Source.RunId or Source.ExtractedAt or Source.IsInferred => "the run",
            Source.None => "",
            _ => throw new ArgumentOutOfRangeException(
                nameof(source),
                source,
                "This source has no text in the data dictionary yet."
            ),
        };
}

/// <summary>Entity-relationship diagrams in Mermaid, from the catalog's references: one line a pair of tables, named by
/// the roles.</summary>
internal static class SqlDiagram
{
    /// <param name="drawn">The tables whose references are drawn.</param>
    /// <param name="tables">Every table of the star.</param>
    public static string Render(IEnumerable<Table> drawn, IReadOnlyList<Table> tables) =>
        "```mermaid\nerDiagram\n"
        + string.Concat(drawn.SelectMany(t => Lines(t, tables)).Select(line => $"    {line}\n"))
        + "```\n";

    /// <summary>A key is never empty, so every row has exactly one member of the dimension.</summary>
    private static IEnumerable<string> Lines(Table table, IReadOnlyList<Table> tables) =>
        tables
            .Where(t => IsTwin(table, t))
            .Select(t => $"{t.Name} ||--o| {table.Name} : \"{Role(t.Key)}\"")
            .Concat(
                table
                    .Columns.Where(c => c.References is not null)
                    .GroupBy(c => c.References)
                    .Select(roles => $"{roles.Key} ||--o{{ {table.Name} : \"{string.Join(", ", roles.Select(Role))}\"")
            );

    /// <summary>A fact with a row per member of a dimension has its key.</summary>
    private static bool IsTwin(Table table, Table other) =>
        table.Kind == TableKind.Fact
        && other.Kind == TableKind.Dimension
        && other.KeyEntity is not null
        && other.KeyEntity == table.KeyEntity;

    private static string Role(Column column)
    {
        var name = column.Name[..^"_key".Length];
        return name.EndsWith("_date", StringComparison.Ordinal) ? name[..^"_date".Length] : name;
    }
}
