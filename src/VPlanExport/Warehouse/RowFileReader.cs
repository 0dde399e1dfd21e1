using System.Collections;
using System.Data.Common;
using VPlanExport.Dialects;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Warehouse;

/// <summary>
/// The rows of a table's row files, one after another, with their hash behind them: what a bulk copy reads. One row
/// group is in memory. A file that is damaged or missing is a <see cref="SinkException"/>.
/// </summary>
internal sealed class RowFileReader : DbDataReader
{
    private readonly Table _table;
    private readonly string _runId;
    private readonly RowHash _hash;
    private readonly IAsyncEnumerator<RowBatch> _batches;
    private RowBatch? _batch;
    private int _row;

    public RowFileReader(
        Table table,
        IReadOnlyList<RowFileInfo> files,
        IStore store,
        string runId,
        CancellationToken cancellationToken
    )
    {
        (_table, _runId) = (table, runId);
        _hash = new RowHash(table);
        _batches = BatchesAsync(files, store, cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    public override int FieldCount => _table.Columns.Count + 1;

    public override bool HasRows => true;

    public override bool IsClosed => false;

    public override int Depth => 0;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_batch is not null && ++_row < _batch.Count)
            return true;
        do
        {
            if (!await NextAsync())
                return false;
            (_batch, _row) = (_batches.Current, 0);
        } while (_batch.Count == 0);
        return true;
    }

    public override bool Read() => ReadAsync(CancellationToken.None).GetAwaiter().GetResult();

    public override object GetValue(int ordinal) =>
        IsHash(ordinal)
            ? _hash.Of(_batch!, _row)
            : _batch![ordinal].Boxed(_row) switch
            {
                null => DBNull.Value,
                DateOnly day => day.ToDateTime(TimeOnly.MinValue),
                var value => value,
            };

    public override bool IsDBNull(int ordinal) => !IsHash(ordinal) && _batch![ordinal].IsNull(_row);

    public override string GetName(int ordinal) =>
        IsHash(ordinal) ? SqlServerTables.RowHash : _table.Columns[ordinal].Name;

    public override int GetOrdinal(string name) =>
        string.Equals(name, SqlServerTables.RowHash, StringComparison.OrdinalIgnoreCase)
            ? _table.Columns.Count
            : _table.Ordinal(name);

    public override Type GetFieldType(int ordinal) =>
        IsHash(ordinal)
            ? typeof(long)
            : _table.Columns[ordinal].Type.Kind switch
            {
                ColumnKind.Key or ColumnKind.Int64 => typeof(long),
                ColumnKind.Int32 or ColumnKind.DateKey => typeof(int),
                ColumnKind.Bool => typeof(bool),
                ColumnKind.Decimal => typeof(decimal),
                ColumnKind.Date or ColumnKind.Timestamp => typeof(DateTime),
                ColumnKind.Id or ColumnKind.Text or ColumnKind.Time or ColumnKind.Json => typeof(string),
            };

    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
            values[i] = GetValue(i);
        return count;
    }

    public override bool NextResult() => false;

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override bool GetBoolean(int ordinal) => (bool)GetValue(ordinal);

    public override byte GetByte(int ordinal) => throw NotHeld(nameof(Byte));

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw NotHeld(nameof(Byte));

    public override char GetChar(int ordinal) => throw NotHeld(nameof(Char));

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw NotHeld(nameof(Char));

    public override DateTime GetDateTime(int ordinal) => (DateTime)GetValue(ordinal);

    public override decimal GetDecimal(int ordinal) => (decimal)GetValue(ordinal);

    public override double GetDouble(int ordinal) => throw NotHeld(nameof(Double));

    public override float GetFloat(int ordinal) => throw NotHeld(nameof(Single));

    public override Guid GetGuid(int ordinal) => throw NotHeld(nameof(Guid));

    public override short GetInt16(int ordinal) => throw NotHeld(nameof(Int16));

    public override int GetInt32(int ordinal) => (int)GetValue(ordinal);

    public override long GetInt64(int ordinal) => (long)GetValue(ordinal);

    public override string GetString(int ordinal) => (string)GetValue(ordinal);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _batches.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }

    public SinkException Damaged(string how, Exception? cause = null) => Damaged(_table, _runId, how, cause);

    public static SinkException Damaged(Table table, string runId, string how, Exception? cause = null) =>
        new(
            $"The row files of {table.Name} in run {runId} are damaged or missing: {how} Nothing was changed. "
                + $"{RowFile.Advice}",
            cause
        );

    private static NotSupportedException NotHeld(string type) => new($"No column of the star holds a {type}.");

    private async Task<bool> NextAsync()
    {
        try
        {
            return await _batches.MoveNextAsync();
        }
        catch (SinkException e)
        {
            throw Damaged(e.Message, e);
        }
    }

    private bool IsHash(int ordinal) => ordinal == _table.Columns.Count;

    private async IAsyncEnumerable<RowBatch> BatchesAsync(
        IReadOnlyList<RowFileInfo> files,
        IStore store,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var file in files)
        {
            await using var stream =
                await store.OpenAsync(file.Path, file.Checksum, RowFile.Advice, cancellationToken)
                ?? throw new SinkException($"There is no file {file.Path} in {store.Location}.");
            await foreach (
                var batch in RowFile.ReadAsync(stream, _table, columns: null, cancellationToken: cancellationToken)
            )
                yield return batch;
        }
    }
}
