using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Warehouse.SqlServer;

/// <summary>
/// The marks of ownership in SQL Server: an extended property of each table and view. A server that only speaks its
/// language may have none; the journal is the proof there, and where marks cannot be made.
/// </summary>
internal sealed class SqlServerMarks(
    SqlServerSession session,
    string location,
    IReadOnlyList<Table> tables,
    SqlServerFeatures features
)
{
    /// <summary>Nobody but the export has made what a command is about to change.</summary>
    public void RefuseForeign(ILookup<string, ActualColumn> there, bool areViewsOurs) =>
        Ownership(there)
            .RefuseForeign(
                areViewsOurs,
                o =>
                    features.IsSqlServer
                        ? " If the export did make them, their owner marks each: "
                            + $"{SqlServerTables.Mark(o.Schema, o.Table, o.IsView)};"
                        : ""
            );

    /// <summary>Marks what is ours and bears no mark yet; what cannot be marked stays proven by the journal.</summary>
    /// <returns>What would let it be marked; null when all is.</returns>
    public string? Make(ILookup<string, ActualColumn> there)
    {
        if (!features.IsSqlServer || Ownership(there).Unmarked.ToList() is not { Count: > 0 } unmarked)
            return null;
        try
        {
            session.Execute(
                string.Join(";\n", unmarked.Select(o => SqlServerTables.Mark(o.Schema, o.Table, o.IsView)))
            );
            return null;
        }
        catch (SinkException e) when (!SqlServerPatience.IsTransient(e))
        {
            return $"The export's tables bear no mark that they are the export's: {e.Message}";
        }
    }

    private TableOwnership Ownership(ILookup<string, ActualColumn> there) =>
        new(
            location,
            OwnedTable.Of(tables, SqlServerTables.Columns, SqlScripts.All("sqlserver", tables)),
            there,
            Marked()
        );

    private HashSet<string> Marked() =>
        !features.IsSqlServer
            ? []
            : new(
                session
                    .Ask(
                        $"""
                        SELECT STRING_AGG(CAST(CONCAT(SCHEMA_NAME(o.schema_id), '.', o.name) AS nvarchar(max)), ',')
                        FROM sys.extended_properties e INNER JOIN sys.objects o ON o.object_id = e.major_id
                        WHERE e.class = 1 AND e.minor_id = 0 AND e.name = N'{TableOwnership.Mark}'
                        """,
                        r => r.GetString(0)
                    )
                    ?.Split(',')
                    ?? [],
                StringComparer.OrdinalIgnoreCase
            );
}
