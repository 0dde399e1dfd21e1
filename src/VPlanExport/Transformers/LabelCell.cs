using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using VPlanExport.Model;

namespace VPlanExport.Transformers;

/// <summary>Text, or what people call an object or the elements of a list.</summary>
internal sealed class LabelCell(Column column, ColumnBuffer<string> buffer, RowCursor cursor) : TextCell(column, buffer, cursor)
{
    private static readonly string[] Names = ["description", "name", "fullname", "label", "value"];
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = RowContract.Json.MaxDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public override string? Write(in PageValue value)
    {
        if (!value.IsStructure)
            return base.Write(value);
        if (!Utf8.IsValid(value.Raw))
            return RowContract.NotUnicode;
        using var json = JsonDocument.Parse(RowContract.Whole(value.Raw), Options);
        var label = LabelOf(json.RootElement);
        return label.Length == 0 ? null : base.Write(new PageValue(JsonTokenType.String, Encoding.UTF8.GetBytes(label), value.Raw));
    }

    private static string LabelOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", element.EnumerateArray().Select(LabelOf).Where(label => label.Length > 0)),
        JsonValueKind.Object => Names.Where(name => element.TryGetProperty(name, out _)).Select(name => LabelOf(element.GetProperty(name))).FirstOrDefault(label => label.Length > 0) ?? "",
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => element.ToString(),
    };
}
