using System.Globalization;

namespace VPlanExport.Model;

/// <summary>What a sink holds of a table, for comparing two sinks: equal when the same rows are live, with the same minutes and hours.</summary>
/// <param name="Rows">All rows, deleted and inferred ones and the unknown member too.</param>
/// <param name="Live">Rows that are none of these, and their minutes and hours.</param>
/// <param name="Keys">The sum of the live rows' keys, each modulo <see cref="Modulus"/>.</param>
public readonly record struct TableContent(long Rows, Tally Live, long Keys)
{
    public const long Modulus = 1_000_003;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Live}, {Rows - Live.Rows:N0} not live");
}
