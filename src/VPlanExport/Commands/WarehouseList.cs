using System.Text.RegularExpressions;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.Commands;

/// <summary>A table or view of the warehouse, for whom it is, and what a row of it is.</summary>
internal sealed record WarehouseObject(string Name, string For, string Meaning);

/// <summary>What can be asked.</summary>
internal static partial class WarehouseList
{
    public static readonly IReadOnlyList<string> Headings = ["name", "for", "what a row is"];

    /// <summary>The views for people first.</summary>
    public static IReadOnlyList<WarehouseObject> All() =>
        [
            .. SqlScripts.Of("duckdb", "bi").Select(s => new WarehouseObject($"bi.{s.Name}", "people", MeaningOf(s))),
            .. Catalog.Tables.Select(t => new WarehouseObject($"bi.{t.Name}", "Power BI", FirstSentence(t.Grain))),
            .. Catalog.Tables.Select(t => new WarehouseObject(
                $"dw.{t.Name}",
                "everything",
                $"As bi.{t.Name}, deleted rows included."
            )),
            .. SqlScripts
                .Of("duckdb", "etl")
                .Select(s => new WarehouseObject($"etl.{s.Name}", "journal", MeaningOf(s))),
        ];

    private static string MeaningOf(SqlScript script) => FirstSentence(Descriptions.HeadOf(script));

    private static string FirstSentence(string text) => Sentence().Match(text).Value;

    [GeneratedRegex(@"^.*?[.](?= |$)|^.*")]
    private static partial Regex Sentence();
}
