using Microsoft.Extensions.Time.Testing;
using VPlanExport.Lake;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using LakeOfTables = VPlanExport.Lake.DeltaLake;

namespace VPlanExport.Tests.Lake;

/// <summary>A lake in a folder or in Azure, and runs to publish to it.</summary>
internal sealed class LakeFixture : IDisposable
{
    public static readonly Table Cards = TableBuilder
        .Dimension("dim_card", "card", "One row per card.")
        .Text("name", 200, "Name.")
        .Text("email", 100, "Address.", personal: true)
        .Decimal("hours", 9, 4, "Hours.")
        .Timestamp("completed_at", "Done.")
        .Build();

    public static readonly Table Steps = TableBuilder
        .ChildFact("fact_card_activity", "card_activity", "One row per step.", "activities", Cards)
        .Minutes("minutes", "Minutes.")
        .Build();

    public static readonly Table Jobs = TableBuilder
        .Dimension("dim_collection", "collection", "One row per job.")
        .Build();

    /// <summary>A table that cards and jobs fill.</summary>
    public static readonly Table Values = TableBuilder
        .SharedFact("fact_value", "value", Cards, "One row per value.", "values", or: "name")
        .Ref("card_key", Cards.Name, "card", "../id", "The card.")
        .Ref("collection_key", Jobs.Name, "collection", null, "The job.")
        .Build();

    public static readonly Table Entries = TableBuilder
        .Fact("fact_time_entry", "time_entry", "One row per entry.")
        .Date("work", "Day.")
        .Minutes("minutes", "Minutes.")
        .PartitionBy("work_date")
        .Build();

    public static readonly DateTime Night = new(2026, 10, 5, 2, 0, 0, DateTimeKind.Utc);
    private readonly TempFolder _folder = new();
    private int _files;

    public LakeFixture(StoreLocation? place = null)
    {
        Store = (place ?? new StoreLocation.Folder(LakeFolder)).Open(Clock);
        Runs = new FolderStore(Path.Combine(_folder.Path, "runs"));
        Lake = new LakeOfTables(Store, Clock);
    }

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public IStore Store { get; }

    public FolderStore Runs { get; }

    public LakeOfTables Lake { get; }

    public string LakeFolder => Path.Combine(_folder.Path, "lake");

    public static object?[] Card(
        long key,
        string? name,
        bool inferred = false,
        bool deleted = false,
        string run = "r"
    ) => [key, $"id-{key}", name, null, 1.5000m, null, inferred, deleted, null, null, Night, run];

    public static object?[] Step(long key, long card, long minutes, string run = "r") =>
        [key, card, minutes, false, null, null, Night, run];

    public static object?[] Job(long key, string run = "r") => [key, $"id-{key}", false, false, null, null, Night, run];

    public static object?[] Value(long key, long card, long job, string run = "r") =>
        [key, card, job, false, null, null, Night, run];

    public static object?[] Entry(long key, DateOnly? day, long minutes, string run = "r") =>
        [
            key,
            $"id-{key}",
            day,
            day is { } d ? (d.Year * 10000) + (d.Month * 100) + d.Day : -1,
            minutes,
            false,
            null,
            null,
            Night,
            run,
        ];

    public void Dispose() => _folder.Dispose();

    /// <summary>A change of a table with these rows; rows of partitioned tables go to a file a month, as the transformer writes them.</summary>
    public async Task<TableChange> ChangeAsync(Table table, params object?[][] rows)
    {
        var files = new List<RowFileInfo>();
        foreach (
            var group in rows.GroupBy(r =>
                table.PartitionDate is null ? null : Month(r[table.Ordinal(table.PartitionDate)])
            )
        )
            files.Add(await FileAsync(table, group.Key, [.. group]));
        return new TableChange(table.Name, files);
    }

    public Task<IReadOnlyDictionary<string, long>> PublishAsync(long sequence, params TableChange[] changes) =>
        Lake.PublishAsync(
            Set(sequence, changes),
            Runs,
            [Cards, Jobs, Steps, Values, Entries],
            TestContext.Current.CancellationToken
        );

    public static ChangeSet Set(long sequence, params TableChange[] changes) =>
        new($"run-{sequence}", sequence, Night.AddDays(sequence), changes);

    /// <summary>The rows by key, as they are read by someone who opens the lake at this moment.</summary>
    public async Task<SortedDictionary<long, object?[]>> RowsAsync(Table table, long? version = null)
    {
        var rows = new SortedDictionary<long, object?[]>();
        await foreach (
            var batch in new LakeOfTables(Store, Clock).ReadAsync(
                table,
                version,
                columns: null,
                cancellationToken: TestContext.Current.CancellationToken
            )
        )
        {
            for (var i = 0; i < batch.Count; i++)
                rows.Add(batch.Key(i), batch.Row(i));
        }
        return rows;
    }

    public IReadOnlyList<string> DataFiles(Table table) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(LakeFolder, table.Name), "*.parquet", SearchOption.AllDirectories)
                .Where(f => !f.Contains("_delta_log", StringComparison.Ordinal))
                .Order(),
        ];

    public string LogFile(Table table, long version, string ending = ".json") =>
        Path.Combine(LakeFolder, table.Name, "_delta_log", $"{version:D20}{ending}");

    private async Task<RowFileInfo> FileAsync(Table table, string? month, object?[][] rows)
    {
        var path = $"rows/{table.Name}-{_files++}.parquet";
        await Runs.PutAsync(
            path,
            async stream =>
            {
                await using var writer = await RowFileWriter.CreateAsync(table, stream);
                await writer.WriteAsync(Rows.Batch(table, rows.Length, i => rows[i]));
            },
            TestContext.Current.CancellationToken
        );
        return new RowFileInfo(path, month, rows.Length, 0);
    }

    private static string? Month(object? date) =>
        ((DateOnly?)date)?.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
}
