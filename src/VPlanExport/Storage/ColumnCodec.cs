using System.Buffers.Binary;
using System.Globalization;
using Parquet;
using Parquet.Schema;
using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Storage;

/// <summary>Moves the values of one column between a buffer and a row group.</summary>
internal abstract class ColumnCodec(Column column)
{
    private const int UnixEpochDay = 719_162;
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    public Column Column { get; } = column;

    public static ColumnCodec For(Column column) =>
        column.Type.Kind switch
        {
            ColumnKind.Key or ColumnKind.Int64 => new NumberCodec<long, long>(column, v => v, v => v),
            ColumnKind.Int32 or ColumnKind.DateKey => new NumberCodec<int, int>(column, v => v, v => v),
            ColumnKind.Bool => new NumberCodec<bool, bool>(column, v => v, v => v),
            ColumnKind.Date => new NumberCodec<DateOnly, int>(
                column,
                v => v.DayNumber - UnixEpochDay,
                v => DateOnly.FromDayNumber(v + UnixEpochDay)
            ),
            ColumnKind.Timestamp => new NumberCodec<DateTime, long>(column, ToMicroseconds, FromMicroseconds),
            ColumnKind.Decimal => Decimals(column, new DecimalScale(column)),
            ColumnKind.Id or ColumnKind.Text or ColumnKind.Time or ColumnKind.Json => new TextCodec(column),
        };

    /// <param name="logical">The field the file declares.</param>
    /// <param name="physical">The field of the same name with the type that is handed over.</param>
    public abstract Task WriteAsync(
        ParquetRowGroupWriter group,
        DataField logical,
        DataField physical,
        ColumnBuffer values,
        Range rows
    );

    /// <summary>Appends a row group's values.</summary>
    public abstract Task ReadAsync(
        ParquetRowGroupReader group,
        DataField physical,
        ColumnBuffer into,
        CancellationToken cancellationToken
    );

    /// <summary>A least or greatest value from a footer.</summary>
    public abstract object Bound(byte[] stored);

    private static ColumnCodec Decimals(Column column, DecimalScale scale) =>
        column.Type.Precision <= ParquetTypes.Int32Digits
            ? new NumberCodec<decimal, int>(column, v => (int)scale.From(v), v => scale.To(v))
            : new NumberCodec<decimal, long>(column, scale.From, scale.To);

    private static long ToMicroseconds(DateTime value) =>
        (value.Ticks - DateTime.UnixEpoch.Ticks) / TicksPerMicrosecond;

    private static DateTime FromMicroseconds(long value) =>
        new(DateTime.UnixEpoch.Ticks + (value * TicksPerMicrosecond), DateTimeKind.Utc);

    /// <summary>Decimals as whole numbers of their last decimal place, exactly.</summary>
    private sealed class DecimalScale(Column column)
    {
        private static readonly long[] PowersOfTen = [.. Enumerable.Range(0, 19).Select(n => (long)Math.Pow(10, n))];
        private readonly int _scale = column.Type.Scale;
        private readonly long _limit = PowersOfTen[column.Type.Precision];

        /// <exception cref="ContractException">The value has more digits than the column.</exception>
        public long From(decimal value)
        {
            var rounded = value.Scale > _scale ? Math.Round(value, _scale, MidpointRounding.AwayFromZero) : value;
            Span<int> bits = stackalloc int[4];
            decimal.GetBits(rounded, bits);
            var whole = (Int128)(((ulong)(uint)bits[1] << 32) | (uint)bits[0]) * PowersOfTen[_scale - rounded.Scale];
            if (bits[2] != 0 || whole >= _limit)
                throw new ContractException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Column {column.Name} holds {value}, which does not fit {column.Type}: make the column wider."
                    )
                );
            return bits[3] < 0 ? -(long)whole : (long)whole;
        }

        public decimal To(long whole)
        {
            var magnitude = (ulong)Math.Abs(whole);
            return new decimal((int)magnitude, (int)(magnitude >> 32), 0, whole < 0, (byte)_scale);
        }
    }
}
