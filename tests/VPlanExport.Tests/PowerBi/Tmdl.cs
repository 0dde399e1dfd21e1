using System.Text.RegularExpressions;

namespace VPlanExport.Tests.PowerBi;

/// <summary>An object of a TMDL file, with its properties and the objects in it.</summary>
internal sealed class TmdlObject(string type, string name)
{
    public string Type { get; } = type;

    public string Name { get; } = name;

    public string Description { get; set; } = "";

    public string? Expression { get; set; }

    public Dictionary<string, string> Properties { get; } = [];

    public List<TmdlObject> Children { get; } = [];

    public string? this[string property] => Properties.GetValueOrDefault(property);

    public bool Is(string flag) => this[flag] is "true";

    public IEnumerable<TmdlObject> Of(string type) => Children.Where(c => c.Type == type);
}

/// <summary>Reads TMDL as Desktop does: a tab a level; a property that an object cannot have, or that stands twice, is an error.</summary>
internal static partial class Tmdl
{
    private static readonly Dictionary<string, string> s_properties = new()
    {
        ["database"] = "compatibilityLevel",
        ["model"] = "culture defaultPowerBIDataSourceVersion discourageImplicitMeasures sourceQueryCulture",
        ["dataAccessOptions"] = "legacyRedirects returnErrorValuesAsNull",
        ["table"] = "isHidden lineageTag dataCategory caption",
        ["measure"] = "formatString displayFolder lineageTag caption",
        ["column"] =
            "dataType isHidden isKey formatString isAvailableInMdx displayFolder lineageTag summarizeBy sourceColumn sortByColumn caption",
        ["hierarchy"] = "lineageTag caption",
        ["level"] = "lineageTag column",
        ["partition"] = "mode",
        ["refreshPolicy"] =
            "policyType rollingWindowGranularity rollingWindowPeriods incrementalGranularity incrementalPeriods",
        ["relationship"] = "isActive crossFilteringBehavior fromColumn toColumn fromCardinality toCardinality",
        ["expression"] = "lineageTag",
        ["role"] = "modelPermission",
    };

    private static readonly string[] s_declared =
    [
        "database",
        "model",
        "table",
        "column",
        "measure",
        "hierarchy",
        "level",
        "partition",
        "relationship",
        "expression",
        "role",
        "tablePermission",
        "cultureInfo",
        "annotation",
        "ref",
    ];

    private static readonly string[] s_unnamed = ["dataAccessOptions", "refreshPolicy", "translations"];

    public static TmdlObject Read(string file, string text)
    {
        var lines = text.Split('\n');
        var open = new Stack<(int Level, TmdlObject Object)>();
        var root = new TmdlObject("file", file);
        var description = "";
        open.Push((-1, root));
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (line.Trim() == "")
                continue;
            var level = line.TakeWhile(c => c == '\t').Count();
            var said = line[level..];
            if (said.StartsWith("///", StringComparison.Ordinal))
            {
                description = $"{description} {said[3..].Trim()}".Trim();
                continue;
            }
            while (open.Peek().Level >= level)
                open.Pop();
            var (at, parent) = open.Peek();
            if (level != at + 1)
                throw Wrong(file, i, "stands at the wrong depth");
            if (Declared(said) is { } declared)
            {
                declared.Description = description;
                parent.Children.Add(declared);
                open.Push((level, declared));
                if (declared.Expression == "")
                    declared.Expression = Block(lines, level + 2, ref i);
            }
            else
            {
                if (description != "")
                    throw Wrong(file, i, "has a description, which a property cannot have");
                Set(file, i, parent, said, () => Block(lines, level + 2, ref i));
            }
            description = "";
        }
        return root;
    }

    private static TmdlObject? Declared(string said)
    {
        if (s_unnamed.Contains(said))
            return new TmdlObject(said, "");
        if (said.StartsWith("ref ", StringComparison.Ordinal))
            return new TmdlObject("ref", said[4..]);
        var match = Declaration().Match(said);
        return match.Success && s_declared.Contains(match.Groups["type"].Value)
            ? new TmdlObject(match.Groups["type"].Value, Unquoted(match.Groups["name"].Value))
            {
                Expression = match.Groups["is"].Success ? match.Groups["expression"].Value.Trim() : null,
            }
            : null;
    }

    private static void Set(string file, int line, TmdlObject parent, string said, Func<string> block)
    {
        var (key, value) =
            said.Split(':', 2) is [var name, var rest] && !said.Contains(" =", StringComparison.Ordinal)
                ? (name, rest.Trim())
            : said is "source =" or "sourceExpression =" ? (said.Split(' ')[0], block())
            : (said, "true");
        var allowed =
            $"{s_properties.GetValueOrDefault(parent.Type)}{(parent.Type is "partition" ? " source" : parent.Type is "refreshPolicy" ? " sourceExpression" : "")}".Split(
                ' '
            );
        if (!allowed.Contains(key))
            throw Wrong(file, line, $"is no property of a {parent.Type}");
        if (!parent.Properties.TryAdd(key, value))
            throw Wrong(file, line, "stands twice");
    }

    private static string Block(string[] lines, int depth, ref int line)
    {
        var (tabs, body) = (new string('\t', depth), new List<string>());
        while (line + 1 < lines.Length && lines[line + 1].StartsWith(tabs, StringComparison.Ordinal))
            body.Add(lines[++line][depth..]);
        return string.Join('\n', body);
    }

    public static string Unquoted(string name) =>
        name.StartsWith('\'') ? name[1..^1].Replace("''", "'", StringComparison.Ordinal) : name;

    private static FormatException Wrong(string file, int line, string what) =>
        new($"{file}, line {line + 1}: {what}.");

    [GeneratedRegex(@"^(?<type>[a-zA-Z]+) (?<name>'(?:[^']|'')+'|[^ =]+(?: [^ =]+)?)(?<is> =(?<expression>.*))?$")]
    private static partial Regex Declaration();
}
