namespace VPlanExport.Model;

/// <summary>The columns that every table ends with, as a merge needs them.</summary>
internal static class SystemColumns
{
    public const string IsInferred = "is_inferred";
    public const string IsDeleted = "is_deleted";

    public static bool Inferred(RowBatch batch, int row) =>
        batch.Table.Has(IsInferred) && batch.Typed<bool>(IsInferred) is var flags && !flags.IsNull(row) && flags[row];

    /// <summary>Not deleted, not inferred and not the unknown member.</summary>
    public static bool Live(RowBatch batch, int row) =>
        batch.Key(row) != SurrogateKey.Unknown && !Deleted(batch, row) && !Inferred(batch, row);

    private static bool Deleted(RowBatch batch, int row) =>
        batch.Typed<bool>(IsDeleted) is var flags && !flags.IsNull(row) && flags[row];

    public static void Tombstone(RowBatch batch, int row, string runId, DateTime extractedAt)
    {
        batch.Typed<bool>(IsDeleted).Set(row, true);
        batch.Typed<string>("run_id").Set(row, runId);
        batch.Typed<DateTime>("extracted_at").Set(row, extractedAt);
    }
}
