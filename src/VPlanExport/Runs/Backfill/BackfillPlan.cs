using System.Globalization;
using System.Text;
using System.Text.Json;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Transform.Star;

namespace VPlanExport.Runs.Backfill;

/// <summary>A month of a plan, and what vPlan gave of it.</summary>
/// <param name="Prints">One for each entity that vPlan has for this key.</param>
internal sealed record PlannedMonth(RunRequest Request, IReadOnlyList<EntityFingerprint> Prints);

/// <summary>What a backfill would change, and what that was found by: rows of vPlan and a state of the sinks. No value
/// of a row is in it.</summary>
/// <param name="MadeAt">This machine's clock, UTC.</param>
/// <param name="MadeBy">Of the tables and the settings that rows depend on.</param>
/// <param name="Base">The run that was committed last; null for none.</param>
/// <param name="Lines">By table and month.</param>
/// <param name="Requests">Requests that reading it took.</param>
internal sealed record BackfillPlan(
    int Version,
    RunRequest Request,
    DateTime MadeAt,
    string MadeBy,
    string? Base,
    IReadOnlyList<PlannedMonth> Months,
    IReadOnlyList<DiffLine> Lines,
    int Requests
)
{
    public const int CurrentVersion = 1;

    /// <summary>It would change nothing.</summary>
    public bool IsEmpty => Lines.Count == 0;

    private string Entities => Request.Entities.Count == 0 ? "" : $" --entity {string.Join(' ', Request.Entities)}";

    private string MakeAgain =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Make the plan again: vplan-export backfill --from {Request.From:yyyy-MM-dd} --to "
                + $"{Request.To:yyyy-MM-dd}{Entities} --plan FILE"
        );

    public static BackfillPlan Make(
        RunRequest request,
        DateTime madeAt,
        RunManifest? last,
        Settings settings,
        IReadOnlyList<PlannedMonth> months,
        IReadOnlyList<DiffLine> lines,
        int requests
    ) => new(CurrentVersion, request, madeAt, MadeWith(settings), last?.RunId, months, lines, requests);

    /// <summary>Writes it to a file that only its owner may read.</summary>
    /// <exception cref="ConfigurationException">The file cannot be written.</exception>
    public void Write(string path)
    {
        using var file = Open(path, FileMode.Create);
        file.Write(ChecksummedJson.Write(this));
    }

    /// <summary>Before anything is read; leaves no file where there was none.</summary>
    /// <exception cref="ConfigurationException">A plan cannot be written there.</exception>
    public static void CheckWritable(string path)
    {
        var isThere = File.Exists(path);
        Open(path, FileMode.OpenOrCreate).Dispose();
        if (!isThere)
            File.Delete(path);
    }

    /// <exception cref="ConfigurationException">It is not a plan that this version of the tool wrote with these
    /// settings.</exception>
    public static BackfillPlan Read(string path, Settings settings)
    {
        var plan = Read(path);
        if (plan.Version != CurrentVersion)
            throw new ConfigurationException(
                $"The plan {path} is of version {plan.Version}, and this tool knows version {CurrentVersion}. "
                    + $"{plan.MakeAgain}"
            );
        if (plan.MadeBy != MadeWith(settings))
            throw new ConfigurationException(
                $"The plan {path} was made by another version of the tool, or with other settings "
                    + "(VPlan:TimeZone, Privacy:PersonalData or its key): what it was compared with would be something "
                    + $"else now. {plan.MakeAgain}"
            );
        return plan;
    }

    /// <summary>Tells this plan from every other.</summary>
    public string Id() => Checksum.Of(ChecksummedJson.Write(this));

    /// <summary>A refusal to apply it.</summary>
    /// <param name="why">A sentence.</param>
    /// <param name="published">Months of it that were published before.</param>
    public RefusedException Refusal(string why, int published) =>
        new(
            published == 0
                ? $"{why} Nothing was published. {MakeAgain}"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{why} The {published} of {Months.Count} months that were published before stay; "
                        + $"nothing else was. {MakeAgain}"
                )
        );

    private static BackfillPlan Read(string path)
    {
        try
        {
            var plan = ChecksummedJson.ReadSealed<BackfillPlan>(File.ReadAllBytes(path));
            return
                plan
                    is {
                        Request: { Kind: RunKind.Backfill, From: not null, To: not null },
                        Months: not null,
                        Lines: not null
                    }
                && plan.Months.All(m =>
                    m is { Request: { From: not null, To: not null }, Prints: { } prints }
                    && prints.All(p => p is not null)
                )
                ? plan
                : throw new JsonException("It names no range or no months.");
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or NotSupportedException
                        or ArgumentException
                        or InvalidOperationException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            throw new ConfigurationException(
                $"--apply is '{path}', which cannot be read as a plan: {e.Message} Give a file that backfill "
                    + "--plan wrote, as it was written.",
                e
            );
        }
    }

    private static FileStream Open(string path, FileMode mode) =>
        GivenFile.Open("--plan", path, () => PrivateFiles.Open(path, mode));

    private static string MadeWith(Settings settings) =>
        Checksum.Of(
            Encoding.UTF8.GetBytes(
                string.Join(
                    '|',
                    [
                        settings.TimeZone.Id,
                        .. Catalog
                            .All.Select(e => e.SchemaHash)
                            .Append(settings.PersonalData.Fingerprint)
                            .Select(n => n.ToString(CultureInfo.InvariantCulture)),
                    ]
                )
            )
        );
}

/// <summary>
/// Reads a backfill month by month and compares what it would bring with the lake. What it reads is thrown away again:
/// nothing is published, and no run is left behind. The lock is held throughout, so that every month is compared with
/// the same state.
/// </summary>
/// <param name="tellRow">Told each row that would change; null for no one.</param>
internal sealed class BackfillPlanner(
    Settings settings,
    ExportSession runner,
    Run run,
    Action<RunEvent> tell,
    Action<DiffRow>? tellRow
)
{
    private readonly Scratch _scratch = new(runner.Runs.Store);
    private readonly Dictionary<string, TableDiff> _diffs = Catalog
        .Tables.Where(t => t != Entities.Calendar.Dim)
        .ToDictionary(t => t.Name, t => new TableDiff(t, tellRow));

    /// <exception cref="RefusedException">A run was interrupted after reading, or a sink lacks one: there is no one
    /// state to compare with.</exception>
    public async Task<BackfillPlan> MakeAsync(RunRequest request, CancellationToken cancellationToken)
    {
        await runner.EnsureSettledAsync(cancellationToken);
        var last = await runner.Runs.LastManifestAsync(cancellationToken);
        var first = await run.MakePlanAsync(request, last, cancellationToken);
        var months = new List<PlannedMonth>();
        var requests = first.Request.OwnRequests;
        foreach (var (index, month) in request.Months().Index())
        {
            tell(
                new RunEvent.Info(
                    FormattableString.Invariant($"Reading {month}, month {index + 1} of {request.Months().Count}.")
                )
            );
            var plan = RunPlan.Make(month, last, first.StartedAt, first.Sequence - 1, settings, Catalog.All);
            var folder = _scratch.Open(plan.RunId);
            await folder.FinishAsync(RunPhase.Planned, plan, cancellationToken);
            var (extracts, rows) = await run.PrepareAsync(folder, plan, last, cancellationToken);
            requests += extracts.Values.Sum(e => e.Requests);
            months.Add(new PlannedMonth(month, await run.PrintsAsync(folder, plan, extracts, cancellationToken)));
            await CompareAsync(
                folder,
                new ChangeSet(plan.RunId, plan.Sequence, plan.StartedAt, rows.Tables),
                cancellationToken
            );
            await _scratch.ClearAsync(cancellationToken);
        }
        return BackfillPlan.Make(
            request,
            first.StartedAt,
            last,
            settings,
            months,
            [.. Catalog.Tables.SelectMany(t => _diffs.GetValueOrDefault(t.Name)?.Lines ?? [])],
            requests
        );
    }

    private async Task CompareAsync(RunFolder folder, ChangeSet changes, CancellationToken cancellationToken)
    {
        var lake = runner.Sinks.Lake;
        foreach (var table in Catalog.Tables.Where(t => _diffs.ContainsKey(t.Name) && IsTouched(changes, t)))
            await _diffs[table.Name]
                .AddAsync(
                    changes.RunId,
                    () => lake.ReadAsync(table, columns: null, cancellationToken: cancellationToken),
                    lake.ReadAfterAsync(table, changes, folder.Store, Catalog.Tables, cancellationToken)
                );
    }

    private static bool IsTouched(ChangeSet changes, Table table) =>
        changes.Tables.Single(c => c.Table == table.Name) is { } change
        && (change.Rows > 0 || change.Deleted.Count > 0 || change.DeleteScopes.Count > 0);
}
