namespace VPlanExport.Extractors;

/// <summary>What the pager needs of a row: its id and the text of the timestamp it seeks by.</summary>
internal readonly record struct ScannedRow(string Id, string? At);

/// <summary>What the pager needs of an answer.</summary>
/// <param name="Count">Rows that match the question, on this page or not (A samples, D); null when the answer does not say.</param>
internal sealed record PageScan(long? Count, IReadOnlyList<ScannedRow> Rows);
