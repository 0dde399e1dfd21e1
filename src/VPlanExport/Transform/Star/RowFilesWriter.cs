using System.Globalization;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Transform.Star;

/// <summary>
/// The row files of one table of a run: one, or one a month where the lake keeps the table in months, so that the lake
/// can take them as they are. Written to a local spool and put into the run's store when they are whole.
/// </summary>
/// <param name="suffix">Ends the files' names before <c>.parquet</c>: tells the writers of one table apart.</param>
internal sealed class RowFilesWriter(Table table, IStore store, string spoolFolder, string suffix = "")
    : IAsyncDisposable
{
    private const string NoMonth = "";

    private readonly SortedDictionary<string, OpenFile> _files = new(StringComparer.Ordinal);
    private readonly RowBatch _part = new(table);

    public Table Table { get; } = table;

    /// <summary>What the row files must hold of rows that vPlan sent.</summary>
    public ControlTotals Read { get; private set; }

    /// <summary>What they must hold of rows that were made or brought along.</summary>
    public ControlTotals Added { get; private set; }

    /// <summary>What they hold, read back from the store.</summary>
    public ControlTotals Filed { get; private set; }

    public TableTotals Totals =>
        new()
        {
            Read = Read,
            Added = Added,
            Filed = Filed,
        };

    /// <summary>Writes rows that vPlan sent.</summary>
    public Task WriteAsync(RowBatch batch)
    {
        Read += ControlTotals.Of(batch);
        return PutAsync(batch);
    }

    /// <summary>Writes rows that were made from others, or are there already and have to be written again.</summary>
    public Task AddAsync(RowBatch batch)
    {
        Added += ControlTotals.Of(batch);
        return PutAsync(batch);
    }

    /// <summary>Puts the files into the run's store.</summary>
    public async Task<IReadOnlyList<RowFileInfo>> CloseAsync(CancellationToken cancellationToken)
    {
        var infos = new List<RowFileInfo>();
        foreach (var (month, file) in _files)
        {
            await file.DisposeAsync();
            var path = $"rows/{Table.Name}{(month == NoMonth ? "" : $"/{month}")}{suffix}.parquet";
            var bytes = new FileInfo(file.Local).Length;
            await store.PutFileAsync(path, file.Local, cancellationToken);
            Filed += await ReadBackAsync(path, cancellationToken);
            infos.Add(
                new RowFileInfo(path, month == NoMonth ? null : month, file.Writer.Rows, bytes)
                {
                    Checksum = await store.ChecksumAsync(path, cancellationToken),
                }
            );
        }
        _files.Clear();
        return infos;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files.Values)
        {
            await file.DisposeAsync();
            File.Delete(file.Local);
        }
    }

    private async Task PutAsync(RowBatch batch)
    {
        if (batch.Count == 0)
            return;
        if (Table.PartitionDate is null)
        {
            await (await FileAsync(NoMonth)).Writer.WriteAsync(batch);
            return;
        }
        var months = ByMonth(batch.Typed<DateOnly>(Table.PartitionDate));
        if (months.Count == 1)
        {
            await (await FileAsync(months.First().Key)).Writer.WriteAsync(batch);
            return;
        }
        foreach (var (month, rows) in months)
        {
            _part.Clear();
            _part.AppendRows(batch, [.. rows]);
            await (await FileAsync(month)).Writer.WriteAsync(_part);
        }
    }

    private static SortedDictionary<string, List<int>> ByMonth(ColumnBuffer<DateOnly> dates)
    {
        var months = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        var (lastMonth, rows) = (int.MinValue, new List<int>());
        for (var row = 0; row < dates.Count; row++)
        {
            var month = dates.IsNull(row) ? -1 : dates[row].Year * 12 + dates[row].Month;
            if (month != lastMonth)
            {
                var name = dates.IsNull(row) ? NoMonth : dates[row].ToString("yyyy-MM", CultureInfo.InvariantCulture);
                rows = months.TryGetValue(name, out var found) ? found : months[name] = [];
                lastMonth = month;
            }
            rows.Add(row);
        }
        return months;
    }

    private async Task<ControlTotals> ReadBackAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream =
            await store.OpenAsync(path, cancellationToken)
            ?? throw new SinkException(
                $"'{path}' was put in {store.Location} and is not there: check the disk, then start again."
            );
        return await RowFile.TallyAsync(stream, Table, cancellationToken);
    }

    private async Task<OpenFile> FileAsync(string month)
    {
        if (_files.TryGetValue(month, out var open))
            return open;
        PrivateFiles.CreateFolder(spoolFolder);
        var local = Path.Combine(spoolFolder, $"{Table.Name}-{month}{suffix}.parquet");
        var stream = PrivateFiles.Open(local, FileMode.Create);
        return _files[month] = new OpenFile(local, stream, await RowFileWriter.CreateAsync(Table, stream));
    }

    private sealed record OpenFile(string Local, FileStream Stream, RowFileWriter Writer) : IAsyncDisposable
    {
        private bool _closed;

        public async ValueTask DisposeAsync()
        {
            if (_closed)
                return;
            _closed = true;
            await Writer.DisposeAsync();
            await Stream.DisposeAsync();
        }
    }
}
