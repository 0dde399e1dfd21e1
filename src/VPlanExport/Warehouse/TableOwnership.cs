using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Warehouse;

/// <summary>
/// Which of the tables and views under our names are ours. What the export makes it marks; what bears no mark, as an
/// earlier version left it, is ours where the journal is ours and the columns are. All else is somebody else's: it is
/// neither changed nor emptied.
/// </summary>
/// <param name="there">The columns of every table and view of our schemas, by <c>schema.name</c>.</param>
/// <param name="marked">What bears the mark, by the same name.</param>
internal sealed class TableOwnership(
    string location,
    IReadOnlyList<OwnedTable> declared,
    ILookup<string, ActualColumn> there,
    IReadOnlySet<string> marked
)
{
    /// <summary>The name of the mark in the database.</summary>
    public const string Mark = "vplan-export";

    /// <summary>Whether a comment in the database bears the mark: alone or first, as earlier versions wrote it, or in
    /// brackets behind a description.</summary>
    public static bool IsMark(string? comment) =>
        comment is not null
        && (
            comment.Split(' ')[0] == Mark
            || (comment.EndsWith(']') && comment.Contains($"[{Mark}", StringComparison.Ordinal))
        );

    private static readonly string[] JournalTables = ["etl.load", "etl.load_table", "etl.run"];

    /// <param name="areViewsOurs">The journal says that every view is as this version made it.</param>
    /// <param name="wayOut">What the owner of the database does where the export did make them; empty where there is
    /// nothing.</param>
    public void RefuseForeign(bool areViewsOurs, Func<OwnedTable, string> wayOut)
    {
        var isJournalOurs =
            JournalTables.All(name => there.Contains(name))
            && declared.Where(o => JournalTables.Contains(o.Name)).All(o => IsMarked(o) || HasOurColumnsAlone(o));
        var foreign = declared
            .Where(o => there.Contains(o.Name) && !IsMarked(o) && !(isJournalOurs && IsProven(o, areViewsOurs)))
            .ToList();
        if (foreign.Count > 0)
            throw new ConfigurationException(
                $"The warehouse {location} already has {string.Join(", ", foreign.Select(o => o.Name))}, which "
                    + "the export did not make. Nothing was changed. "
                    + "Give the export a database of its own in Warehouse:ConnectionString, or rename what is in "
                    + $"its way.{wayOut(foreign[0])}"
            );
    }

    /// <summary>What is there and bears no mark yet.</summary>
    public IEnumerable<OwnedTable> Unmarked => declared.Where(o => there.Contains(o.Name) && !IsMarked(o));

    private bool IsProven(OwnedTable o, bool areViewsOurs) =>
        o switch
        {
            { IsView: true } => areViewsOurs || !declared.Any(d => d.IsView && IsMarked(d)),
            { Schema: "dw" } when marked.Count == 0 => HasOurColumnsAlone(o) || Bears(o),
            _ => HasOurColumnsAlone(o),
        };

    /// <summary>A table of the star that somebody has changed is drift, and no table of somebody else.</summary>
    private bool Bears(OwnedTable o) =>
        new[] { o.Columns[0], "run_id" }.All(name =>
            there[o.Name].Any(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        );

    /// <summary>An earlier version had fewer.</summary>
    private bool HasOurColumnsAlone(OwnedTable o) =>
        there[o.Name].All(a => o.Columns.Contains(a.Name, StringComparer.OrdinalIgnoreCase));

    private bool IsMarked(OwnedTable o) => marked.Contains(o.Name);
}

/// <summary>A table or view that the export makes.</summary>
/// <param name="Columns">Of a table, the key first; of a view none.</param>
internal sealed record OwnedTable(string Schema, string Table, IReadOnlyList<string> Columns, bool IsView)
{
    public string Name => $"{Schema}.{Table}";

    /// <summary>The tables of <c>stg</c> and <c>dw</c>, and what the scripts of an engine make.</summary>
    /// <param name="columns">What a table of the star is declared to have.</param>
    public static IReadOnlyList<OwnedTable> Of(
        IEnumerable<Table> tables,
        Func<Table, IReadOnlyList<Column>> columns,
        IEnumerable<SqlScript> scripts
    ) =>
        [
            .. tables.SelectMany(t =>
                new[] { "stg", "dw" }.Select(schema => new OwnedTable(
                    schema,
                    t.Name,
                    [.. columns(t).Select(c => c.Name)],
                    false
                ))
            ),
            .. scripts.Select(s => new OwnedTable(s.Schema, s.Name, [.. s.Columns.Select(c => c.Name)], s.IsView)),
        ];
}
