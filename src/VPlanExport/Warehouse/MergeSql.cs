using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Warehouse;

/// <summary>
/// The statements that merge one table, generated from it: the rules of <see cref="TableChange"/>, set-based. Those
/// here are SQL that every warehouse understands; how rows land and overwrite others is each engine's own.
/// </summary>
internal abstract class MergeSql
{
    /// <summary>Lists of keys that a load says are gone, or not to be touched.</summary>
    public const string GoneKeys = "gone";
    public const string ProtectedKeys = "protected";

    protected MergeSql(Table table)
    {
        Table = table;
        Name = table.Name;
        Key = table.Key.Name;
        Inferred = InferredIn("");
    }

    /// <summary>Rows of the star that are not deleted, not inferred and not the unknown member.</summary>
    public string Live => $"COALESCE(is_deleted, 0) = 0 AND NOT ({Inferred}) AND {Key} <> {SurrogateKey.Unknown}";

    /// <summary>Takes out the rows that runs after a sequence, the parameter, brought.</summary>
    public string RemoveLater =>
        $"DELETE FROM dw.{Name} WHERE run_id IN (SELECT run_id FROM etl.\"load\" WHERE sequence > ?)";

    /// <summary>Takes out the rows that did not land.</summary>
    public string RemoveOthers =>
        $"DELETE FROM dw.{Name} WHERE NOT EXISTS (SELECT 1 FROM stg.{Name} s WHERE s.{Key} = {Name}.{Key})";

    /// <summary>Takes out the rows that landed.</summary>
    public string RemoveLanded =>
        $"DELETE FROM dw.{Name} WHERE EXISTS (SELECT 1 FROM stg.{Name} s WHERE s.{Key} = {Name}.{Key})";

    /// <summary>Asks for the right that the two need.</summary>
    public string RemoveNothing => $"DELETE FROM dw.{Name} WHERE 1 = 0";

    /// <summary>Rows, minutes and hours that landed.</summary>
    public string InStaging => $"SELECT count(*), {Sums("s")} FROM stg.{Name} s";

    /// <summary>The same of the star.</summary>
    public string InWholeStar => $"SELECT count(*), {Sums("d")} FROM dw.{Name} d";

    /// <summary>The same of the star's rows that landed; a row that only fills a gap says nothing of minutes and
    /// hours.</summary>
    public string InStar =>
        $"SELECT count(*), {Sums("d", $"CASE WHEN {FillsGap("s.")} THEN 0 ELSE 1 END * ")} FROM stg.{Name} s "
        + $"INNER JOIN dw.{Name} d ON d.{Key} = s.{Key}";

    /// <summary>Every row of the star, with the columns that it has.</summary>
    public string AllRows => $"SELECT * FROM dw.{Name}";

    /// <summary>1 as long as the table of the star has no rows.</summary>
    public string IsEmpty => AreEmpty([Table]);

    /// <summary>One row: for each table 1 as long as it has no rows in the star.</summary>
    public static string AreEmpty(IEnumerable<Table> tables) =>
        "SELECT "
        + $"{string.Join(", ", tables.Select(t => $"CASE WHEN EXISTS (SELECT 1 FROM dw.{t.Name}) THEN 0 ELSE 1 END"))}";

    /// <summary>
    /// One row: rows, minutes and hours that landed; the same of the star's rows with their keys; rows whose keys the
    /// star does not have; rows that differ; repeats of a key; a key that stands for another id in the star; rows of
    /// the star that are given up. A row that only fills a gap differs from none.
    /// </summary>
    public string Comparison(TableChange change, ChangeSet changes) =>
        $"""
            {LandedOnce}SELECT count(*), {Minutes("s.minutes")}, {Hours("s.hours")},
                count(d.k), {Minutes("CASE WHEN s.fills_gap = 1 THEN 0 ELSE d.minutes END")}, {Hours(
                "CASE WHEN s.fills_gap = 1 THEN 0 ELSE d.hours END"
            )},
                count(CASE WHEN d.k IS NULL THEN 1 END),
                count(CASE WHEN d.k IS NOT NULL AND s.fills_gap = 0 AND {Differs} THEN 1 END),
                count(*) - count(DISTINCT s.k),
                min(CASE WHEN s.id <> d.id AND s.k <> {SurrogateKey.Unknown} THEN s.k END),
                {CountGone(change, changes)}
            FROM {Landed} s LEFT JOIN ({Star}) d ON d.k = s.k
            """;

    /// <summary><see cref="Comparison"/> where the table of the star is empty.</summary>
    public string FirstComparison =>
        $"SELECT count(*), {Sums("s")}, 0, 0, 0, count(*), 0, count(*) - count(DISTINCT s.{Key}), NULL, 0 FROM "
        + $"stg.{Name} s";

    /// <summary>A key that landed more than once; empty when there is none.</summary>
    public string RepeatedKey =>
        $"SELECT min(k) FROM (SELECT {Key} AS k FROM stg.{Name} GROUP BY {Key} HAVING count(*) > 1) r";

    /// <summary>The ids that a key stands for, in what landed and in the star; parameters are the key, twice. Null
    /// where the table has no ids.</summary>
    public string? IdsOfKey =>
        Table.Id is { } id
            ? $"SELECT DISTINCT {id.Name} FROM (SELECT {id.Name} FROM stg.{Name} WHERE {Key} = ? UNION ALL SELECT "
                + $"{id.Name} FROM dw.{Name} WHERE {Key} = ?) i ORDER BY 1"
            : null;

    /// <summary>One row: for each reference the key of a staged row whose column points nowhere, or empty. The staged
    /// rows are read once, whatever they refer to.</summary>
    public string Dangling(IReadOnlyList<(Column Column, Table Dimension)> references) =>
        $"SELECT {string.Join(", ", references.Select((_, i) => $"min(CASE WHEN r.is_there{i} = 0 THEN r.k END)"))} "
        + $"FROM (SELECT s.{Key} AS k, {string.Join(", ", references.Select(IsThere))} FROM stg.{Name} s) r";

    private static string IsThere((Column Column, Table Dimension) reference, int number) =>
        $"CASE WHEN s.{reference.Column.Name} IN (SELECT d.{reference.Dimension.Key.Name} "
        + $"FROM dw.{reference.Dimension.Name} d) THEN 1 ELSE 0 END AS is_there{number}";

    /// <summary>What the column of a staged row holds; the parameter is its key.</summary>
    public string ValueOf(Column column) => $"SELECT {column.Name} FROM stg.{Name} WHERE {Key} = ?";

    /// <summary>Marks what is gone; parameters are the run's id and its extraction time. Null when nothing can
    /// be.</summary>
    /// <param name="isFirst">The table was empty before this run: no row is absent from it.</param>
    /// <param name="changes">What the run brings to every table.</param>
    public string? Tombstone(TableChange change, bool isFirst, ChangeSet changes) =>
        LiveAndGone(change, isFirst, changes, Absent) is { } gone
            ? $"UPDATE dw.{Name} SET is_deleted = {True}, run_id = ?, extracted_at = ? WHERE {gone}"
            : null;

    protected Table Table { get; }

    protected string Name { get; }

    protected string Key { get; }

    /// <summary>A row that only says that something refers to it.</summary>
    protected string Inferred { get; }

    /// <summary>A row that fills a gap and overwrites nothing.</summary>
    /// <param name="row">What stands before the row's columns, such as <c>s.</c></param>
    protected string FillsGap(string row = "") => $"({InferredIn(row)} OR {row}{Key} = {SurrogateKey.Unknown})";

    protected abstract string True { get; }

    /// <summary>The staged rows by k, id, minutes, hours, fills_gap (0 or 1), and what <see cref="Differs"/>
    /// compares.</summary>
    protected abstract string Staged { get; }

    /// <summary>Where the comparison reads <see cref="Staged"/>.</summary>
    protected virtual string Landed => $"({Staged})";

    /// <summary>What stands before the comparison, where <see cref="Landed"/> is a name that it gives.</summary>
    protected virtual string LandedOnce => "";

    /// <summary>The same of the star.</summary>
    protected abstract string Star { get; }

    /// <summary>Whether a staged row <c>s</c> and the row <c>d</c> of the star differ in more than the run that brought
    /// them.</summary>
    protected abstract string Differs { get; }

    /// <summary>Minutes and hours of a row as columns of those names.</summary>
    protected string Measures => $"{MinutesOf("")} AS minutes, {HoursOf("")} AS hours";

    /// <summary>The table that holds the lists of keys: columns list, table_name, column_name and key_value.</summary>
    protected abstract string KeyLists { get; }

    /// <param name="factor">What each value is multiplied by.</param>
    private string Sums(string rows, string factor = "") =>
        $"{Minutes($"{factor}({MinutesOf($"{rows}.")})")}, {Hours($"{factor}({HoursOf($"{rows}.")})")}";

    private string MinutesOf(string row) =>
        string.Join(
            " + ",
            Table.Minutes.Select(c => $"CAST(COALESCE({row}{c.Name}, 0) AS BIGINT)").DefaultIfEmpty("0")
        );

    private string HoursOf(string row) =>
        string.Join(
            " + ",
            Table.Hours.Select(c => $"COALESCE({row}{c.Name}, 0)").DefaultIfEmpty("CAST(0 AS DECIMAL(9, 4))")
        );

    private static string Minutes(string value) => $"CAST({Hours(value)} AS BIGINT)";

    private static string Hours(string value) => $"COALESCE(sum({value}), 0)";

    private string CountGone(TableChange change, ChangeSet changes) =>
        LiveAndGone(change, isFirst: false, changes, AbsentFromLanded) is { } gone
            ? $"(SELECT count(*) FROM dw.{Name} WHERE {gone})"
            : "0";

    private string? LiveAndGone(TableChange change, bool isFirst, ChangeSet changes, string absent)
    {
        var gone = Gone(change, isFirst, changes, absent).ToList();
        return gone.Count == 0 ? null : $"{Live} AND {Key} IN ({string.Join(" UNION ", gone)})";
    }

    private string InferredIn(string row) => Table.Has("is_inferred") ? $"COALESCE({row}is_inferred, 0) = 1" : "1 = 0";

    private IEnumerable<string> Gone(TableChange change, bool isFirst, ChangeSet changes, string absent)
    {
        if (change.Deleted.Count > 0)
            yield return Listed(GoneKeys, Name);
        foreach (var given in isFirst ? [] : change.DeleteScopes.SelectMany(claim => GivenUp(claim, changes)))
            yield return $"{absent} AND {given}";
    }

    private IEnumerable<string> GivenUp(DeleteScope claim, ChangeSet changes)
    {
        var key = claim.Parent?.Key ?? Key;
        var isUnprotected =
            $"d.{key} <> {SurrogateKey.Unknown} AND d.{key} NOT IN ({Listed(ProtectedKeys, Name, claim.Parent?.Key)})";
        if (claim.IsFullSnapshot)
            yield return isUnprotected;
        if (
            claim.Parent is not { } parent
            || changes.Tables.FirstOrDefault(c => c.Table == parent.Table) is not { } parents
        )
            yield break;
        if (parents.Deleted.Count > 0)
            yield return $"d.{key} IN ({Listed(GoneKeys, parent.Table)})";
        // An inferred parent was not read, so its rows being absent says nothing.
        if (claim.ReplacesChildren)
            yield return $"d.{key} IN (SELECT {key} FROM stg.{parent.Table} WHERE COALESCE(is_inferred, 0) = 0) "
                + $"AND {isUnprotected}";
    }

    private string Absent => AbsentFrom($"stg.{Name} s WHERE NOT ({Inferred}) AND s.{Key}");

    private string AbsentFromLanded => AbsentFrom($"{Landed} s WHERE s.fills_gap = 0 AND s.k");

    private string AbsentFrom(string key) =>
        $"SELECT d.{Key} FROM dw.{Name} d WHERE NOT EXISTS (SELECT 1 FROM {key} = d.{Key})";

    /// <param name="column">The column whose values are listed; null for the table's own key.</param>
    private string Listed(string list, string table, string? column = null) =>
        $"SELECT key_value FROM {KeyLists} WHERE list = '{list}' AND table_name = '{table}' AND column_name "
        + $"{(column is null ? "IS NULL" : $"= '{column}'")}";
}
