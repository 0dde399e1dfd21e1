using VPlanExport.Entities;
using VPlanExport.Lake;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Runs.Forget;

/// <summary>
/// Forgets people in lake, warehouse, runs and logs. Who is forgotten is written down first, in
/// <c>forgotten.json</c>, and every step changes nothing when it is repeated: the next process finishes what died.
/// </summary>
internal sealed class ForgetPerson(RunStore runs, Sinks sinks, TimeProvider clock, Action<RunEvent> tell)
{
    /// <summary>What would change. Changes nothing.</summary>
    /// <exception cref="ConfigurationException">The lake has no such user.</exception>
    public async Task<ForgetReport> FindAsync(string user, CancellationToken cancellationToken)
    {
        var (list, person) = await WithAsync(user, cancellationToken);
        var forgetting = new Forgetting(list);
        return await ReportAsync(forgetting, person, await FindAsync(forgetting, cancellationToken), cancellationToken);
    }

    /// <exception cref="ConfigurationException">The lake has no such user; nothing was changed.</exception>
    /// <exception cref="SinkException">The warehouse is away; nothing was changed.</exception>
    public async Task<ForgetReport> RunAsync(string user, CancellationToken cancellationToken)
    {
        sinks.EnsureBoth();
        var (list, person) = await WithAsync(user, cancellationToken);
        await sinks.Fence(cancellationToken);
        await list.PutAsync(runs.Store, sinks.Lake.Store, cancellationToken);
        var forgetting = new Forgetting(list);
        var found = await FindAsync(forgetting, cancellationToken);
        var report = await ReportAsync(forgetting, person, found, cancellationToken);
        await FinishAsync(list, forgetting, found, cancellationToken);
        return report;
    }

    /// <summary>Finishes what was interrupted, and gives the list to a place that has lost it.</summary>
    /// <returns>The list; null where nobody was forgotten.</returns>
    public async Task<ForgottenList?> FinishPendingAsync(CancellationToken cancellationToken)
    {
        if (await ListAsync(cancellationToken) is not { } list)
            return null;
        if (list.Pending.Count > 0)
        {
            sinks.EnsureBoth();
            tell(
                new RunEvent.Info(
                    $"Going on with forgetting user {string.Join(", ", list.Pending.Select(p => p.User))}, which was "
                        + "interrupted."
                )
            );
            var forgetting = new Forgetting(list);
            await FinishAsync(list, forgetting, await FindAsync(forgetting, cancellationToken), cancellationToken);
        }
        await list.GiveAsync(runs.Store, sinks.Lake.Store, cancellationToken);
        return list;
    }

    private Task<ForgottenList?> ListAsync(CancellationToken cancellationToken) =>
        ForgottenList.ReadAsync(runs.Store, sinks.Lake.Store, cancellationToken);

    private async Task<(ForgottenList List, ForgottenPerson Person)> WithAsync(
        string user,
        CancellationToken cancellationToken
    )
    {
        var list = await ListAsync(cancellationToken) ?? ForgottenList.Empty();
        var now = clock.GetUtcNow().UtcDateTime;
        var person = await PersonNames.FindAsync(sinks.Lake, list, user, now, cancellationToken);
        return (list.With(person), person);
    }

    /// <summary>What both sinks hold of forgotten people: to look takes as long as to read them whole.</summary>
    private async Task<InSinks> FindAsync(Forgetting forgetting, CancellationToken cancellationToken) =>
        new(
            await sinks.Lake.FindAsync(forgetting, Catalog.Tables, cancellationToken),
            await sinks.Warehouse.ReadAsync(
                Catalog.Tables,
                (table, batches) => (table, batches.Sum(forgetting.Rows)),
                cancellationToken
            )
        );

    private async Task<ForgetReport> ReportAsync(
        Forgetting forgetting,
        ForgottenPerson person,
        InSinks found,
        CancellationToken cancellationToken
    )
    {
        var lines = new List<ForgetLine>();
        foreach (var table in found.Lake)
        {
            lines.Add(new ForgetLine("lake", table.Table.Name, table.Rows, table.Files));
            lines.Add(new ForgetLine("lake, older versions", table.Table.Name, 0, table.Old.Count));
        }
        lines.AddRange(found.Warehouse.Select(t => new ForgetLine("warehouse", $"dw.{t.Table}", t.Rows, 0)));
        var files = new WorkFiles(runs.Store, forgetting);
        foreach (var run in await runs.AllAsync(cancellationToken))
        {
            lines.Add(
                new ForgetLine(
                    "run, pages and marks",
                    run.RunId,
                    0,
                    await files.RunAsync(run, false, cancellationToken)
                )
            );
            lines.Add(
                new ForgetLine(
                    "run, row files",
                    run.RunId,
                    0,
                    await new RunRows(run, forgetting).CountAsync(cancellationToken)
                )
            );
        }
        lines.Add(
            new ForgetLine("work folder", "starts and logs", 0, await files.StartsAsync(false, cancellationToken))
        );
        return new ForgetReport(person.User, person.Pseudonym, [.. lines.Where(l => l.Rows + l.Files > 0)]);
    }

    private async Task FinishAsync(
        ForgottenList list,
        Forgetting forgetting,
        InSinks found,
        CancellationToken cancellationToken
    )
    {
        Tell("the lake", sinks.Lake.Store.Location);
        await sinks.Fence(cancellationToken);
        await ForgetInLakeAsync(forgetting, found, cancellationToken);
        Tell("the warehouse", sinks.Warehouse.Location);
        await sinks.Fence(cancellationToken);
        await ForgetInWarehouseAsync(found, cancellationToken);
        Tell("the runs and logs", runs.Store.Location);
        await sinks.Fence(cancellationToken);
        await ForgetInRunsAsync(forgetting, cancellationToken);
        var done = list with { People = [.. list.People.Select(p => p with { IsDone = true })] };
        await done.PutAsync(runs.Store, sinks.Lake.Store, cancellationToken);
    }

    /// <summary>Readers of <c>lake.json</c> get the new versions before the old ones go.</summary>
    private async Task ForgetInLakeAsync(Forgetting forgetting, InSinks found, CancellationToken cancellationToken)
    {
        var telling = found.Lake.Where(t => !t.IsClean).Select(t => t.Table).ToList();
        await sinks.Lake.ForgetAsync(forgetting, telling, cancellationToken);
        await sinks.Lake.DropHistoryAsync(forgetting, telling, cancellationToken);
    }

    /// <summary>The rows come from the lake, which holds the same runs.</summary>
    private async Task ForgetInWarehouseAsync(InSinks found, CancellationToken cancellationToken)
    {
        var telling = found.Warehouse.Where(t => t.Rows > 0).Select(t => t.Table).ToList();
        var star = new ChangeSet(
            "forget",
            await sinks.LastSequenceAsync(cancellationToken),
            clock.GetUtcNow().UtcDateTime,
            await sinks.Lake.RowFilesAsync(telling, cancellationToken)
        );
        await sinks.Warehouse.ReplaceAsync(star, sinks.Lake.Store, Catalog.Tables, cancellationToken);
    }

    private async Task ForgetInRunsAsync(Forgetting forgetting, CancellationToken cancellationToken)
    {
        var files = new WorkFiles(runs.Store, forgetting);
        foreach (var run in await runs.AllAsync(cancellationToken))
        {
            await new RunRows(run, forgetting).ForgetAsync(cancellationToken);
            await files.RunAsync(run, writes: true, cancellationToken);
        }
        await files.StartsAsync(writes: true, cancellationToken);
    }

    private void Tell(string what, string where) => tell(new RunEvent.Info($"Forgetting in {what} {where}."));

    private sealed record InSinks(IReadOnlyList<ForgottenTable> Lake, IReadOnlyList<(Table Table, int Rows)> Warehouse);
}

/// <summary>What tells of a person, or told before it was replaced.</summary>
/// <param name="Pseudonym">What stands in its place.</param>
internal sealed record ForgetReport(string User, string Pseudonym, IReadOnlyList<ForgetLine> Lines);

/// <param name="Rows">Rows of a table; 0 where files are counted.</param>
internal sealed record ForgetLine(string Place, string Name, long Rows, int Files);
