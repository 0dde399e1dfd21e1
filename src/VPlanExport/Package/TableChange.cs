using System.Text.Json.Serialization;
using VPlanExport.Model;

namespace VPlanExport.Package;

/// <summary>A Parquet file of rows of one table. Keys are unique over all files of a table in a run.</summary>
/// <param name="Path">Path in the run's store.</param>
/// <param name="Month">Lake partition (<c>2026-10</c>), or null for rows without a date or tables without
/// partitions.</param>
internal sealed record RowFileInfo(string Path, string? Month, long Rows, long Bytes)
{
    /// <summary>Of the file's bytes; null where the store finds damage itself.</summary>
    public string? Checksum { get; init; }
}

/// <summary>What one run changes in one table. Both sinks apply it by the same rules, and applying it twice changes
/// nothing.</summary>
/// <remarks>
/// 1. Every row in <see cref="Files"/> is inserted or, by key, overwrites the row that is there; a row with is_inferred
/// and the unknown member only fill a gap. 2. Rows that are there and become <c>is_deleted</c> (with this run's id and
/// extraction time), never the unknown member nor inferred ones: those in <see cref="Deleted"/>, and those absent from
/// the files (an inferred row says only that something refers to it) that one of the <see cref="DeleteScopes"/> gives
/// up.
/// </remarks>
internal sealed record TableChange(string Table, IReadOnlyList<RowFileInfo> Files)
{
    /// <summary>Keys of rows that vPlan says it no longer has.</summary>
    [JsonPropertyName("Gone")]
    public IReadOnlyList<long> Deleted { get; init; } = [];

    /// <summary>One for each entity of the run that fills the table.</summary>
    [JsonPropertyName("Claims")]
    public IReadOnlyList<DeleteScope> DeleteScopes { get; init; } = [];

    /// <summary>What the files hold, read back from them; null in a run of an earlier version.</summary>
    public ControlTotals? Filed { get; init; }

    /// <summary>The rows of the table that <see cref="Files"/> do not hold, as they are after the run; null unless the
    /// run read everything.</summary>
    public RetainedRows? Retained { get; init; }

    public long Rows => Files.Sum(f => f.Rows);
}

/// <summary>Rows that a run which read everything did not bring, above all those that are no longer in vPlan. A sink
/// that lacks the runs before has them from nowhere else.</summary>
/// <param name="Filed">What the files hold, read back from them.</param>
internal sealed record RetainedRows(IReadOnlyList<RowFileInfo> Files, ControlTotals Filed);

/// <summary>
/// What a run says by leaving rows out of its files. On a table of records it speaks of every row; on a nested one of
/// the rows that have such a parent, and of no others.
/// </summary>
/// <remarks>
/// A row is given up whose parent is in the parent's <see cref="TableChange.Deleted"/>; and, unless it is
/// <see cref="Excluded"/>, when the claim <see cref="IsFullSnapshot"/> or, with <see cref="ReplacesChildren"/>, its
/// parent is among the run's rows of the parent's table (inferred rows say nothing about children).
/// </remarks>
internal sealed record DeleteScope(Parent? Parent = null)
{
    /// <summary>The files hold every row that vPlan has.</summary>
    [JsonPropertyName("IsComplete")]
    public bool IsFullSnapshot { get; init; }

    /// <summary>Nested tables: the array was in vPlan's answer, so what a parent in this run no longer lists is
    /// gone.</summary>
    public bool ReplacesChildren { get; init; }

    /// <summary>Keys (on a nested table: parent keys) that are not gone: they were rejected, or came without the nested
    /// array.</summary>
    [JsonPropertyName("Protected")]
    public IReadOnlyList<long> Excluded { get; init; } = [];
}

/// <summary>What a run brings to a sink.</summary>
/// <param name="Sequence">1 for the first run, then one more for each: the version the sink's journal keeps.</param>
internal sealed record ChangeSet(string RunId, long Sequence, DateTime ExtractedAt, IReadOnlyList<TableChange> Tables)
{
    /// <summary>Whose data it is; null in a run of an earlier version.</summary>
    public VPlanEnvironment? Environment { get; init; }

    /// <summary>How each entity was last read, by this run or one before; null in a run of an earlier
    /// version.</summary>
    public IReadOnlyDictionary<string, ReadProof>? Reads { get; init; }

    /// <summary>The sequence of the run before, 0 for none: a sink that lacks it needs the retained rows,
    /// too.</summary>
    public long PreviousSequence { get; init; }

    /// <summary>What the run brings to a sink that lacks the run before: the retained rows, too.</summary>
    public ChangeSet WithRetained() =>
        this with
        {
            Tables =
            [
                .. Tables.Select(change =>
                    change.Retained is { } retained
                        ? change with
                        {
                            Files = [.. change.Files, .. retained.Files],
                            Filed = change.Filed + retained.Filed,
                        }
                        : change
                ),
            ],
        };
}
