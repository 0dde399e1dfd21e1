using System.Text.RegularExpressions;
using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>What a table, a view or a column of a warehouse is for.</summary>
/// <param name="Column">Null for the table or view itself.</param>
internal sealed record Description(string Schema, string Name, bool IsView, string? Column, string Text)
{
    public string Object => $"{Schema}.{Name}";
}

/// <summary>The descriptions that stand in the warehouse itself: of the star from the catalog, of the journal and the
/// views for people from their scripts and from <see cref="ViewColumns"/>.</summary>
internal static partial class Descriptions
{
    public static IReadOnlyList<Description> All(string engine, IReadOnlyList<Table> tables) =>
        [
            .. tables.SelectMany(t => Of(engine, t)),
            .. SqlScripts.Of(engine, "etl").SelectMany(OfJournal),
            .. SqlScripts.Of(engine, "bi").SelectMany(script => OfView(script, tables)),
        ];

    /// <summary>Of <c>stg</c>, which DuckDB's loads make again and again.</summary>
    public static IEnumerable<Description> OfStaging(string engine, Table table) =>
        Of(
            "stg",
            engine == "duckdb",
            table,
            $"{table.Grain} Rows of the last load, as they landed.",
            Columns(engine, table)
        );

    /// <summary>The comment that a script begins with.</summary>
    public static string HeadOf(SqlScript script) =>
        string.Join(
            ' ',
            script
                .Text.Split('\n')
                .Select(line => line.TrimEnd('\r'))
                .TakeWhile(line => line.StartsWith("--", StringComparison.Ordinal))
                .Where(line => !line.StartsWith("-- Generated", StringComparison.Ordinal))
                .Select(line => line[2..].Trim())
        );

    /// <summary>What a column means to who reads it.</summary>
    public static string Meaning(Column column) =>
        column.References is { } table ? $"{column.Meaning} Refers to {table}." : column.Meaning;

    private static IEnumerable<Description> Of(string engine, Table table) =>
        [
            .. OfStaging(engine, table),
            .. Of("dw", false, table, table.Grain, Columns(engine, table)),
            .. Of("bi", true, table, $"{table.Grain} The view shows living rows only.", StarViews.Columns(table)),
        ];

    private static IEnumerable<Description> Of(
        string schema,
        bool isView,
        Table table,
        string text,
        IReadOnlyList<Column> columns
    ) =>
        [
            new Description(schema, table.Name, isView, null, text),
            .. columns.Select(c => new Description(schema, table.Name, isView, c.Name, Meaning(c))),
        ];

    private static IReadOnlyList<Column> Columns(string engine, Table table) =>
        engine == "duckdb" ? table.Columns : SqlServerTables.Columns(table);

    private static IEnumerable<Description> OfJournal(SqlScript script)
    {
        yield return new Description(script.Schema, script.Name, script.IsView, null, HeadOf(script));
        var said = Commented()
            .Matches(script.Text)
            .ToDictionary(m => m.Groups["name"].Value, m => Sentence(m.Groups["text"].Value));
        IEnumerable<string> columns = script.IsView
            ? ["position", "table_name", "entity"]
            : script.Columns.Select(c => c.Name);
        foreach (var column in columns)
            yield return new Description(
                script.Schema,
                script.Name,
                script.IsView,
                column,
                said.GetValueOrDefault(column) ?? ViewColumns.Meaning("etl", column)
            );
    }

    private static IEnumerable<Description> OfView(SqlScript script, IReadOnlyList<Table> tables)
    {
        yield return new Description(script.Schema, script.Name, true, null, HeadOf(script));
        foreach (var (column, text) in ViewColumns.Of(script.Name, tables))
            yield return new Description(script.Schema, script.Name, true, column, text);
    }

    private static string Sentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..].TrimEnd('.', '\r')}.";

    [GeneratedRegex(@"^ +\[?(?<name>[a-z_]+)\]? [A-Za-z].*? -- (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Commented();
}
