using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using VPlanExport.Extract;
using VPlanExport.Extract.Http;
using VPlanExport.Lake;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Runs.Backfill;
using VPlanExport.Storage;
using VPlanExport.Tests.Lake;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>What runs and the lake remember, with something wrong in it: named, never followed.</summary>
[Trait("Tier", "scenario")]
public sealed class FuzzedStateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_run_remembers_is_read_as_it_was_written_or_named()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var run = (await house.AllRunsAsync()).Single().Store.Location;

        await SampleAsync<RunPlan>(Path.Combine(run, "plan.json"));
        await SampleAsync<Dictionary<string, LandedEntity>>(Path.Combine(run, "extracted.json"));
        await SampleAsync<TransformResult>(Path.Combine(run, "transformed.json"));
        await SampleAsync<RunManifest>(Path.Combine(run, "manifest.json"));
        await SampleAsync<LandedEntity>(Path.Combine(run, "raw/card/extract.json"));
        await SampleAsync<PageRecord>(Path.Combine(run, "raw/card/page-000001.json"));
        await SampleAsync<ConsistentSet>(house.In("lake/lake.json"));
    }

    [Fact]
    public async Task A_plan_is_read_as_it_was_written_or_named()
    {
        await using var house = await TestExport.OpenAsync();
        var plan = await house
            .Backfills()
            .PlanAsync(TestExport.Range("2026-09-01", "2026-09-30", "time_tracking"), Token);
        var file = house.In("plan.json");
        plan.Write(file);
        var whole = await File.ReadAllBytesAsync(file, Token);
        BackfillPlan.Read(file, house.Settings).Id().Should().Be(plan.Id());

        Mutated.Bytes(whole).Sample(bytes => Read(bytes)?.Id().Should().Be(plan.Id()), iter: 300, threads: 1);
        var unsealed = JsonNode.Parse(whole)!.AsObject();
        unsealed.Remove("Checksum");
        Read(Encoding.UTF8.GetBytes(unsealed.ToJsonString())).Should().BeNull("every plan was written with a checksum");
        Mutated
            .Json(unsealed.ToJsonString())
            .Sample(json => Read(ChecksummedJson.Write(JsonNode.Parse(json))), iter: 400, threads: 1);

        BackfillPlan? Read(byte[] bytes)
        {
            File.WriteAllBytes(file, bytes);
            try
            {
                return BackfillPlan.Read(file, house.Settings);
            }
            catch (ConfigurationException e)
            {
                e.Message.Should().Contain(file);
                return null;
            }
        }
    }

    [Fact]
    public async Task A_request_count_that_is_damaged_never_allows_more_than_a_day() =>
        await Mutated
            .Bytes("""{"Date":"2026-03-02","Used":7}"""u8.ToArray())
            .SampleAsync(
                async json =>
                {
                    var store = new FolderStore(Path.Combine(_folder.Path, Guid.NewGuid().ToString("N")));
                    await store.PutAsync(
                        "budget.json",
                        stream => stream.WriteAsync(json).AsTask(),
                        TestContext.Current.CancellationToken
                    );
                    (
                        await RequestBudget.OpenAsync(
                            store,
                            10,
                            TimeProvider.System,
                            TestContext.Current.CancellationToken
                        )
                    )
                        .Left.Should()
                        .BeInRange(0, 10);
                },
                iter: 300
            );

    [Fact]
    public async Task A_commit_of_the_lake_is_read_as_it_was_written_or_named()
    {
        using var lake = new LakeFixture();
        await lake.PublishAsync(
            1,
            await lake.ChangeAsync(LakeFixture.Cards, LakeFixture.Card(1, "one"), LakeFixture.Card(2, "two"))
        );
        var log = lake.LogFile(LakeFixture.Cards, 0);
        var whole = await File.ReadAllBytesAsync(log, Token);
        var rows = await TextAsync(lake);

        await Mutated
            .Bytes(whole)
            .SampleAsync(
                async bytes =>
                {
                    await File.WriteAllBytesAsync(log, bytes);
                    if (await ReadAsync(lake, log) is { } read)
                        read.Should().Equal(rows);
                },
                iter: 300,
                threads: 1
            );
    }

    [Fact]
    public async Task A_commit_that_another_program_made_is_understood_or_named()
    {
        using var lake = new LakeFixture();
        await lake.PublishAsync(1, await lake.ChangeAsync(LakeFixture.Cards, LakeFixture.Card(1, "one")));
        var log = lake.LogFile(LakeFixture.Cards, 0);
        var lines = (await File.ReadAllLinesAsync(log, Token)).Skip(1).ToArray();

        await Mutated
            .Json(new JsonArray([.. lines.Select(l => JsonNode.Parse(l))]).ToJsonString())
            .SampleAsync(
                async json =>
                {
                    await File.WriteAllLinesAsync(
                        log,
                        JsonNode.Parse(json) is JsonArray actions
                            ? actions.Select(a => a?.ToJsonString() ?? "null")
                            : [json]
                    );
                    await ReadAsync(lake, log);
                    await PublishAsync(lake);
                },
                iter: 400,
                threads: 1
            );
    }

    [Fact]
    public async Task A_damaged_checkpoint_or_note_of_it_changes_nothing()
    {
        using var lake = new LakeFixture();
        for (var night = 1; night <= 11; night++)
            await lake.PublishAsync(
                night,
                await lake.ChangeAsync(LakeFixture.Cards, LakeFixture.Card(night, $"card {night}"))
            );
        var rows = await TextAsync(lake);
        var checkpoint = lake.LogFile(LakeFixture.Cards, 10, ".checkpoint.parquet");
        foreach (var file in new[] { checkpoint, Path.Combine(Path.GetDirectoryName(checkpoint)!, "_last_checkpoint") })
        {
            var whole = await File.ReadAllBytesAsync(file, Token);
            await Mutated
                .Bytes(whole)
                .SampleAsync(
                    async bytes =>
                    {
                        await File.WriteAllBytesAsync(file, bytes);
                        (await TextAsync(lake)).Should().Equal(rows);
                    },
                    iter: 60,
                    threads: 1
                );
            await File.WriteAllBytesAsync(file, whole, Token);
        }
    }

    /// <summary>
    /// Bytes changed anywhere are found by the checksum as long as its name stands; a file without it passes for one of an earlier version, in which JSON of
    /// another meaning is a value or named.
    /// </summary>
    private async Task SampleAsync<T>(string file)
    {
        var whole = await File.ReadAllBytesAsync(file, Token);
        var value = ChecksummedJson.Write(ChecksummedJson.Read<T>(whole));
        var unsealed = JsonNode.Parse(whole)!.AsObject();
        unsealed.Remove("Checksum");

        await Mutated
            .Bytes(whole)
            .SampleAsync(
                async bytes =>
                {
                    if (await ReadAsync<T>(bytes) is { } read && bytes.AsSpan().IndexOf("\"Checksum\": \""u8) >= 0)
                        ChecksummedJson.Write(read).Should().Equal(value);
                },
                iter: 150
            );
        await Mutated
            .Json(unsealed.ToJsonString())
            .SampleAsync(async json => await ReadAsync<T>(Encoding.UTF8.GetBytes(json)), iter: 100);
    }

    private async Task<T?> ReadAsync<T>(byte[] bytes)
    {
        var store = new FolderStore(_folder.Path);
        var name = $"{Guid.NewGuid():N}.json";
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, name), bytes);
        try
        {
            return await store.ReadJsonAsync<T>(name, "Do something.", TestContext.Current.CancellationToken);
        }
        catch (SinkException e)
        {
            e.Message.Should().Contain(name).And.EndWith("Do something.");
            return default;
        }
    }

    private static async Task<List<string>> TextAsync(LakeFixture lake) =>
        [.. (await lake.RowsAsync(LakeFixture.Cards)).Select(row => string.Join('|', row.Value))];

    /// <summary>The rows; null when the log, or what it speaks of, was named.</summary>
    private static async Task<List<string>?> ReadAsync(LakeFixture lake, string log)
    {
        try
        {
            return await TextAsync(lake);
        }
        catch (SinkException e)
        {
            e.Message.Should().ContainAny(Path.GetFileName(log), LakeFixture.Cards.Name);
            return null;
        }
    }

    private static async Task PublishAsync(LakeFixture lake)
    {
        try
        {
            await lake.PublishAsync(2, await lake.ChangeAsync(LakeFixture.Cards, LakeFixture.Card(1, "other")));
        }
        catch (SinkException e)
        {
            e.Message.Should().Contain(LakeFixture.Cards.Name);
        }
        File.Delete(lake.LogFile(LakeFixture.Cards, 1));
    }
}
