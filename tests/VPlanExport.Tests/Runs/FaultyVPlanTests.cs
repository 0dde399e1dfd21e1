using System.Text.Json.Nodes;
using VPlanExport.Entities;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

public class FaultyVPlanTests
{
    private static readonly FaultKind[] Passing =
        [.. Enum.GetValues<FaultKind>().Except([FaultKind.Status401, FaultKind.Status403, FaultKind.Status404])];

    [Fact]
    public async Task Faults_that_pass_cost_nothing_but_time()
    {
        await using var export = await Installation.StartAsync();
        export.Server.Faults = FaultSchedule.Every(10, Passing);

        await export.NightlyAsync();
        export.VPlan.ChangeSome(40, new Random(5));
        export.Clock.Advance(TimeSpan.FromDays(1));
        await export.FullAsync();

        export.Server.Requests.Where(r => r.Fault is not null).Should().HaveCountGreaterThan(5);
        await export.ShouldEqualVPlanAsync();
    }

    [Theory]
    [InlineData(FaultKind.Status403)]
    [InlineData(FaultKind.Status404)]
    public async Task An_entity_the_key_may_not_read_is_a_warning_and_keeps_its_rows_and_its_watermark(FaultKind fault)
    {
        await using var export = await Installation.StartAsync();
        await export.NightlyAsync();
        var before = (await export.LastManifestAsync()).Entities;
        export.Clock.Advance(TimeSpan.FromDays(1));
        export.VPlan.Delete("time_tracking", export.VPlan.Records("time_tracking")[0].Id);
        export.Server.Faults = FaultSchedule.Every(1, fault).On("/time_tracking");

        var summary = await export.FullAsync();

        summary.Warnings.Should().ContainSingle().Which.Should().Contain("time_tracking").And.Contain(fault == FaultKind.Status403 ? "403" : "404");
        var manifest = await export.LastManifestAsync();
        manifest.Entities["time_tracking"].Should().Be(before["time_tracking"]);
        manifest.Entities["card"].Watermark.Should().BeAfter(before["card"].Watermark!.Value);
        (await export.DeletedAsync(TimeEntries.Fact)).Should().BeEmpty();

        export.Server.Faults = FaultSchedule.None;
        await export.FullAsync();
        await export.ShouldEqualVPlanAsync();
    }

    [Fact]
    public async Task A_wrong_key_ends_the_run_with_what_to_do()
    {
        await using var export = await Installation.StartAsync();
        export.Settings = export.Settings with { VPlan = export.Settings.VPlan with { ApiKey = "wrong-key" } };

        var error = await FluentActions.Awaiting(() => export.NightlyAsync()).Should().ThrowAsync<ConfigurationException>();

        error.Which.Message.Should().Contain("VPlan:ApiKey").And.NotContain("wrong-key");
    }

    [Fact]
    public async Task A_few_bad_records_are_set_aside_and_the_rest_goes_on()
    {
        await using var export = await Installation.StartAsync();
        await export.NightlyAsync();
        export.Clock.Advance(TimeSpan.FromDays(1));
        var spoilt = Spoil(export, 3);

        var summary = await export.NightlyAsync();

        summary.Tables.Single(t => t.Table == TimeEntries.Fact.Name).Rejected.Should().Be(3);
        summary.Warnings.Should().ContainSingle(w => w.Contains("rejects.csv"));
        (await export.DeletedAsync(TimeEntries.Fact)).Should().BeEmpty("a row that could not be read is still there");
        var manifest = await export.LastManifestAsync();
        var rejects = await File.ReadAllTextAsync(Path.Combine(export.WorkFolder, "runs", manifest.RunId, "rows", "rejects.csv"), TestContext.Current.CancellationToken);
        spoilt.Should().AllSatisfy(id => rejects.Should().Contain(id));
    }

    [Fact]
    public async Task Too_many_bad_records_stop_the_run_and_it_is_not_taken_up_again()
    {
        await using var export = await Installation.StartAsync();
        await export.NightlyAsync();
        var before = await export.ShouldAgreeAsync();
        export.Clock.Advance(TimeSpan.FromDays(1));
        var spoilt = Spoil(export, 12);

        var error = await FluentActions.Awaiting(() => export.NightlyAsync()).Should().ThrowAsync<ContractException>();

        error.Which.ExitCode.Should().Be(ExitCode.Contract);
        error.Which.Message.Should().Contain("12").And.Contain("time_tracking");
        (await export.ShouldAgreeAsync())[TimeEntries.Fact.Name].All.Should().Equal(before[TimeEntries.Fact.Name].All, "nothing was published");

        foreach (var id in spoilt)
            export.VPlan.Edit("time_tracking", id, new JsonObject { ["start"] = "2026-02-01T09:00:00Z" });
        (await export.RunAllAsync(new RunRequest(RunKind.Nightly, []))).Should().ContainSingle("the refused run stays refused");
        await export.ShouldEqualVPlanAsync();
    }

    [Fact]
    public async Task A_full_read_that_would_delete_a_large_part_is_refused()
    {
        await using var export = await Installation.StartAsync();
        export.Settings = export.Settings with { Runs = export.Settings.Runs with { MinDeletes = 5 } };
        await export.NightlyAsync();
        foreach (var entry in export.VPlan.Records("time_tracking").Take(100))
            export.VPlan.Delete("time_tracking", entry.Id);

        var error = await FluentActions.Awaiting(() => export.FullAsync()).Should().ThrowAsync<RefusedException>();

        error.Which.ExitCode.Should().Be(ExitCode.Refused);
        error.Which.Message.Should().Contain("time_tracking").And.Contain("100 would be deleted").And.Contain("Runs:MaxDeletePercent");
        (await export.DeletedAsync(TimeEntries.Fact)).Should().BeEmpty();
        (await export.RunAllAsync(new RunRequest(RunKind.Nightly, []))).Should().ContainSingle("the refused run stays refused");

        export.Settings = export.Settings with { Runs = export.Settings.Runs with { MaxDeleteShare = 0.5 } };
        await export.FullAsync();
        await export.ShouldEqualVPlanAsync();
    }

    private static IReadOnlyList<string> Spoil(Installation export, int count)
    {
        var ids = export.VPlan.Records("time_tracking").Take(count).Select(e => e.Id).ToList();
        foreach (var id in ids)
            export.VPlan.Edit("time_tracking", id, new JsonObject { ["start"] = "last Tuesday" });
        return ids;
    }
}
