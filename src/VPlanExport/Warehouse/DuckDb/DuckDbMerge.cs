using VPlanExport.Model;

namespace VPlanExport.Warehouse.DuckDb;

/// <summary>How rows land in DuckDB's star and overwrite others.</summary>
internal sealed class DuckDbMerge : MergeSql
{
    private readonly string _columns;
    private readonly string _id;

    public DuckDbMerge(Table table)
        : base(table)
    {
        _columns = string.Join(", ", table.Columns.Select(c => c.Name));
        _id = table.Id is { } id ? $"CASE WHEN {id.Name} IS NOT NULL THEN hash({id.Name}) END" : "NULL";
    }

    protected override string True => "true";

    protected override string KeyLists => "listed_key";

    public string Stage(ParquetSource files) => $"INSERT INTO stg.{Name} ({_columns}) SELECT {files.Select(Table)} FROM {files.Source}";

    /// <summary>
    /// One row: staged, inserted, changed, a key whose id is another one in the star. Rows and ids are compared by their hashes, so
    /// that the join holds three numbers a row in memory however wide the table is, and only those that can match are hashed.
    /// </summary>
    public string Counts => $"""
        SELECT count(*),
            count(*) FILTER (WHERE d.k IS NULL),
            count(*) FILTER (WHERE d.k IS NOT NULL AND s.h <> d.h AND NOT s.fills_gap),
            any_value(s.k) FILTER (WHERE s.id <> d.id AND s.k <> {SurrogateKey.Unknown})
        FROM (SELECT {Key} AS k, {_id} AS id, hash({Compared}) AS h, {FillsGap()} AS fills_gap FROM stg.{Name}) s
        LEFT JOIN (SELECT {Key} AS k, {_id} AS id, hash({Compared}) AS h FROM dw.{Name} WHERE {Key} IN (SELECT {Key} FROM stg.{Name})) d ON d.k = s.k
        """;

    /// <summary><see cref="Counts"/> where the table of the star is empty.</summary>
    public string FirstCounts => $"SELECT count(*), count(*), 0::BIGINT, NULL FROM stg.{Name}";

    /// <summary>Takes out the rows that <see cref="Insert"/> brings anew.</summary>
    public string RemoveOverwritten => $"DELETE FROM dw.{Name} WHERE {Key} IN (SELECT {Key} FROM stg.{Name} WHERE NOT {FillsGap()})";

    /// <summary>Reads the row files again: rows that this transaction has written itself are far slower to read than Parquet.</summary>
    public string Insert(ParquetSource files) =>
        $"INSERT INTO dw.{Name} ({_columns}) SELECT {files.Select(Table)} FROM {files.Source} WHERE NOT {FillsGap()} OR {Key} NOT IN (SELECT {Key} FROM dw.{Name})";

    /// <summary>Adds the rows that are not there, whatever they are.</summary>
    public string InsertMissing(ParquetSource files) =>
        $"INSERT INTO dw.{Name} ({_columns}) SELECT {files.Select(Table)} FROM {files.Source} WHERE {Key} NOT IN (SELECT {Key} FROM dw.{Name})";

    private string Compared => string.Join(", ", Table.Columns.Skip(1).Select(c => c.Name).Where(n => n is not ("run_id" or "extracted_at")));
}
