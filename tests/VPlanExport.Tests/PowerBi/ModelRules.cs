using System.Text.RegularExpressions;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.PowerBi;

namespace VPlanExport.Tests.PowerBi;

/// <summary>What the Best Practice Analyzer and Power BI itself ask of a model, as far as its text tells. A rule is told by its number.</summary>
internal static partial class ModelRules
{
    private static readonly string[] s_formats =
    [
        "#,##0",
        "#,##0.0",
        "#,##0.00",
        "#,##0.0%",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:nn",
    ];
    private static readonly string[] s_stringFunctions =
    [
        "RIGHT(",
        "LEFT(",
        "UPPER(",
        "LOWER(",
        "FIND(",
        "SEARCH(",
        "MID(",
        "SUBSTITUTE(",
        "CONTAINSSTRING(",
    ];
    private static readonly string[] s_notes = ["description", "note", "meta", "warnings", "external_note"];

    private static readonly Dictionary<string, Func<ProjectModel, IEnumerable<string>>> s_rules = new()
    {
        ["1 no column is a double"] = m => m.Columns.Where(c => c.Column["dataType"] == "double").Select(Named),
        ["2 a hidden column is not in MDX unless it sorts or is a level"] = m =>
            m.Columns.Where(c =>
                    (c.Column["isAvailableInMdx"] == "false") != (c.Column.Is("isHidden") && !IsUsed(c.Table, c.Column))
                )
                .Select(Named),
        ["3 one table is the date table"] = m =>
            m.Tables.Count(t =>
                t["dataCategory"] == "Time" && t.Of("column").Any(c => c.Is("isKey") && c["dataType"] == "dateTime")
            ) == 1
                ? []
                : ["the model"],
        ["4 no automatic date tables"] = m =>
            m.Model.Of("annotation").Any(a => a is { Name: "__PBI_TimeIntelligenceEnabled", Expression: "0" })
                ? []
                : ["the model"],
        ["5 only a bridge filters back"] = m =>
            m.Relationships.Where(r =>
                    (r["crossFilteringBehavior"] is not null && From(m, r)?.Kind != TableKind.Bridge)
                    || r["fromCardinality"] is not null
                    || r["toCardinality"] is "many"
                )
                .Select(Ends),
        ["6 no dimension leads to another"] = m =>
            m.Relationships.Where(r =>
                    r["isActive"] is null && From(m, r) is { Kind: TableKind.Dimension, IsEvent: false }
                )
                .Select(Ends),
        ["7 both ends are integers"] = m =>
            m.Relationships.Where(r =>
                    m.Column(r["fromColumn"]!)?["dataType"] != "int64"
                    || m.Column(r["toColumn"]!)?["dataType"] != "int64"
                )
                .Select(Ends),
        ["8 foreign keys are hidden"] = m =>
            m.Relationships.Where(r => m.Column(r["fromColumn"]!)?.Is("isHidden") != true).Select(Ends),
        ["9 a dimension's key is marked"] = m =>
            m.Tables.Where(t =>
                    m.Declared(t.Name)?.Kind == TableKind.Dimension && t.Of("column").Count(c => c.Is("isKey")) != 1
                )
                .Select(t => t.Name),
        ["10 what a measure adds up is hidden"] = m =>
            m.Columns.Where(c =>
                    !c.Column.Is("isHidden")
                    && c.Column["dataType"] is "int64" or "decimal"
                    && !c.Column.Is("isHidden")
                    && m.Declared(c.Table.Name)?.Kind == TableKind.Fact
                    && Summed(m).Contains(Reference(c))
                )
                .Select(Named),
        ["11 a measure has a format and a description"] = m =>
            m.Measures.Where(x => !s_formats.Contains(x["formatString"]) || x.Description == "").Select(x => x.Name),
        ["12 no column is summed by itself"] = m =>
            m.Columns.Where(c => c.Column["summarizeBy"] != "none").Select(Named),
        ["13 columns are named with their table, measures alone"] = m =>
            m.Measures.Concat(m.Roles.SelectMany(r => r.Children))
                .Where(x =>
                    Alone()
                        .Matches(x.Expression!)
                        .Any(r => r.Groups[1].Value != "Value" && m.Measures.All(y => y.Name != r.Groups[1].Value))
                )
                .Select(x => x.Name),
        ["14 DIVIDE divides"] = m =>
            m.Measures.Where(x => x.Expression!.Contains('/', StringComparison.Ordinal)).Select(x => x.Name),
        ["15 no IFERROR, EVALUATEANDLOG, 1-"] = m =>
            m.Measures.Where(x =>
                    x.Expression!.Contains("IFERROR", StringComparison.Ordinal)
                    || x.Expression.Contains("EVALUATEANDLOG", StringComparison.Ordinal)
                    || x.Expression.StartsWith("1 -", StringComparison.Ordinal)
                )
                .Select(x => x.Name),
        ["16 no two measures are one"] = m =>
            m.Measures.GroupBy(x => x.Expression)
                .Where(g => g.Count() > 1)
                .Select(g => g.First().Name)
                .Concat(m.Measures.Where(x => Alone().Replace(x.Expression!, "") == "").Select(x => x.Name)),
        ["17 an inactive relationship is used"] = m =>
            m.Relationships.Where(r =>
                    r["isActive"] == "false"
                    && !m.Measures.Any(x =>
                        x.Expression!.Contains(
                            $"USERELATIONSHIP({Dax(r["fromColumn"]!)}, {Dax(r["toColumn"]!)})",
                            StringComparison.Ordinal
                        )
                    )
                )
                .Select(Ends),
        ["18 a column has a source, a measure an expression"] = m =>
            m.Columns.Where(c => c.Column["sourceColumn"] is null)
                .Select(Named)
                .Concat(m.Measures.Where(x => string.IsNullOrEmpty(x.Expression)).Select(x => x.Name)),
        ["19 names are clean"] = m =>
            m.Columns.Select(c => c.Column.Name)
                .Concat(m.Measures.Select(x => x.Name))
                .Concat(m.Tables.Select(t => t.Name))
                .Where(n => n != n.Trim() || n.Any(char.IsControl) || char.IsLower(n[0])),
        ["20 a month's name is sorted"] = m =>
            m.Columns.Where(c =>
                    c.Column["sourceColumn"] is "month_name" or "weekday_name" && c.Column["sortByColumn"] is null
                )
                .Select(Named),
        ["21 a date has a format"] = m =>
            m.Columns.Where(c => c.Column["dataType"] == "dateTime" && c.Column["formatString"] is null).Select(Named),
        ["22 what is seen is described"] = m =>
            m.Tables.Where(t => t.Description == "")
                .Select(t => t.Name)
                .Concat(m.Columns.Where(c => !c.Column.Is("isHidden") && c.Column.Description == "").Select(Named)),
        ["23 every table has a relationship"] = m =>
            m.Tables.Where(t =>
                    m.Declared(t.Name) != Freshness.View
                    && !m.Relationships.Any(r =>
                        ProjectModel.Ends(r["fromColumn"]!).Table == t.Name
                        || ProjectModel.Ends(r["toColumn"]!).Table == t.Name
                    )
                )
                .Select(t => t.Name),
        ["24 the partition is named as its table"] = m =>
            m.Tables.Where(t => t.Of("partition").Select(p => p.Name).ToList() is not [var one] || one != t.Name)
                .Select(t => t.Name),
        ["25 roles use no string functions"] = m =>
            m.Roles.Where(r =>
                    r.Children.Any(p => s_stringFunctions.Any(f => p.Expression!.Contains(f, StringComparison.Ordinal)))
                )
                .Select(r => r.Name),
        ["26 nothing is calculated in the model"] = m =>
            m.Columns.Where(c => c.Column.Expression is not null)
                .Select(Named)
                .Concat(m.Tables.Where(t => t.Of("partition").Any(p => p.Expression != "m")).Select(t => t.Name)),
        ["27 notes are not shown"] = m =>
            m.Columns.Where(c =>
                    !c.Column.Is("isHidden")
                    && m.Declared(c.Table.Name) is { } t
                    && c.Column["sourceColumn"] is { } source
                    && s_notes.Contains(source)
                    && t[source].Type.Length > 255
                )
                .Select(Named),
        ["every column is the catalog's"] = Columns,
        ["a relationship's ends are there"] = m =>
            m.Relationships.Where(r => m.Column(r["fromColumn"]!) is null || m.Column(r["toColumn"]!) is null)
                .Select(Ends),
        ["one active way leads from table to table"] = Ways,
        ["what a measure names is there"] = m =>
            m.Measures.Concat(m.Roles.SelectMany(r => r.Children))
                .SelectMany(x =>
                    Qualified()
                        .Matches(x.Expression!)
                        .Where(r =>
                            m.Table(r.Groups[1].Value)?.Of("column").Any(c => c.Name == r.Groups[2].Value) != true
                        )
                        .Select(r => $"{x.Name}: {r.Value}")
                ),
        ["names are told apart"] = m =>
            m.Measures.Select(x => x.Name)
                .GroupBy(n => n, StringComparer.OrdinalIgnoreCase)
                .Where(g => g.Count() > 1)
                .Select(g => g.Key)
                .Concat(
                    m.Tables.SelectMany(t =>
                        t.Of("column")
                            .Concat(t.Of("measure"))
                            .Concat(t.Of("hierarchy"))
                            .GroupBy(c => c.Name, StringComparer.OrdinalIgnoreCase)
                            .Where(g => g.Count() > 1)
                            .Select(g => $"{t.Name}.{g.Key}")
                    )
                ),
        ["a parameter has no table's name"] = m =>
            m.Expressions.Select(e => e.Name).Intersect(m.Tables.Select(t => t.Name)),
    };

    /// <summary>The rules that are broken, and by what.</summary>
    public static IReadOnlyList<string> Broken(ProjectModel model) =>
        [.. s_rules.SelectMany(rule => rule.Value(model).Select(what => $"{rule.Key}: {what}"))];

    private static IEnumerable<string> Columns(ProjectModel m)
    {
        foreach (var table in ModelNames.All)
        {
            var there = m.Table(m.Names.Table(table))?.Of("column").Select(c => c["sourceColumn"]).ToHashSet() ?? [];
            foreach (var column in table.Columns.Where(c => there.Contains(c.Name) == ModelColumns.IsLeftOut(table, c)))
                yield return $"{table.Name}.{column.Name}";
            foreach (var unknown in there.Where(name => name is not null && !table.Has(name)))
                yield return $"{table.Name}.{unknown}";
        }
    }

    /// <summary>Filters run from the one side to the many side, and back where a bridge says so.</summary>
    private static IEnumerable<string> Ways(ProjectModel m)
    {
        var steps = m
            .Relationships.Where(r => r["isActive"] is null)
            .SelectMany(r =>
            {
                var (from, to) = (ProjectModel.Ends(r["fromColumn"]!).Table, ProjectModel.Ends(r["toColumn"]!).Table);
                return r["crossFilteringBehavior"] is null ? new[] { (From: to, To: from) } : [(to, from), (from, to)];
            })
            .ToLookup(s => s.From, s => s.To);
        foreach (var start in m.Tables.Select(t => t.Name))
        {
            var ways = new Dictionary<string, int>();
            Walk(start, [start]);
            foreach (var (to, count) in ways.Where(w => w.Value > 1))
                yield return $"{count} ways from {start} to {to}";

            void Walk(string at, string[] path)
            {
                foreach (var next in steps[at].Where(n => !path.Contains(n)))
                {
                    ways[next] = ways.GetValueOrDefault(next) + 1;
                    Walk(next, [.. path, next]);
                }
            }
        }
    }

    private static HashSet<string> Summed(ProjectModel m) =>
        [.. m.Measures.SelectMany(x => Aggregated().Matches(x.Expression!).Select(r => r.Groups[1].Value))];

    private static Table? From(ProjectModel m, TmdlObject relationship) =>
        m.Declared(ProjectModel.Ends(relationship["fromColumn"]!).Table);

    private static bool IsUsed(TmdlObject table, TmdlObject column) =>
        table.Of("column").Any(c => c["sortByColumn"] is { } by && Tmdl.Unquoted(by) == column.Name)
        || table.Of("hierarchy").SelectMany(h => h.Of("level")).Any(l => Tmdl.Unquoted(l["column"]!) == column.Name);

    private static string Named((TmdlObject Table, TmdlObject Column) c) => $"{c.Table.Name}.{c.Column.Name}";

    private static string Reference((TmdlObject Table, TmdlObject Column) c) => $"'{c.Table.Name}'[{c.Column.Name}]";

    private static string Dax(string reference) =>
        ProjectModel.Ends(reference) is var (table, column) ? $"'{table}'[{column}]" : "";

    private static string Ends(TmdlObject relationship) => $"{relationship["fromColumn"]} > {relationship["toColumn"]}";

    [GeneratedRegex(@"(?<!')\[([^\]]+)\]")]
    private static partial Regex Alone();

    [GeneratedRegex(@"'([^']+)'\[([^\]]+)\]")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"SUM\(('[^']+'\[[^\]]+\])\)")]
    private static partial Regex Aggregated();
}
