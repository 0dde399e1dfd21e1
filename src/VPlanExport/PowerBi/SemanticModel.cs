using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.PowerBi;

/// <summary>The files of the semantic model below <c>definition</c>: database, parameters, relationships, tables, roles
/// and the other language.</summary>
internal sealed class SemanticModel(ModelNames names, ModelSource source)
{
    private const int CompatibilityLevel = 1601;

    private readonly ModelNames _other = new(!names.IsDutch);

    private string Culture => CultureOf(names);

    private bool IsIncremental => source is ModelSource.SqlServer { IsIncremental: true };

    public static string CultureOf(ModelNames names) => names.IsDutch ? "nl-NL" : "en-US";

    public IReadOnlyDictionary<string, string> Files()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["database.tmdl"] = new TmdlWriter()
                .Line(0, "database VPlan")
                .Property(1, "compatibilityLevel", $"{CompatibilityLevel}")
                .ToString(),
            ["model.tmdl"] = Model(),
            ["expressions.tmdl"] = Expressions(),
            ["relationships.tmdl"] = Relationships(),
            [$"cultures/{CultureOf(_other)}.tmdl"] = Translations(),
        };
        foreach (var role in SecurityRoles.All(names))
            files[$"roles/{role.Name}.tmdl"] = role.Text;
        foreach (var table in ModelNames.All)
            files[$"tables/{names.Table(table)}.tmdl"] = new TmdlTable(names, source).Of(table);
        return files;
    }

    private string Model()
    {
        var file = new TmdlWriter()
            .Line(0, "model Model")
            .Property(1, "culture", Culture)
            .Property(1, "defaultPowerBIDataSourceVersion", "powerBI_V3")
            .Line(1, "discourageImplicitMeasures")
            .Property(1, "sourceQueryCulture", Culture)
            .Line(1, "dataAccessOptions")
            .Line(2, "legacyRedirects")
            .Line(2, "returnErrorValuesAsNull")
            .Blank()
            .Line(0, "annotation __PBI_TimeIntelligenceEnabled = 0")
            .Blank()
            .Line(0, $"annotation PBI_QueryOrder = [{string.Join(",", Queries().Select(q => $"\"{q}\""))}]")
            .Blank();
        foreach (var table in ModelNames.All)
            file.Line(0, $"ref table {TmdlWriter.Name(names.Table(table))}");
        file.Blank().Line(0, $"ref cultureInfo {CultureOf(_other)}").Blank();
        foreach (var role in SecurityRoles.All(names))
            file.Line(0, $"ref role {TmdlWriter.Name(role.Name)}");
        return file.ToString();
    }

    private IEnumerable<string> Queries() =>
        [
            .. source.Parameters.Select(p => p.Name),
            .. IsIncremental ? ["RangeStart", "RangeEnd"] : Array.Empty<string>(),
            .. ModelNames.All.Select(names.Table),
        ];

    private string Expressions()
    {
        var file = new TmdlWriter();
        foreach (var (name, value) in source.Parameters)
            Parameter(file, name, $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", "Text");
        if (IsIncremental)
        {
            Parameter(file, "RangeStart", "#datetime(2026, 1, 1, 0, 0, 0)", "DateTime");
            Parameter(file, "RangeEnd", "#datetime(2027, 1, 1, 0, 0, 0)", "DateTime");
        }
        return file.ToString();
    }

    private static void Parameter(TmdlWriter file, string name, string value, string type) =>
        file.Line(
                0,
                $"expression {TmdlWriter.Name(name)} = {value} meta [IsParameterQuery=true, Type=\"{type}\", "
                    + $"IsParameterQueryRequired=true]"
            )
            .Property(1, "lineageTag", StableGuid.Of($"expression/{name}"))
            .Blank()
            .Line(1, $"annotation PBI_ResultType = {type}")
            .Blank();

    private string Relationships()
    {
        var file = new TmdlWriter();
        foreach (var relation in ModelRelations.All)
        {
            file.Line(0, $"relationship {StableGuid.Of($"relationship/{relation.Id}")}")
                .Property(1, "isActive", relation.IsActive ? null : "false")
                .Property(1, "crossFilteringBehavior", relation.FiltersBack ? "bothDirections" : null)
                .Property(1, "fromColumn", Reference(relation.From, relation.Key))
                .Property(1, "toColumn", Reference(relation.To, relation.To.Key))
                .Blank();
        }
        return file.ToString();
    }

    private string Reference(Table table, Column column) =>
        $"{TmdlWriter.Name(names.Table(table))}.{TmdlWriter.Name(names.Column(table, column))}";

    private string Translations()
    {
        var file = new TmdlWriter()
            .Line(0, $"cultureInfo {CultureOf(_other)}")
            .Line(1, "translations")
            .Line(2, "model Model");
        foreach (var table in ModelNames.All)
        {
            file.Line(3, $"table {TmdlWriter.Name(names.Table(table))}").Property(4, "caption", _other.Table(table));
            foreach (var measure in Measures.All.Where(m => m.Table == table.Name))
                file.Line(4, $"measure {TmdlWriter.Name(names.Measure(measure))}")
                    .Property(5, "caption", _other.Measure(measure))
                    .Property(5, "displayFolder", _other.Folder(measure));
            foreach (var column in ModelColumns.Of(table))
                file.Line(4, $"column {TmdlWriter.Name(names.Column(table, column))}")
                    .Property(5, "caption", _other.Column(table, column));
            foreach (var (english, dutch, _) in ModelColumns.Hierarchies.Where(_ => ModelColumns.IsCalendar(table)))
                file.Line(4, $"hierarchy {TmdlWriter.Name(names.IsDutch ? dutch : english)}")
                    .Property(5, "caption", names.IsDutch ? english : dutch);
        }
        return file.ToString();
    }
}
