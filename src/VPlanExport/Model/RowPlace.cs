namespace VPlanExport.Model;

/// <summary>Where a record stands in a run: its page, and its place in the page's <c>data</c>, from 0.</summary>
public readonly record struct RowPlace(int Page, int Row);
