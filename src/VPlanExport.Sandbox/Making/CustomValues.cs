using System.Globalization;
using System.Text.Json.Nodes;

namespace VPlanExport.Sandbox;

/// <summary>
/// Values of custom fields as raw JSON, as cards and collections carry them (A:`344680m0`). The drawing number comes
/// without its field's id, as in one of the vendor's samples.
/// </summary>
internal static class CustomValues
{
    public const string FinishOptions =
        """{"values":[{"description":"RAL 9010","color":"grey"},{"description":"RAL 7016","color":"charcoal"}],"""
        + "\"default\":\"RAL 9010\"}";

    public const string Weight = "Gewicht (kg)";
    public const string Finish = "Afwerking";
    public const string Drawing = "Tekeningnummer";

    public static string OfCard(SandboxRecord board, int tenths) =>
        $$"""
            [{"id":"{{IdOf(board, Weight)}}","name":"{{Weight}}","type":"number","scope":"card","priority":0,
            "value":{{(tenths / 10m).ToString(CultureInfo.InvariantCulture)}}}]
            """.ReplaceLineEndings("");

    public static string OfCollection(SandboxRecord board, int number)
    {
        var chosen =
            number % 2 == 0
                ? """{"description":"RAL 9010","color":"grey"}"""
                : """{"description":"RAL 7016","color":"charcoal"}""";
        var drawing = number.ToString("D5", CultureInfo.InvariantCulture);
        return $$"""
            [{"id":"{{IdOf(board, Finish)}}","name":"{{Finish}}","type":"select","scope":"collection","priority":1,
            "options":{{FinishOptions}},"value":{{chosen}}},
            {"name":"{{Drawing}}","type":"text","scope":"collection","priority":2,"value":"T-{{drawing}}"}]
            """.ReplaceLineEndings("");
    }

    private static string IdOf(SandboxRecord board, string name) =>
        JsonNode
            .Parse(board[Boards.CustomFields].Text!)!
            .AsArray()
            .Single(field => field!["name"]!.ToString() == name)!["id"]!.ToString();
}
