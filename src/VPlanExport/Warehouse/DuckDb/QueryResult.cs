using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using VPlanExport.Dialects;

namespace VPlanExport.Warehouse.DuckDb;

/// <summary>
/// The answer to a query. Rows are read once, as they come; timestamps are UTC. A value that .NET has a type for comes
/// in that type, every other one as DuckDB's own text.
/// </summary>
internal sealed class QueryResult : IDisposable
{
    private const string StagingEnds =
        " The views in stg show the last run's row files, for as long as they are there: dw has the rows.";
    private const string CastIt = " Cast the column to text, as in SELECT x::VARCHAR.";

    private readonly DuckDbSession _session;
    private readonly DuckDBCommand _command;
    private readonly DuckDBDataReader _reader;
    private readonly bool _asJson;
    private readonly CancellationTokenRegistration _cancellation;

    private QueryResult(
        DuckDbSession session,
        DuckDBCommand command,
        IReadOnlyList<QueryColumn>? columns,
        bool asJson,
        CancellationToken cancellationToken
    )
    {
        (_session, _command, _asJson) = (session, command, asJson);
        _cancellation = cancellationToken.Register(command.Cancel);
        _reader = command.ExecuteReader();
        Columns =
            columns
            ??
            [
                .. Enumerable
                    .Range(0, _reader.FieldCount)
                    .Select(i => new QueryColumn(_reader.GetName(i), _reader.GetDataTypeName(i).ToUpperInvariant())),
            ];
    }

    public IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>The rows, a value a column, null where there is none.</summary>
    public IEnumerable<object?[]> Rows()
    {
        while (Guarded(_reader.Read))
            yield return Guarded(
                () =>
                    Columns
                        .Select((column, i) => _reader.IsDBNull(i) ? null : column.Shown(_reader.GetValue(i), _asJson))
                        .ToArray(),
                CastIt
            );
        if (Guarded(_reader.NextResult))
            throw new ConfigurationException(
                "The query holds more than one statement, and only the first was answered: ask one statement at a time."
            );
    }

    public void Dispose()
    {
        _cancellation.Dispose();
        _reader.Dispose();
        _command.Dispose();
        _session.Dispose();
    }

    /// <param name="asJson">Whether values without a .NET type come as <see cref="JsonText"/> where JSON has more than
    /// a string for them.</param>
    internal static QueryResult Run(DuckDbSession session, string sql, bool asJson, CancellationToken cancellationToken)
    {
        DuckDBCommand? command = null;
        try
        {
            RefuseEmpty(session, sql);
            var columns = Describe(session, sql);
            command = session.Command(columns is null ? sql : Readable(sql, columns, asJson));
            command.UseStreamingMode = true;
            return Guarded(() => new QueryResult(session, command, columns, asJson, cancellationToken));
        }
        catch
        {
            command?.Dispose();
            session.Dispose();
            throw;
        }
    }

    /// <summary>Writes what a SELECT gives to a Parquet file.</summary>
    /// <returns>How many rows it gives.</returns>
    internal static long Save(DuckDbSession session, string sql, string file, CancellationToken cancellationToken)
    {
        RefuseEmpty(session, sql);
        if (Describe(session, sql) is null)
        {
            using var refused = Run(session, sql, asJson: false, cancellationToken);
            throw new ConfigurationException("Only the answer to a SELECT can be written as Parquet: write one.");
        }
        using var command = session.Command(
            $"COPY (FROM {Inner(sql)}) TO {SqlText.Literal(file)} " + "(FORMAT parquet, USE_TMP_FILE false)"
        );
        using var cancellation = cancellationToken.Register(command.Cancel);
        return Guarded(() => (long)command.ExecuteNonQuery());
    }

    private static void RefuseEmpty(DuckDbSession session, string sql)
    {
        if (session.IsEmpty(sql))
            throw new ConfigurationException(
                "The query is empty: write a SELECT statement, such as SELECT * FROM bi.freshness."
            );
    }

    /// <summary>The query, asked for values that can be read.</summary>
    private static string Readable(string sql, IReadOnlyList<QueryColumn> columns, bool asJson) =>
        $"SELECT {string.Join(", ", columns.Select((c, i) => c.Expression($"c{i}", asJson)))} FROM {Inner(sql)} "
        + $"AS q({string.Join(", ", columns.Select((_, i) => $"c{i}"))})";

    /// <summary>Takes one statement that gives rows, and gives them in its order.</summary>
    private static string Inner(string sql) => $"query({SqlText.Literal(sql)})";

    /// <summary>The columns; null of what is no single SELECT, such as EXPLAIN or a query with a mistake, which is
    /// asked as it is.</summary>
    private static List<QueryColumn>? Describe(DuckDbSession session, string sql)
    {
        if (ColumnsOf(session, $"FROM {Inner(sql)}") is not { } columns)
            return null;
        // A name that stands there twice has a number behind it inside another query, and none where the query itself
        // is described.
        return ColumnsOf(session, sql) is { } named && named.Count == columns.Count ? named : columns;
    }

    private static List<QueryColumn>? ColumnsOf(DuckDbSession session, string sql)
    {
        try
        {
            using var command = session.Command($"DESCRIBE {sql}");
            using var reader = command.ExecuteReader();
            var columns = new List<QueryColumn>();
            while (reader.Read())
                columns.Add(new QueryColumn(reader.GetString(0), reader.GetString(1)));
            return columns;
        }
        catch (Exception e) when (IsOfQuery(e))
        {
            return null;
        }
    }

    private static T Guarded<T>(Func<T> read, string advice = "")
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsOfQuery(e))
        {
            var hasEnded = e is DuckDBException && e.Message.Contains(".parquet", StringComparison.Ordinal);
            var next =
                e is not DuckDBException ? advice
                : hasEnded ? StagingEnds
                : "";
            throw new ConfigurationException($"The query failed: {e.Message}{next}", e);
        }
    }

    /// <summary>DuckDB refuses it, its parameters are missing, or a value fits no type.</summary>
    private static bool IsOfQuery(Exception e) =>
        e
            is DuckDBException
                or InvalidOperationException
                or InvalidCastException
                or NotSupportedException
                or ArgumentException
                or ArithmeticException
                or FormatException;
}

/// <summary>A column of an answer, with DuckDB's name of its type: <c>BIGINT</c>, <c>DECIMAL(9,2)</c>, <c>INTEGER[]</c>
/// …</summary>
internal sealed partial record QueryColumn(string Name, string Type)
{
    /// <summary>A <see cref="decimal"/> holds so many digits.</summary>
    private const int WidestDecimal = 28;

    /// <summary>Whether .NET has a type for every value of the column.</summary>
    private bool IsPlain =>
        Type
            is "BOOLEAN"
                or "TINYINT"
                or "SMALLINT"
                or "INTEGER"
                or "BIGINT"
                or "HUGEINT"
                or "BIGNUM"
                or "UTINYINT"
                or "USMALLINT"
                or "UINTEGER"
                or "UBIGINT"
                or "UHUGEINT"
                or "FLOAT"
                or "DOUBLE"
                or "VARCHAR"
        || (IsDecimal && Width <= WidestDecimal);

    private bool IsDecimal => Type.StartsWith("DECIMAL(", StringComparison.Ordinal) && Type.EndsWith(')');

    private int Width => int.Parse(Type["DECIMAL(".Length..].Split(',')[0], CultureInfo.InvariantCulture);

    private bool IsNested =>
        Type.EndsWith(']')
        || Type.StartsWith("STRUCT(", StringComparison.Ordinal)
        || Type.StartsWith("MAP(", StringComparison.Ordinal)
        || Type.StartsWith("UNION(", StringComparison.Ordinal);

    /// <summary>Whether it is shown at the right.</summary>
    public bool IsNumber => IsDecimal || (IsPlain && Type is not ("BOOLEAN" or "VARCHAR"));

    /// <summary>Such a value becomes no string in JSON.</summary>
    private bool IsJson => IsNested || IsDecimal;

    /// <summary>How DuckDB is asked for the column, so that any value of it can be read.</summary>
    internal string Expression(string column, bool asJson) =>
        this switch
        {
            { IsPlain: true } => column,
            { IsJson: true } when asJson => $"to_json({column})::VARCHAR",
            _ => $"{column}::VARCHAR",
        };

    /// <summary>What was read for <see cref="Expression"/> as it is shown.</summary>
    internal object? Shown(object? read, bool asJson) =>
        read is not string text || IsPlain ? read
        : asJson && IsJson
            ? new JsonText(
                NoJson()
                    .Replace(
                        text,
                        match =>
                            match.Value[0] switch
                            {
                                '"' => match.Value,
                                '.' => "0.",
                                _ => "null",
                            }
                    )
            )
        : Type.StartsWith("TIMESTAMP", StringComparison.Ordinal) ? Utc(text)
        : text;

    /// <summary>With whole seconds or at least six digits of a fraction; infinity and years of more or fewer than four
    /// digits as DuckDB writes them.</summary>
    private static string Utc(string text) =>
        Timestamp().Match(text) is { Success: true } match
            ? match.Groups["second"].Value
                + (match.Groups["fraction"] is { Success: true } f ? "." + f.Value.PadRight(6, '0') : "")
                + "Z"
            : text;

    [GeneratedRegex(@"^(?<second>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(?<fraction>\d+))?(?:\+00)?$")]
    private static partial Regex Timestamp();

    /// <summary>DuckDB writes what JSON has no number for, and a fraction without a digit before it; a string that
    /// holds such a text is matched whole.</summary>
    [GeneratedRegex(
        """
            "(?:[^"\\]|\\.)*"|-?(?:NaN|Infinity)|(?<![0-9])\.
            """
    )]
    private static partial Regex NoJson();
}

/// <summary>A value that is JSON as it stands.</summary>
internal sealed record JsonText(string Json);
