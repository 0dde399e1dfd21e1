using System.Globalization;
using System.Text.RegularExpressions;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>A column of an answer, with DuckDB's name of its type: <c>BIGINT</c>, <c>DECIMAL(9,2)</c>, <c>INTEGER[]</c> …</summary>
public sealed partial record QueryColumn(string Name, string Type)
{
    /// <summary>A <see cref="decimal"/> holds so many digits.</summary>
    private const int WidestDecimal = 28;

    /// <summary>Whether .NET has a type for every value of the column.</summary>
    private bool IsPlain => Type
        is "BOOLEAN" or "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "BIGNUM" or "UTINYINT" or "USMALLINT" or "UINTEGER"
        or "UBIGINT" or "UHUGEINT" or "FLOAT" or "DOUBLE" or "VARCHAR" || (IsDecimal && Width <= WidestDecimal);

    private bool IsDecimal => Type.StartsWith("DECIMAL(", StringComparison.Ordinal) && Type.EndsWith(')');

    private int Width => int.Parse(Type["DECIMAL(".Length..].Split(',')[0], CultureInfo.InvariantCulture);

    private bool IsNested => Type.EndsWith(']') || Type.StartsWith("STRUCT(", StringComparison.Ordinal)
        || Type.StartsWith("MAP(", StringComparison.Ordinal) || Type.StartsWith("UNION(", StringComparison.Ordinal);

    /// <summary>Such a value becomes no string in JSON.</summary>
    private bool IsJson => IsNested || IsDecimal;

    /// <summary>How DuckDB is asked for the column, so that any value of it can be read.</summary>
    internal string Expression(string column, bool asJson) => this switch
    {
        { IsPlain: true } => column,
        { IsJson: true } when asJson => $"to_json({column})::VARCHAR",
        _ => $"{column}::VARCHAR",
    };

    /// <summary>What was read for <see cref="Expression"/> as it is shown.</summary>
    internal object? Shown(object? read, bool asJson) => read is not string text || IsPlain ? read
        : asJson && IsJson ? new JsonText(NoJson().Replace(text, match => match.Value[0] switch { '"' => match.Value, '.' => "0.", _ => "null" }))
        : Type.StartsWith("TIMESTAMP", StringComparison.Ordinal) ? Utc(text)
        : text;

    /// <summary>With whole seconds or at least six digits of a fraction; infinity and years of more or fewer than four digits as DuckDB writes them.</summary>
    private static string Utc(string text) => Timestamp().Match(text) is { Success: true } match
        ? $"{match.Groups["second"].Value}{(match.Groups["fraction"] is { Success: true } fraction ? "." + fraction.Value.PadRight(6, '0') : "")}Z"
        : text;

    [GeneratedRegex(@"^(?<second>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(?<fraction>\d+))?(?:\+00)?$")]
    private static partial Regex Timestamp();

    /// <summary>DuckDB writes what JSON has no number for, and a fraction without a digit before it; a string that holds such a text is matched whole.</summary>
    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|-?(?:NaN|Infinity)|(?<![0-9])\.
        """)]
    private static partial Regex NoJson();
}

/// <summary>A value that is JSON as it stands.</summary>
public sealed record JsonText(string Json);
