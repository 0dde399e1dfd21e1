namespace VPlanExport.Dialects;

/// <summary>Texts in SQL.</summary>
internal static class SqlText
{
    /// <summary>The text between quotation marks.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
