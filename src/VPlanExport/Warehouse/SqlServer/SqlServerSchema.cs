using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Warehouse.SqlServer;

/// <summary>
/// Brings the database's schemas, tables and views up to the catalog, or says why it will not. Of a server that only
/// speaks SQL Server's language the lengths and precisions are not compared: it may count them in its own way.
/// </summary>
internal sealed class SqlServerSchema(
    SqlServerSession session,
    string location,
    IReadOnlyList<Table> tables,
    SqlServerFeatures features
)
{
    private static readonly string[] Schemas = ["stg", "dw", "etl", "bi"];
    private readonly IReadOnlyList<SqlScript> _scripts = SqlScripts.All("sqlserver", tables);
    private readonly SqlServerMarks _marks = new(session, location, tables, features);
    private readonly SqlServerDescriptions _descriptions = new(session, tables, features);
    private readonly ILookup<string, ActualColumn> _actual = session
        .Rows(
            """
            SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE,
                CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION
            FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA IN ('stg', 'dw', 'etl', 'bi')
            ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION
            """,
            r =>
                (
                    Name: $"{r.GetString(0)}.{r.GetString(1)}",
                    Column: new ActualColumn(
                        r.GetString(2),
                        TypeOf(
                            r.GetString(3),
                            Number(r, 4),
                            Number(r, 5),
                            Number(r, 6),
                            Number(r, 7),
                            features.IsSqlServer
                        )
                    )
                )
        )
        .ToLookup(r => r.Name, r => r.Column, StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses what is not ours, and what is not fixed by making what is missing.</summary>
    public void RefuseDrift()
    {
        _marks.RefuseForeign(_actual, IsDefined);
        var drift = new SqlServerDrift(location, TypeOf);
        drift.RefuseLost(Journal.Tables(session).Where(name => !Exists("dw", name)));
        drift.Refuse(tables, table => [.. _actual[$"dw.{table.Name}"]]);
    }

    /// <summary>Marks what is there as ours.</summary>
    /// <returns>What would let it be marked; null when all is.</returns>
    public string? Mark() => _marks.Make(_actual);

    /// <summary>What is missing, as names of schemas, tables, columns and views.</summary>
    public IReadOnlyList<string> Missing() =>
        [
            .. _scripts.Where(s => !Exists(s)).Select(s => $"{s.Schema}.{s.Name}"),
            .. _scripts.Where(Exists).SelectMany(s => MissingOf(s).Select(c => $"{s.Schema}.{s.Name}.{c.Name}")),
            .. tables.SelectMany(t => new[] { "stg", "dw" }.SelectMany(schema => MissingOf(schema, t))),
        ];

    /// <summary>Makes what is missing, and the views that are not what they were made from; the caller holds the
    /// transaction.</summary>
    /// <returns>The columns added to tables that have rows, as <c>dw.table.column</c>, and why not everything could be
    /// described; null when it could.</returns>
    public (IReadOnlyList<string> Added, string? Undescribed) Make()
    {
        var isWhole = Missing().Count == 0;
        foreach (var schema in Schemas)
            session.Execute($"IF SCHEMA_ID(N'{schema}') IS NULL EXEC(N'CREATE SCHEMA [{schema}]')");
        foreach (var script in _scripts.Where(s => !s.IsView && !Exists(s)))
            session.Execute(script.Text);
        foreach (var script in _scripts.Where(Exists))
        {
            foreach (var column in MissingOf(script))
                session.Execute($"ALTER TABLE [{script.Schema}].[{script.Name}] ADD {column.Declaration}");
        }
        var added = tables.SelectMany(Bring).ToList();
        if (features.IsSqlServer)
            Refer();
        return (added, Define([.. _scripts.Where(s => s.IsView)], isWhole));
    }

    private List<string> Bring(Table table)
    {
        var (staging, star) = (_actual[$"stg.{table.Name}"].ToList(), _actual[$"dw.{table.Name}"].ToList());
        if (
            !staging.SequenceEqual(SqlServerTables.Columns(table).Select(c => new ActualColumn(c.Name, TypeOf(c.Type))))
        )
        {
            session.Execute($"DROP TABLE IF EXISTS [stg].[{table.Name}]");
            session.Execute(SqlServerTables.CreateStaging(table));
        }
        if (star.Count == 0)
            MakeStar(table);
        var missing = SqlServerTables.Columns(table).Where(c => star.Count > 0 && !star.Exists(a => a.Is(c))).ToList();
        foreach (var column in missing)
            session.Execute(SqlServerTables.AddColumn(table, column));
        return missing.Count == 0 || session.Number(new SqlServerMerge(table).IsEmpty) == 1
            ? []
            : missing.ConvertAll(c => $"dw.{table.Name}.{c.Name}");
    }

    private void MakeStar(Table table)
    {
        session.Execute(SqlServerTables.CreateStar(table, features.HasColumnstore));
        if (features.HasColumnstore && SqlServerTables.CreateColumnstore(table) is { } columnstore)
            session.Execute(columnstore);
    }

    private void Refer()
    {
        var there = session
            .Rows("SELECT name FROM sys.foreign_keys", r => r.GetString(0))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (
            var (_, add, switchOff) in tables
                .SelectMany(t => SqlServerTables.References(t, tables))
                .Where(r => !there.Contains(r.Name))
        )
        {
            session.Execute(add);
            session.Execute(switchOff);
        }
    }

    /// <summary>
    /// Views that are what they were stay as they are: making them again would take away what was granted on them.
    /// Where one is another, or is described otherwise, all are made again, those that read others last.
    /// </summary>
    /// <param name="isWhole">No table or column was missing, so none lacks its description.</param>
    /// <returns>Why not everything could be described; null when it could.</returns>
    private string? Define(IReadOnlyList<SqlScript> views, bool isWhole)
    {
        if (views.All(Exists) && IsDefined)
            return isWhole ? null : _descriptions.Write();
        foreach (var view in views.Reverse())
            session.Execute($"DROP VIEW IF EXISTS [{view.Schema}].[{view.Name}]");
        foreach (var view in views)
            session.Execute(view.Text);
        var undescribed = _descriptions.Write();
        session.Execute("DELETE FROM etl.definition WHERE name = 'views'");
        session.Execute("INSERT INTO etl.definition (name, definition_hash) VALUES ('views', ?)", Definitions);
        return undescribed;
    }

    private long Definitions =>
        (long)
            XxHash3.HashToUInt64(
                MemoryMarshal.AsBytes(
                    string.Concat(_scripts.Where(s => s.IsView).Select(v => v.Text).Append(_descriptions.Text)).AsSpan()
                )
            );

    /// <summary>The views were last made from the texts of this version.</summary>
    private bool IsDefined =>
        Exists("etl", "definition")
        && session.Ask<long?>("SELECT definition_hash FROM etl.definition WHERE name = 'views'", r => r.GetInt64(0))
            == Definitions;

    private bool Exists(SqlScript script) => Exists(script.Schema, script.Name);

    private bool Exists(string schema, string name) => _actual.Contains($"{schema}.{name}");

    private IEnumerable<string> MissingOf(string schema, Table table)
    {
        var there = _actual[$"{schema}.{table.Name}"].ToList();
        return there.Count == 0
            ? [$"{schema}.{table.Name}"]
            : SqlServerTables
                .Columns(table)
                .Where(c => !there.Exists(a => a.Is(c)))
                .Select(c => $"{schema}.{table.Name}.{c.Name}");
    }

    /// <summary>Columns that the journal of an earlier version does not have.</summary>
    private IEnumerable<(string Name, string Declaration)> MissingOf(SqlScript script) =>
        script.Columns.Where(c =>
            !_actual[$"{script.Schema}.{script.Name}"]
                .Any(a => string.Equals(a.Name, c.Name, StringComparison.OrdinalIgnoreCase))
        );

    private static long? Number(System.Data.Common.DbDataReader row, int ordinal) =>
        row.IsDBNull(ordinal) ? null : Convert.ToInt64(row.GetValue(ordinal), CultureInfo.InvariantCulture);

    private string TypeOf(ColumnType type) =>
        features.IsSqlServer ? SqlServerTypes.Name(type) : SqlServerTypes.Name(type).Split('(')[0];

    private static string TypeOf(
        string type,
        long? length,
        long? precision,
        long? scale,
        long? fraction,
        bool isExact
    ) =>
        type.ToLowerInvariant() switch
        {
            "nvarchar" when isExact => length is > 0
                ? string.Create(CultureInfo.InvariantCulture, $"nvarchar({length})")
                : "nvarchar(max)",
            "decimal" or "numeric" => isExact
                ? string.Create(CultureInfo.InvariantCulture, $"decimal({precision},{scale})")
                : "decimal",
            "datetime2" when isExact => string.Create(CultureInfo.InvariantCulture, $"datetime2({fraction})"),
            var other => other,
        };
}

/// <inheritdoc/>
internal sealed class SqlServerDrift(string location, Func<ColumnType, string> typeName)
    : SchemaDrift(location, SqlServerTables.Columns, typeName)
{
    protected override string Remedy => "Run these statements in the database";

    protected override string Rebuild =>
        "Drop the export's own tables and views, those that sql/sqlserver names, and no others, and build them again";

    protected override string ChangeType(string table, string column, string type) =>
        $"ALTER TABLE [dw].[{table}] ALTER COLUMN [{column}] {type};";

    protected override string Rename(string table, string from, string to) =>
        $"EXEC sp_rename N{SqlText.Literal($"dw.{table}.{Quoted(from)}")}, N'{to}', N'COLUMN';";

    protected override string Drop(string table, string column) =>
        $"ALTER TABLE [dw].[{table}] DROP COLUMN {Quoted(column)};";

    private static string Quoted(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";
}
