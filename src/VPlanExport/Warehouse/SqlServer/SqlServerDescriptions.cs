using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Warehouse.SqlServer;

/// <summary>What the tables, views and columns are for, as extended properties: SQL Server's own and Power BI's tools
/// show them. A server that only speaks its language may have none.</summary>
internal sealed class SqlServerDescriptions(
    SqlServerSession session,
    IReadOnlyList<Table> tables,
    SqlServerFeatures features
)
{
    /// <summary>Statements that are sent at once.</summary>
    private const int Batch = 200;

    private readonly IReadOnlyList<Description> _declared = Descriptions.All("sqlserver", tables);

    /// <summary>All of them as one text, by which a change is known.</summary>
    public string Text => string.Concat(_declared.Select(d => $"{d.Object}.{d.Column}={d.Text}\n"));

    /// <summary>Writes those that the database does not say, or says otherwise.</summary>
    /// <returns>What would let them be written; null when all are.</returns>
    public string? Write()
    {
        if (!features.IsSqlServer)
            return null;
        try
        {
            WriteMissing();
            return null;
        }
        catch (SinkException e) when (!SqlServerPatience.IsTransient(e))
        {
            return $"The export's tables do not say what they are for: {e.Message}";
        }
    }

    private void WriteMissing()
    {
        var there = session
            .Rows(
                $"""
                SELECT CONCAT(SCHEMA_NAME(o.schema_id), '.', o.name, '.', c.name, '=', CAST(e.value AS nvarchar(max)))
                FROM sys.extended_properties e INNER JOIN sys.objects o ON o.object_id = e.major_id
                LEFT JOIN sys.columns c ON c.object_id = e.major_id AND c.column_id = e.minor_id
                WHERE e.class = 1 AND e.name = N'{SqlServerTables.DescriptionName}'
                """,
                r => $"{r.GetValue(0)}".Split('=', 2)
            )
            .Where(said => said.Length > 1)
            .ToDictionary(said => said[0], said => said[1], StringComparer.OrdinalIgnoreCase);
        var statements = _declared
            .Select(d => (Of: d, There: there.GetValueOrDefault($"{d.Object}.{d.Column}")))
            .Where(d => d.There != SqlServerTables.Shortened(d.Of.Text))
            .Select(d => SqlServerTables.Describe(d.Of, isThere: d.There is not null));
        foreach (var batch in statements.Chunk(Batch))
            session.Execute(string.Join(";\n", batch));
    }
}
