using System.Globalization;
using System.Text.Json.Serialization;
using VPlanExport.Commands.Output;
using VPlanExport.Entities;
using VPlanExport.Runs.Backfill;

namespace VPlanExport.Commands;

/// <summary>What a backfill would read.</summary>
/// <param name="Months">Each of them is a run with a connection test of its own.</param>
/// <param name="RequestsLeftToday">Without those kept for the nightly run.</param>
/// <param name="KeptForNightly">Requests of each day.</param>
internal sealed record BackfillCost(
    string Request,
    IReadOnlyList<ExpectedRead> Entities,
    int Months,
    int RequestsLeftToday,
    int KeptForNightly
)
{
    /// <summary>Requests to expect.</summary>
    public long Total => Entities.Sum(e => e.Requests) + Months;

    /// <summary>Where pages break badly, and rows that left the range are asked for by id.</summary>
    public long AtMost => Total + Entities.Sum(e => MoreOf(e, Months));

    /// <summary>A request takes so long, with what follows it, in the run that was committed last.</summary>
    [JsonIgnore]
    public double SecondsARequest { get; init; }

    /// <summary>How long it takes at most, by the pace of the last run.</summary>
    public double Minutes => Math.Ceiling(AtMost * SecondsARequest / 60);

    /// <param name="table">Writes a table, as text or as Markdown.</param>
    public void Write(
        TextWriter output,
        Action<TextWriter, IReadOnlyList<string>, IEnumerable<IReadOnlyList<string>>> table
    )
    {
        output.WriteLine($"{Request}: what it would read.");
        output.WriteLine();
        table(
            output,
            ["entity", "by", ">rows", ">requests"],
            [
                .. Entities.Select(e =>
                    new[]
                    {
                        e.Entity,
                        e.By,
                        e.Rows is { } rows ? ValueText.Number(rows)
                        : Catalog.Named(e.Entity).Endpoint.Per is { } per ? $"a list per {per.Entity}"
                        : "unavailable",
                        ValueText.Number(e.Requests),
                    }
                ),
                ["total", "", ValueText.Number(Entities.Sum(e => e.Rows ?? 0)), ValueText.Number(Total)],
            ]
        );
        output.WriteLine();
        output.WriteLine(
            $"It takes {ValueText.Number(Total)} to {ValueText.Number(AtMost)} requests, with a connection test for "
                + $"each month, and about {ValueText.Count((long)Minutes, "minute", "minutes")}. Requests left today: "
                + $"{ValueText.Number(RequestsLeftToday)}, and {ValueText.Number(KeptForNightly)} kept for the nightly "
                + "run."
        );
    }

    /// <summary>Each month: a page that was begun, one more for the archive's, and an answer about ids; one in a
    /// hundred pages is asked for again because rows have the same timestamp.</summary>
    private static long MoreOf(ExpectedRead read, int months) =>
        Catalog.Named(read.Entity).Endpoint.Per is null ? (3 * months) + (read.Requests / 100) : 0;
}

/// <param name="By">The property that the range is about.</param>
/// <param name="Rows">Null when vPlan has no such list for this key, or only lists per parent.</param>
internal sealed record ExpectedRead(string Entity, string By, long? Rows, long Requests);

/// <summary>What a backfill would change.</summary>
/// <param name="Base">The run that it was compared with; null for none.</param>
/// <param name="Requests">Requests that it took to tell.</param>
/// <param name="Plan">The file that keeps it; null for none.</param>
internal sealed record BackfillDiff(
    string Request,
    string? Base,
    IReadOnlyList<DiffLine> Lines,
    long Added,
    long Changed,
    long Gone,
    long Requests,
    string? Plan
)
{
    /// <summary>So many rows are shown to who approves a plan.</summary>
    public const int MostFirst = 20;

    /// <summary>The file that lists the rows; null for none.</summary>
    public string? Rows { get; init; }

    /// <summary>The first of them, which stand in a summary and in no log.</summary>
    [JsonIgnore]
    public IReadOnlyList<DiffRow> First { get; init; } = [];

    /// <param name="asked">Requests sent before the plan was made.</param>
    /// <param name="file">Where it is kept; null for nowhere.</param>
    public static BackfillDiff Of(BackfillPlan plan, int asked, string? file) =>
        new(
            plan.Request.ToString(),
            plan.Base,
            plan.Lines,
            plan.Lines.Sum(l => l.Added),
            plan.Lines.Sum(l => l.Changed),
            plan.Lines.Sum(l => l.Gone),
            plan.Requests + asked,
            file
        );

    /// <param name="table">Writes a table, as text or as Markdown.</param>
    public void Write(
        TextWriter output,
        Action<TextWriter, IReadOnlyList<string>, IEnumerable<IReadOnlyList<string>>> table
    )
    {
        output.WriteLine(
            $"{Request}: what it would change{(Base is null ? "" : $" after run {Base}")}. Nothing was published."
        );
        output.WriteLine();
        if (Lines.Count == 0)
        {
            output.WriteLine(
                $"Nothing differs: vPlan gives what is there already. It took {ValueText.Number(Requests)} requests."
            );
            return;
        }
        table(
            output,
            ["table", "month", ">added", ">changed", ">gone", ">minutes"],
            [
                .. Lines.Select(l =>
                    new[]
                    {
                        l.Table,
                        l.Month,
                        ValueText.Number(l.Added),
                        ValueText.Number(l.Changed),
                        ValueText.Number(l.Gone),
                        l.Minutes is { } minutes
                            ? minutes.ToString("+#,##0;-#,##0;0", CultureInfo.InvariantCulture)
                            : "",
                    }
                ),
                ["total", "", ValueText.Number(Added), ValueText.Number(Changed), ValueText.Number(Gone), ""],
            ]
        );
        output.WriteLine();
        output.WriteLine(
            $"It took {ValueText.Number(Requests)} requests."
                + (
                    Plan is null
                        ? ""
                        : $" The plan is in {Plan}; to publish exactly this: vplan-export backfill --apply {Plan}"
                )
                + (Rows is null ? "" : $" The rows are in {Rows}, for its owner alone.")
        );
    }

    /// <summary>As <see cref="Write"/>, with the first rows.</summary>
    public void WriteWithRows(
        TextWriter output,
        Action<TextWriter, IReadOnlyList<string>, IEnumerable<IReadOnlyList<string>>> table
    )
    {
        Write(output, table);
        if (First.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine("The first rows:");
        output.WriteLine();
        table(output, DiffRowsFile.Headings, First.Select(DiffRowsFile.Cells));
    }
}
