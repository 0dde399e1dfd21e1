using VPlanExport.Dialects;
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

    /// <summary>Rows and ids are compared by their hashes, so that the join holds five numbers a row in memory however
    /// wide the table is.</summary>
    protected override string Staged =>
        $"SELECT {Numbers}, CASE WHEN {FillsGap()} THEN 1 ELSE 0 END AS fills_gap FROM stg.{Name}";

    protected override string Landed => "landed";

    /// <summary>The row files are read once.</summary>
    protected override string LandedOnce => $"WITH {Landed} AS MATERIALIZED ({Staged})\n";

    /// <summary>Only rows that can match are hashed.</summary>
    protected override string Star => $"SELECT {Numbers} FROM dw.{Name} WHERE {Key} IN (SELECT k FROM {Landed})";

    protected override string Differs => "s.h <> d.h";

    /// <summary>Shows the run's row files under the table's name in <c>stg</c>: a second copy of them would be slower
    /// to read than Parquet.</summary>
    /// <param name="files">Null when the run has none of the table.</param>
    public string Stage(ParquetSource? files) =>
        files is null
            ? DuckDbTables.CreateStaging(Table) + Described
            : $"CREATE OR REPLACE VIEW stg.{Name} AS SELECT {files.Select(Table)} FROM {files.Source};\n{Described}";

    /// <summary>A view that is replaced loses its comments.</summary>
    private string Described =>
        string.Join(";\n", Descriptions.OfStaging("duckdb", Table).Select(d => DuckDbTables.Describe(d)));

    /// <summary>Lists the keys of the rows that the star does not have or has otherwise.</summary>
    public string ListChanged =>
        $"CREATE OR REPLACE TEMP TABLE changed_key AS {LandedOnce}SELECT s.k FROM {Landed} s LEFT JOIN ({Star}) d "
        + $"ON d.k = s.k WHERE d.k IS NULL OR (s.fills_gap = 0 AND {Differs})";

    /// <summary>Takes out the rows that <see cref="InsertChanged"/> brings again.</summary>
    public string RemoveChanged => $"DELETE FROM dw.{Name} WHERE {Key} IN (SELECT k FROM changed_key)";

    public string InsertChanged => $"{InsertAll} WHERE {Key} IN (SELECT k FROM changed_key)";

    public string InsertAll => $"INSERT INTO dw.{Name} ({_columns}) SELECT {_columns} FROM stg.{Name}";

    /// <summary>Adds the rows that are not there, whatever they are.</summary>
    public string InsertMissing => $"{InsertAll} WHERE {Key} NOT IN (SELECT {Key} FROM dw.{Name})";

    private string Numbers => $"{Key} AS k, {_id} AS id, hash({Compared}) AS h, {Measures}";

    private string Compared =>
        string.Join(", ", Table.Columns.Skip(1).Select(c => c.Name).Where(n => n is not ("run_id" or "extracted_at")));
}
