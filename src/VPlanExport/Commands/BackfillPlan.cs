using System.Globalization;
using VPlanExport.Entities;

namespace VPlanExport.Commands;

/// <summary>What a backfill would read.</summary>
internal sealed record BackfillPlan(string Request, IReadOnlyList<ExpectedRead> Entities, int RequestsLeftToday)
{
    /// <param name="table">Writes a table, as text or as Markdown.</param>
    public void Write(TextWriter output, Action<TextWriter, IReadOnlyList<string>, IEnumerable<IReadOnlyList<string>>> table)
    {
        output.WriteLine($"{Request}: what it would read. Nothing was read or changed.");
        output.WriteLine();
        table(output, ["entity", "by", ">rows", ">requests"],
        [
            .. Entities.Select(e => new[] { e.Entity, e.By, e.Rows is { } rows ? Number(rows) : Catalog.Named(e.Entity).Endpoint.Per is { } per ? $"a list per {per.Entity}" : "unavailable", Number(e.Requests) }),
            ["total", "", Number(Entities.Sum(e => e.Rows ?? 0)), Number(Entities.Sum(e => e.Requests) + 1)],
        ]);
        output.WriteLine();
        output.WriteLine($"Requests left today: {Number(RequestsLeftToday)}. The total counts one request for the connection test; archived rows, and rows that left the range, may cost a few more.");
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

/// <param name="By">The property that the range is about.</param>
/// <param name="Rows">Null when vPlan has no such list for this key, or only lists per parent.</param>
internal sealed record ExpectedRead(string Entity, string By, long? Rows, long Requests);
