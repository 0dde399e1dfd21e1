using System.Globalization;

namespace VPlanExport.Sandbox;

/// <summary>Values of custom fields as raw JSON, as cards and collections carry them (A:`344680m0`).</summary>
internal static class CustomValues
{
    public const string FinishOptions = """{"values":[{"description":"RAL 9010","color":"grey"},{"description":"RAL 7016","color":"charcoal"}],"default":"RAL 9010"}""";

    public static string Weight(int tenths) =>
        $$"""[{"name":"Gewicht (kg)","type":"number","scope":"card","priority":0,"value":{{(tenths / 10m).ToString(CultureInfo.InvariantCulture)}}}]""";

    public static string Finish(int number)
    {
        var chosen = number % 2 == 0 ? """{"description":"RAL 9010","color":"grey"}""" : """{"description":"RAL 7016","color":"charcoal"}""";
        return $$"""
            [{"name":"Afwerking","type":"select","scope":"collection","priority":1,"options":{{FinishOptions}},"value":{{chosen}}},{"name":"Tekeningnummer","type":"text","scope":"collection","priority":2,"value":"T-{{number.ToString("D5", CultureInfo.InvariantCulture)}}"}]
            """.Trim();
    }
}
