namespace VPlanExport.Loaders.Lake;

/// <summary>A Parquet file of a version of a table.</summary>
/// <param name="Path">In the lake.</param>
/// <param name="Columns">What it holds, in its order: one that was written before a column was there lacks it.</param>
public sealed record LakeFile(string Path, IReadOnlyList<string> Columns);
