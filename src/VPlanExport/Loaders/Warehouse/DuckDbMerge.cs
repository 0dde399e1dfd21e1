using VPlanExport.Model;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>The statements that merge one table, generated from it: the rules of <see cref="TableChange"/>, set-based.</summary>
internal sealed class DuckDbMerge
{
    private readonly string _name;
    private readonly string _key;
    private readonly string _columns;
    private readonly string _id;
    private readonly string _inferred;
    private readonly string _fillsGap;
    private readonly Table _table;

    public DuckDbMerge(Table table)
    {
        _table = table;
        _name = table.Name;
        _key = table.Key.Name;
        _columns = string.Join(", ", table.Columns.Select(c => c.Name));
        _id = table.Id is { } id ? $"CASE WHEN {id.Name} IS NOT NULL THEN hash({id.Name}) END" : "NULL";
        _inferred = table.Has("is_inferred") ? "is_inferred IS TRUE" : "false";
        _fillsGap = $"({_inferred} OR {_key} = {Keys.Unknown})";
    }

    /// <summary>Rows of the star that are not deleted, not inferred and not the unknown member.</summary>
    public string Live => $"is_deleted IS NOT TRUE AND NOT ({_inferred}) AND {_key} <> {Keys.Unknown}";

    public string Truncate => $"TRUNCATE stg.{_name}";

    public string Stage(RowFiles files) => $"INSERT INTO stg.{_name} ({_columns}) SELECT {files.Select(_table)} FROM {files.Source}";

    /// <summary>A key that landed more than once, if there is one.</summary>
    public string RepeatedKey => $"SELECT {_key} FROM stg.{_name} GROUP BY {_key} HAVING count(*) > 1 LIMIT 1";

    /// <summary>
    /// One row: staged, inserted, changed, a key whose id is another one in the star. Rows and ids are compared by their hashes, so
    /// that the join holds three numbers a row in memory however wide the table is, and only those that can match are hashed.
    /// </summary>
    public string Counts => $"""
        SELECT count(*),
            count(*) FILTER (WHERE d.k IS NULL),
            count(*) FILTER (WHERE d.k IS NOT NULL AND s.h <> d.h AND NOT s.fills_gap),
            any_value(s.k) FILTER (WHERE s.id <> d.id AND s.k <> {Keys.Unknown})
        FROM (SELECT {_key} AS k, {_id} AS id, hash({Compared}) AS h, {_fillsGap} AS fills_gap FROM stg.{_name}) s
        LEFT JOIN (SELECT {_key} AS k, {_id} AS id, hash({Compared}) AS h FROM dw.{_name} WHERE {_key} IN (SELECT {_key} FROM stg.{_name})) d ON d.k = s.k
        """;

    /// <summary>True as long as the table of the star has no rows.</summary>
    public string IsEmpty => $"SELECT NOT EXISTS (SELECT 1 FROM dw.{_name})";

    /// <summary><see cref="Counts"/> where the table of the star is empty.</summary>
    public string FirstCounts => $"SELECT count(*), count(*), 0::BIGINT, NULL FROM stg.{_name}";

    /// <summary>The ids that a key stands for, in what landed and in the star.</summary>
    public string IdsOfKey => _table.Id is { } id
        ? $"SELECT DISTINCT {id.Name} FROM (SELECT {id.Name} FROM stg.{_name} WHERE {_key} = ? UNION ALL SELECT {id.Name} FROM dw.{_name} WHERE {_key} = ?) ORDER BY 1"
        : "SELECT NULL WHERE ?::BIGINT <> ?::BIGINT";

    /// <summary>Takes out the rows that <see cref="Insert"/> brings anew.</summary>
    public string RemoveOverwritten => $"DELETE FROM dw.{_name} WHERE {_key} IN (SELECT {_key} FROM stg.{_name} WHERE NOT {_fillsGap})";

    /// <summary>Reads the row files again: rows that this transaction has written itself are far slower to read than Parquet.</summary>
    public string Insert(RowFiles files) =>
        $"INSERT INTO dw.{_name} ({_columns}) SELECT {files.Select(_table)} FROM {files.Source} WHERE NOT {_fillsGap} OR {_key} NOT IN (SELECT {_key} FROM dw.{_name})";

    /// <summary>Marks what is gone; parameters are the run's id and its extraction time. Null when nothing can be.</summary>
    /// <param name="isFirst">The table was empty before this run: no row is absent from it.</param>
    /// <param name="changes">What the run brings to every table.</param>
    public string? Tombstone(TableChange change, bool isFirst, ChangeSet changes)
    {
        var gone = Gone(change, isFirst, changes).ToList();
        return gone.Count == 0
            ? null
            : $"UPDATE dw.{_name} SET is_deleted = true, run_id = ?, extracted_at = ? WHERE {Live} AND {_key} IN ({string.Join(" UNION ", gone)})";
    }

    /// <summary>A staged row whose key column points nowhere: its key and the key it points to.</summary>
    public string Dangling(Column column, Table dimension) =>
        $"SELECT s.{_key}, s.{column.Name} FROM stg.{_name} s ANTI JOIN dw.{dimension.Name} d ON d.{dimension.Key.Name} = s.{column.Name} LIMIT 1";

    private string Compared => string.Join(", ", _table.Columns.Skip(1).Select(c => c.Name).Where(n => n is not ("run_id" or "extracted_at")));

    private IEnumerable<string> Gone(TableChange change, bool isFirst, ChangeSet changes)
    {
        if (change.Gone.Count > 0)
            yield return Listed("gone_keys", _name);
        foreach (var absent in isFirst ? [] : change.Claims.SelectMany(claim => GivenUp(claim, changes)))
            yield return $"{Absent} WHERE {absent}";
    }

    private IEnumerable<string> GivenUp(Claim claim, ChangeSet changes)
    {
        var key = claim.Parent?.Key ?? _key;
        var isUnprotected = $"d.{key} <> {Keys.Unknown} AND d.{key} NOT IN ({Listed("protected_keys", _name, claim.Parent?.Key)})";
        if (claim.IsComplete)
            yield return isUnprotected;
        if (claim.Parent is not { } parent || changes.Tables.FirstOrDefault(c => c.Table == parent.Table) is not { } parents)
            yield break;
        if (parents.Gone.Count > 0)
            yield return $"d.{key} IN ({Listed("gone_keys", parent.Table)})";
        // An inferred parent was not read, so its rows being absent says nothing.
        if (claim.ReplacesChildren)
            yield return $"d.{key} IN (SELECT {key} FROM stg.{parent.Table} WHERE is_inferred IS NOT TRUE) AND {isUnprotected}";
    }

    private string Absent => $"SELECT d.{_key} FROM dw.{_name} d ANTI JOIN (SELECT {_key} FROM stg.{_name} WHERE NOT ({_inferred})) s ON s.{_key} = d.{_key}";

    /// <param name="column">The column whose values are listed; null for the table's own key.</param>
    private static string Listed(string list, string table, string? column = null) =>
        $"SELECT key FROM {list} WHERE table_name = '{table}' AND column_name {(column is null ? "IS NULL" : $"= '{column}'")}";
}
