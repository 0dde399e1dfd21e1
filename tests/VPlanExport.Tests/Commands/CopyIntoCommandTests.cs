using Microsoft.SqlServer.TransactSql.ScriptDom;
using VPlanExport.Entities;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

[Trait("Tier", "platform")]
public sealed class CopyIntoCommandTests : IDisposable
{
    private readonly CliHost _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_lake_in_a_folder_cannot_be_copied_from_Azure() =>
        (await _place.InvokeAsync("copy-into", "--out", _place.PathOf("copy.sql")))
            .ShouldBe(ExitCode.Configuration)
            .Naming("Lake:Location", _place.Lake, "https://");

    [Fact]
    public async Task The_script_names_every_file_of_the_lake_and_no_file_that_was_replaced()
    {
        var lake = AzuriteServer.Shared.NewPlace();
        await File.WriteAllTextAsync(
            _place.PathOf("lake.txt"),
            lake.ConnectionString,
            TestContext.Current.CancellationToken
        );
        _place.Settings.AddRange([$"Lake:Location={lake}", $"Lake:ConnectionStringFile={_place.PathOf("lake.txt")}"]);
        (await CopyAsync()).ShouldBe(ExitCode.Sink).Naming("holds no run yet");

        await using var house = await (await TestExport.OpenAfterFirstNightAsync()).MovedToAsync(lake);
        house.World.ChangeSome(5, new Random(1));
        await house.NightlyAsync();
        (await CopyAsync()).ShouldBe(ExitCode.Ok).Output.Should().Contain("copy.sql");

        var script = await File.ReadAllTextAsync(_place.PathOf("copy.sql"), TestContext.Current.CancellationToken);
        script.Should().Contain((await house.ManifestAsync()).RunId);
        var copied = Copied(script);
        var stored = (await lake.Open(TimeProvider.System).ListAsync("", TestContext.Current.CancellationToken))
            .Where(f =>
                f.Path.EndsWith(".parquet", StringComparison.Ordinal)
                && !f.Path.StartsWith('_')
                && !f.Path.Contains("_delta_log", StringComparison.Ordinal)
            )
            .Select(f => $"{lake}/{f.Path}")
            .ToList();
        copied
            .Should()
            .OnlyHaveUniqueItems()
            .And.BeSubsetOf(stored)
            .And.HaveCountLessThan(stored.Count, "the second run replaced some");
        copied
            .Select(url => url[$"{lake}/".Length..].Split('/')[0])
            .Distinct()
            .Should()
            .BeSubsetOf(Catalog.Tables.Select(t => t.Name))
            .And.Contain(["dim_date", "fact_card", "fact_time_entry"]);
    }

    private Task<Outcome> CopyAsync() => _place.InvokeAsync("copy-into", "--out", _place.PathOf("copy.sql"));

    private static List<string> Copied(string script)
    {
        using var text = new StringReader(script);
        var parsed = (TSqlScript)new TSqlFabricDWParser(initialQuotedIdentifiers: true).Parse(text, out var errors);
        errors.Select(e => $"line {e.Line}: {e.Message}").Should().BeEmpty();
        return
        [
            .. parsed
                .Batches.SelectMany(b => b.Statements)
                .OfType<CopyStatement>()
                .SelectMany(c => c.From)
                .Select(f => f.Value),
        ];
    }
}
