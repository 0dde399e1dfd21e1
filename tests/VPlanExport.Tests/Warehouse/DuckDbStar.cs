using System.Globalization;
using DuckDB.NET.Data;
using VPlanExport.Tests.Support;
using VPlanExport.Warehouse;
using VPlanExport.Warehouse.DuckDb;

namespace VPlanExport.Tests.Warehouse;

/// <summary>A star in a DuckDB file.</summary>
internal sealed class DuckDbStar : Star
{
    private static readonly Lazy<Task<DuckDbStar>> s_prepared = new(async () =>
    {
        var star = new DuckDbStar();
        await star.PrepareAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => star.DisposeAsync().AsTask().Wait();
        return star;
    });

    public DuckDbStar() => Warehouse = new DuckDbWarehouse($"Data Source={File}", new ImmediateTime(LoadedAt));

    public string File => Path.Combine(Folder, "vplan-data", "warehouse.duckdb");

    public DuckDbWarehouse Warehouse { get; }

    public override IWarehouse Loader => Warehouse;

    public static DuckDbStar Unprepared() => new();

    /// <summary>A copy of one that is prepared once: some 180 statements.</summary>
    public static async Task<DuckDbStar> PreparedAsync()
    {
        var (prepared, star) = (await s_prepared.Value, new DuckDbStar());
        Directory.CreateDirectory(Path.GetDirectoryName(star.File)!);
        System.IO.File.Copy(prepared.File, star.File);
        await star.PrepareAsync();
        return star;
    }

    public override string[] Rows(string sql)
    {
        using var answer = Warehouse.Query(
            sql,
            asJson: false,
            cancellationToken: TestContext.Current.CancellationToken
        );
        return [.. answer.Rows().Select(row => string.Join("|", row.Select(Text)))];
    }

    /// <summary>The file is opened once for all of them.</summary>
    protected override string[] RowsOfAll(IReadOnlyList<string> statements)
    {
        using var connection = new DuckDBConnection($"Data Source={File};access_mode=READ_ONLY");
        connection.Open();
        var rows = new List<string>();
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            using var reader = command.ExecuteReader();
            while (reader.Read())
                rows.Add(
                    string.Join(
                        "|",
                        Enumerable
                            .Range(0, reader.FieldCount)
                            .Select(i => Text(reader.IsDBNull(i) ? null : reader.GetValue(i)))
                    )
                );
        }
        return [.. rows];
    }

    /// <summary>As SQL Server's answers look.</summary>
    private static string Text(object? value) =>
        value switch
        {
            null => "null",
            string text
                when DateTime.TryParseExact(
                    text,
                    "yyyy-MM-dd HH:mm:ss'Z'",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AdjustToUniversal,
                    out var time
                ) => Text(time),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    public override void Tamper(string sql)
    {
        using var connection = new DuckDBConnection($"Data Source={File}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
