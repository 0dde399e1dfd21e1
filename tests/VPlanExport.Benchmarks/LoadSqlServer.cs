using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.SqlClient;
using VPlanExport.Commands.Output;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Warehouse;
using VPlanExport.Warehouse.SqlServer;

namespace VPlanExport.Benchmarks;

/// <summary>
/// Time entries into the SQL Server of <c>VPLAN_TEST_SQLSERVER</c>, whose schemas stg, dw, bi and etl must not be there yet: a bare bulk copy into a table
/// without an index, the staging of a load, the whole load, a load that brings one row in a hundred, changed, and one that brings all of them again.
/// </summary>
internal static class LoadSqlServer
{
    private const string Variable = "VPLAN_TEST_SQLSERVER";
    private static readonly DateTime s_first = new(2024, 1, 1, 6, 0, 0, DateTimeKind.Utc);

    public static async Task<int> RunAsync(int rows)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } connectionString)
        {
            Console.WriteLine($"{Variable} holds no connection string of a SQL Server: nothing was measured.");
            return 2;
        }
        using var scratch = new Scratch();
        var store = new FolderStore(scratch.Folder);
        var (first, some, all) = (
            await LandAsync(store, 1, rows, changed: 0),
            await LandAsync(store, 2, rows / 100, changed: rows / 100),
            await LandAsync(store, 3, rows, changed: 0)
        );
        await using var warehouse = new SqlServerWarehouse(
            connectionString,
            isEntra: false,
            deploys: true,
            TimeProvider.System
        );
        if ((await warehouse.LastSequenceAsync(CancellationToken.None)) is not null)
            throw new InvalidOperationException(
                $"{warehouse.Location} holds a warehouse already: give an empty database."
            );
        await warehouse.PrepareAsync(Catalog.Tables, CancellationToken.None);

        var bare = await TimeAsync(() =>
            CopyAsync(connectionString, "dbo.vplan_export_benchmark", store, first, creates: true)
        );
        var staging = await TimeAsync(() =>
            CopyAsync(connectionString, "stg.fact_time_entry", store, first, creates: false)
        );
        var load = await TimeAsync(() => LoadAsync(warehouse, store, first));
        var increment = await TimeAsync(() => LoadAsync(warehouse, store, some));
        var again = await TimeAsync(() => LoadAsync(warehouse, store, all));

        TextTable.Write(
            Console.Out,
            ["what", ">seconds", ">rows/s", ">ratio"],
            [
                Line("bare bulk copy", bare, rows, "1"),
                Line("staging", staging, rows, $"{bare / staging:0.00} of bare"),
                Line("whole load", load, rows, $"{bare / load:0.00} of bare"),
                Line("one percent, changed", increment, rows / 100, $"{increment / load:0.00} of the whole load"),
                Line("all again, one percent changed back", again, rows, $"{again / load:0.00} of the whole load"),
            ]
        );
        return 0;
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    private static string[] Line(string what, double seconds, int rows, string ratio) =>
        [what, $"{seconds:0.00}", $"{rows / seconds:N0}", ratio];

    private static Task LoadAsync(SqlServerWarehouse warehouse, IStore store, ChangeSet changes) =>
        warehouse.LoadAsync(
            changes,
            store,
            Catalog.Tables,
            new RunReport("full", "ok", s_first, s_first, 0, 0, [], []),
            CancellationToken.None
        );

    private static async Task CopyAsync(
        string connectionString,
        string table,
        IStore store,
        ChangeSet changes,
        bool creates
    )
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync();
        if (creates)
            await ExecuteAsync(
                connection,
                $"DROP TABLE IF EXISTS {table}; "
                    + SqlServerTables
                        .CreateStaging(TimeEntries.Fact)
                        .Replace("[stg].[fact_time_entry]", table, StringComparison.Ordinal)
            );
        await ExecuteAsync(connection, $"TRUNCATE TABLE {table}");
        using var reader = new RowFileReader(
            TimeEntries.Fact,
            changes.Tables.Single(t => t.Table == TimeEntries.Fact.Name).Files,
            store,
            changes.RunId,
            CancellationToken.None
        );
        using var copy = new SqlBulkCopy(
            connection,
            creates ? SqlBulkCopyOptions.Default : SqlBulkCopyOptions.TableLock,
            null
        )
        {
            DestinationTableName = table,
            BulkCopyTimeout = 0,
        };
        for (var i = 0; i < reader.FieldCount; i++)
            copy.ColumnMappings.Add(reader.GetName(i), reader.GetName(i));
        await copy.WriteToServerAsync(reader);
        if (creates)
            await ExecuteAsync(connection, $"DROP TABLE {table}");
    }

    private static async Task ExecuteAsync(SqlConnection connection, string sql)
    {
        await using var command = new SqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The unknown member of every dimension, and the entries.</summary>
    private static async Task<ChangeSet> LandAsync(FolderStore store, int run, int rows, int changed)
    {
        var tables = new List<TableChange>();
        foreach (var dimension in Catalog.Tables.Where(t => t.Kind == TableKind.Dimension))
            tables.Add(
                new TableChange(
                    dimension.Name,
                    [
                        await WriteAsync(
                            store,
                            dimension,
                            run,
                            1,
                            (batch, _) => Fill(batch, SurrogateKey.Unknown, "unknown", 0)
                        ),
                    ]
                )
            );
        tables.Add(
            new TableChange(
                TimeEntries.Fact.Name,
                [
                    await WriteAsync(
                        store,
                        TimeEntries.Fact,
                        run,
                        rows,
                        (batch, row) =>
                            Fill(batch, row, $"00000000-0000-0000-0000-{row:000000000000}", row < changed ? 1 : 0)
                    ),
                ]
            )
        );
        return new ChangeSet($"run-{run}", run, s_first.AddDays(run), tables);
    }

    private static async Task<RowFileInfo> WriteAsync(
        FolderStore store,
        Table table,
        int run,
        int rows,
        Action<RowBatch, int> append
    )
    {
        var path = $"{run}/{table.Name}.parquet";
        await store.PutAsync(
            path,
            async stream =>
            {
                await using var writer = await RowFileWriter.CreateAsync(table, stream);
                var batch = new RowBatch(table);
                for (var row = 0; row < rows; row++)
                {
                    append(batch, row);
                    if (batch.Count < RowFile.RowGroupRows && row < rows - 1)
                        continue;
                    await writer.WriteAsync(batch);
                    batch.Clear();
                }
            },
            CancellationToken.None
        );
        return new RowFileInfo(path, null, rows, 0);
    }

    private static void Fill(RowBatch batch, long key, string id, long change)
    {
        foreach (var (i, column) in batch.Table.Columns.Index())
        {
            switch (batch[i], column)
            {
                case (ColumnBuffer<long> b, { Type.Kind: ColumnKind.Key }):
                    b.Append(i == 0 ? key : SurrogateKey.Unknown);
                    break;
                case (ColumnBuffer<long> b, _):
                    b.Append((key % 480) + change);
                    break;
                case (ColumnBuffer<int> b, _):
                    b.Append(i == 0 ? (int)key : (int)SurrogateKey.Unknown);
                    break;
                case (ColumnBuffer<bool> b, _):
                    b.Append(false);
                    break;
                case (ColumnBuffer<decimal> b, _):
                    b.Append(key % 100);
                    break;
                case (ColumnBuffer<DateOnly> b, _):
                    b.Append(DateOnly.FromDateTime(s_first).AddDays((int)(Math.Abs(key) % 700)));
                    break;
                case (ColumnBuffer<DateTime> b, _):
                    b.Append(s_first.AddMinutes(Math.Abs(key)));
                    break;
                case (ColumnBuffer<string> b, { Type.Kind: ColumnKind.Id }):
                    b.Append(id);
                    break;
                case (ColumnBuffer<string> b, _):
                    b.Append(Text(column, key));
                    break;
            }
        }
    }

    private static string Text(Column column, long key)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{column.Name} {Math.Abs(key) % 1000}");
        return column.Type.Length > 0 && text.Length > column.Type.Length ? text[..column.Type.Length] : text;
    }
}
