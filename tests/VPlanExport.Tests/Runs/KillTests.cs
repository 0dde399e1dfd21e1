using System.Text.Json.Nodes;
using VPlanExport.Tests.Lake;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>The program itself, in a process of its own.</summary>
[Trait("Tier", "platform")]
public sealed class KillTests
{
    [Fact]
    public async Task Killed_at_any_moment_ten_times_over_the_next_run_completes_and_no_reader_sees_half_a_run()
    {
        await using var house = await TestExport.OpenAsync(o =>
            o with
            {
                Clock = TimeProvider.System,
                Latency = TimeSpan.FromMilliseconds(15),
            }
        );
        var random = new Random(11);
        await ExportProcess.RunAsync(house);
        using var reading = new CancellationTokenSource();
        var reader = Task.Run(
            () => ReadVersions(house.In("lake"), reading.Token),
            TestContext.Current.CancellationToken
        );
        for (var i = 0; i < 10; i++)
        {
            house.World.ChangeSome(5, random);
            using var process = ExportProcess.Start(house, i % 2 == 0 ? "--full" : "--log-format=text");
            await Task.Delay(random.Next(200, 2500), TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await ExportProcess.RunAsync(house);
        await ExportProcess.RunAsync(house, "--full");

        await reading.CancelAsync();
        (await reader).Should().BePositive();
        await house.BothSinksEqualVPlanAsync();
    }

    /// <summary>Opens the versions that lake.json names, over and over: every time entry's card and every link's card must be there.</summary>
    private static async Task<int> ReadVersions(string lake, CancellationToken cancellationToken)
    {
        var times = 0;
        for (; !cancellationToken.IsCancellationRequested; times++)
        {
            var versions = JsonNode.Parse(
                await File.ReadAllTextAsync(Path.Combine(lake, "lake.json"), CancellationToken.None)
            )!["versions"]!;
            string At(string table) =>
                $"read_parquet([{string.Join(", ", Files(Path.Combine(lake, table), (int)versions[table]!).Select(f => $"'{f}'"))}], hive_partitioning = false)";
            var dangling = StrictDelta.Query(
                $"""
                SELECT concat_ws(' ',
                    (SELECT count(*) FROM {At("fact_time_entry")} WHERE card_key NOT IN (SELECT card_key FROM {At(
                    "dim_card"
                )})),
                    (SELECT count(*) FROM {At("dim_card")} c ANTI JOIN {At(
                    "fact_card"
                )} f ON c.card_id = f.card_id WHERE NOT c.is_inferred AND c.card_key <> -1),
                    (SELECT count(DISTINCT run_id) FROM {At("dim_date")}))
                """
            );
            dangling.Should().Equal(["0 0 1"], "no key dangles, every card has its fact, and all days are of one run");
            await Task.Delay(50, CancellationToken.None);
        }
        return times;
    }

    private static List<string> Files(string table, int version)
    {
        var files = new List<string>();
        for (var v = 0; v <= version; v++)
        {
            foreach (
                var action in File.ReadAllLines(Path.Combine(table, "_delta_log", $"{v:D20}.json"))
                    .Select(l => JsonNode.Parse(l)!)
            )
            {
                if (action["add"] is { } add)
                    files.Add((string)add["path"]!);
                if (action["remove"] is { } remove)
                    files.Remove((string)remove["path"]!);
            }
        }
        return [.. files.Select(f => Path.Combine(table, Uri.UnescapeDataString(f)))];
    }
}
