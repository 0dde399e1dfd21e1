namespace VPlanExport.Tests.Entities;

internal static class Cells
{
    /// <summary>Each of these columns of the row holds just this value.</summary>
    public static void ShouldHold(
        this IReadOnlyDictionary<string, object?> row,
        params (string Column, object? Value)[] expected
    )
    {
        foreach (var (column, value) in expected)
            row.Should().Contain(column, value);
    }
}
