using System.Diagnostics;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Lake;

/// <summary>
/// The lake as ClickHouse reads it, whose Delta reader is the kernel written in Rust. It takes half a gigabyte, so it is only asked where it is at hand:
/// <c>npm install chdb</c> in a folder, and that folder's name in VPLAN_TEST_CHDB.
/// </summary>
[Trait("Tier", "platform")]
public class IndependentReaderTests
{
    private const string Program = """
        const { Session } = require(process.argv[2] + '/node_modules/chdb');
        const session = new Session();
        for (const [table, version] of Object.entries(JSON.parse(require('fs').readFileSync('lake.json')).versions)) {
            const from = `deltaLakeLocal('${process.cwd()}/${table}/')`;
            const counts = [version - 1, version].map(v => session.query(`SELECT count(), countIf(NOT is_deleted) FROM ${from} SETTINGS delta_lake_snapshot_version = ${v}`, 'TSV').trim());
            session.query(`SELECT * FROM ${from} FORMAT Null`);
            const types = session.query(`DESCRIBE TABLE ${from}`, 'TSV').trim().split('\n').map(line => line.split('\t').slice(0, 2).join(' '));
            console.log([table, ...counts, ...types].join('|').replaceAll('\t', ' '));
        }
        """;

    [Fact]
    public async Task Every_table_opens_at_its_version_and_the_one_before_with_the_declared_types()
    {
        var chdb = Environment.GetEnvironmentVariable("VPLAN_TEST_CHDB");
        Assert.SkipWhen(
            string.IsNullOrEmpty(chdb),
            "VPLAN_TEST_CHDB does not name a folder with ClickHouse's embedded engine (npm install chdb)."
        );
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var before = Catalog.Tables.ToDictionary(
            t => t.Name,
            t =>
                house
                    .Warehouse($"SELECT concat_ws(' ', count(*), count(*) FILTER (NOT is_deleted)) FROM dw.{t}")
                    .Single()
        );
        for (var night = 0; night < 11; night++)
        {
            house.World.ChangeSome(4, new Random(night));
            before = Catalog.Tables.ToDictionary(
                t => t.Name,
                t =>
                    house
                        .Warehouse($"SELECT concat_ws(' ', count(*), count(*) FILTER (NOT is_deleted)) FROM dw.{t}")
                        .Single()
            );
            await house.NightlyAsync();
        }

        var lines = Read(chdb!, house.In("lake"));

        lines.Select(l => l[0]).Should().BeEquivalentTo(Catalog.Tables.Select(t => t.Name));
        foreach (var line in lines)
        {
            var table = Catalog.Table(line[0]);
            line[1].Should().Be(before[table.Name], $"{table} as it was a run ago");
            line[2]
                .Should()
                .Be(
                    house
                        .Warehouse($"SELECT concat_ws(' ', count(*), count(*) FILTER (NOT is_deleted)) FROM dw.{table}")
                        .Single(),
                    $"{table} as it is"
                );
            line[3..].Take(table.Columns.Count).Should().Equal(table.Columns.Select(c => $"{c.Name} {TypeOf(c)}"));
        }
    }

    private static string TypeOf(VPlanExport.Model.Column column)
    {
        var type = column.Type.Kind switch
        {
            VPlanExport.Model.ColumnKind.Key or VPlanExport.Model.ColumnKind.Int64 => "Int64",
            VPlanExport.Model.ColumnKind.Int32 or VPlanExport.Model.ColumnKind.DateKey => "Int32",
            VPlanExport.Model.ColumnKind.Bool => "Bool",
            VPlanExport.Model.ColumnKind.Decimal => $"Decimal({column.Type.Precision}, {column.Type.Scale})",
            VPlanExport.Model.ColumnKind.Date => "Date32",
            VPlanExport.Model.ColumnKind.Timestamp => "DateTime64(6)",
            _ => "String",
        };
        return column.Type.IsNullable ? $"Nullable({type})" : type;
    }

    private static List<string[]> Read(string chdb, string lake)
    {
        var script = Path.Combine(lake, "..", "read.js");
        File.WriteAllText(script, Program);
        using var node = Process.Start(
            new ProcessStartInfo("node", [script, Path.GetFullPath(chdb)])
            {
                WorkingDirectory = lake,
                RedirectStandardOutput = true,
            }
        )!;
        var lines = node.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        node.WaitForExit();
        node.ExitCode.Should().Be(0);
        return [.. lines.Select(l => l.Split('|'))];
    }
}
