using System.Globalization;
using VPlanExport.Model;

namespace VPlanExport.Storage;

/// <summary>Decimals as whole numbers of their last decimal place, exactly.</summary>
internal sealed class Unscaled(Column column)
{
    private static readonly long[] s_powersOfTen = [.. Enumerable.Range(0, 19).Select(n => (long)Math.Pow(10, n))];
    private readonly int _scale = column.Type.Scale;
    private readonly long _limit = s_powersOfTen[column.Type.Precision];

    /// <exception cref="ContractException">The value has more digits than the column.</exception>
    public long From(decimal value)
    {
        var rounded = value.Scale > _scale ? Math.Round(value, _scale, MidpointRounding.AwayFromZero) : value;
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(rounded, bits);
        var whole = (Int128)(((ulong)(uint)bits[1] << 32) | (uint)bits[0]) * s_powersOfTen[_scale - rounded.Scale];
        if (bits[2] != 0 || whole >= _limit)
            throw new ContractException(string.Create(CultureInfo.InvariantCulture, $"Column {column.Name} holds {value}, which does not fit {column.Type}: make the column wider."));
        return bits[3] < 0 ? -(long)whole : (long)whole;
    }

    public decimal To(long whole)
    {
        var magnitude = (ulong)Math.Abs(whole);
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, whole < 0, (byte)_scale);
    }
}
