using DuckDB.NET.Data;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>A workplace after two runs, with deleted rows in its sinks. Tests alter copies of its warehouse.</summary>
public sealed class VerifiedPlace : IAsyncLifetime
{
    private SandboxServer _server = null!;
    private int _copies;

    internal CliHost Place { get; } = new() { Clock = new ImpatientTime() };

    public async ValueTask InitializeAsync()
    {
        _server = await Place.StartVPlanAsync();
        (await Place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        foreach (
            var entity in (string[])
                ["item", "project", "relation", "group", "order", "card", "collection", "time_tracking"]
        )
            _server.World.Delete(entity, _server.World.Records(entity)[0].Id);
        (await Place.InvokeAsync("run", "--full")).ShouldBe(ExitCode.Ok);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Place.Dispose();
    }

    /// <summary>A copy of the warehouse.</summary>
    internal string Copy()
    {
        var copy = Place.PathOf($"altered-{++_copies}.duckdb");
        File.Copy(Place.Warehouse, copy);
        return copy;
    }

    /// <summary>Verifies with another warehouse.</summary>
    internal Task<Outcome> VerifyAsync(string warehouse, params string[] words) =>
        Place.InvokeAsync(["verify", .. words, "--set", $"Warehouse:ConnectionString=Data Source={warehouse}"]);

    /// <summary>The rows that statements give, one after the other.</summary>
    internal static List<object?[]> Execute(string warehouse, IEnumerable<string> statements)
    {
        using var connection = new DuckDBConnection($"Data Source={warehouse}");
        connection.Open();
        var rows = new List<object?[]>();
        foreach (var sql in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            while (reader.Read())
                rows.Add([
                    .. Enumerable
                        .Range(0, reader.FieldCount)
                        .Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i)),
                ]);
        }
        return rows;
    }
}
