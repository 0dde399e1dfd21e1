using VPlanExport.Entities;

namespace VPlanExport.Commands;

/// <summary>What a backfill would read.</summary>
/// <param name="Months">Each of them is a run with a connection test of its own.</param>
/// <param name="RequestsLeftToday">Without those kept for the nightly run.</param>
/// <param name="KeptForNightly">Requests of each day.</param>
internal sealed record BackfillCost(string Request, IReadOnlyList<ExpectedRead> Entities, int Months, int RequestsLeftToday, int KeptForNightly)
{
    /// <summary>Requests to expect.</summary>
    public long Total => Entities.Sum(e => e.Requests) + Months;

    /// <param name="table">Writes a table, as text or as Markdown.</param>
    public void Write(TextWriter output, Action<TextWriter, IReadOnlyList<string>, IEnumerable<IReadOnlyList<string>>> table)
    {
        output.WriteLine($"{Request}: what it would read.");
        output.WriteLine();
        table(output, ["entity", "by", ">rows", ">requests"],
        [
            .. Entities.Select(e => new[] { e.Entity, e.By, e.Rows is { } rows ? Cell.Number(rows) : Catalog.Named(e.Entity).Endpoint.Per is { } per ? $"a list per {per.Entity}" : "unavailable", Cell.Number(e.Requests) }),
            ["total", "", Cell.Number(Entities.Sum(e => e.Rows ?? 0)), Cell.Number(Total)],
        ]);
        output.WriteLine();
        output.WriteLine($"Requests left today: {Cell.Number(RequestsLeftToday)}, and {Cell.Number(KeptForNightly)} kept for the nightly run. The total counts a connection test for each month; archived rows, and rows that left the range, may cost a few more.");
    }
}

/// <param name="By">The property that the range is about.</param>
/// <param name="Rows">Null when vPlan has no such list for this key, or only lists per parent.</param>
internal sealed record ExpectedRead(string Entity, string By, long? Rows, long Requests);
