using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using System.Xml.Linq;

namespace VPlanExport.Report;

/// <summary>
/// HTML as a tree, so that no text is ever joined with markup: every text is encoded in one place when the tree is
/// written.
/// </summary>
internal static class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly string[] Empty = ["meta", "link"];

    public static XElement Of(string name, params object?[] content) => new(name, content);

    public static XAttribute Is(string name, object value) => new(name, value);

    /// <summary>A name that people gave: its direction of writing stays its own.</summary>
    public static XElement Name(string text) => Of("bdi", text);

    public static string Document(XElement root)
    {
        var text = new StringBuilder("<!doctype html>\n");
        Write(root, text);
        return text.Append('\n').ToString();
    }

    private static void Write(XNode node, StringBuilder text)
    {
        switch (node)
        {
            case XElement element:
                Write(element, text);
                break;
            case XText content when node.Parent is { Name.LocalName: "style" }:
                text.Append(content.Value);
                break;
            case XText content:
                text.Append(Encode(content.Value));
                break;
        }
    }

    private static void Write(XElement element, StringBuilder text)
    {
        var name = element.Name.LocalName;
        if (Breaks(name))
            text.Append('\n');
        text.Append('<').Append(name);
        foreach (var attribute in element.Attributes())
            text.Append(CultureInfo.InvariantCulture, $" {attribute.Name.LocalName}=\"{Encode(attribute.Value)}\"");
        text.Append('>');
        if (Empty.Contains(name))
            return;
        foreach (var child in element.Nodes())
            Write(child, text);
        text.Append("</").Append(name).Append('>');
    }

    /// <summary>Lines that a person can read, and that a comparison of two reports shows.</summary>
    private static bool Breaks(string name) =>
        name
            is "head"
                or "body"
                or "meta"
                or "link"
                or "title"
                or "style"
                or "header"
                or "nav"
                or "main"
                or "section"
                or "p"
                or "h2"
                or "h3"
                or "table"
                or "tr"
                or "figure"
                or "svg"
                or "ul"
                or "li"
                or "dl"
                or "dt"
                or "details"
                or "footer"
                or "div";

    private static string Encode(string text) =>
        Encoder.Encode(string.Concat(text.Where(c => c is '\t' or '\n' || !char.IsControl(c))));
}
