using VPlanExport.Model;
using VPlanExport.PowerBi;

namespace VPlanExport.Tests.PowerBi;

/// <summary>A project's model, read back from its files.</summary>
internal sealed class ProjectModel
{
    private const string Definition = "VPlan.SemanticModel/definition/";

    public ProjectModel(IReadOnlyDictionary<string, string> files, ModelNames? names = null)
    {
        Names = names ?? ModelNames.English;
        var read = files
            .Where(f => f.Key.StartsWith(Definition, StringComparison.Ordinal))
            .ToDictionary(f => f.Key[Definition.Length..], f => Tmdl.Read(f.Key, f.Value));
        Model = read["model.tmdl"];
        Tables =
        [
            .. read.Where(f => f.Key.StartsWith("tables/", StringComparison.Ordinal))
                .SelectMany(f => f.Value.Of("table")),
        ];
        Relationships = [.. read["relationships.tmdl"].Of("relationship")];
        Expressions = [.. read["expressions.tmdl"].Of("expression")];
        Roles =
        [
            .. read.Where(f => f.Key.StartsWith("roles/", StringComparison.Ordinal))
                .SelectMany(f => f.Value.Of("role")),
        ];
        Cultures =
        [
            .. read.Where(f => f.Key.StartsWith("cultures/", StringComparison.Ordinal))
                .SelectMany(f => f.Value.Of("cultureInfo")),
        ];
    }

    public ModelNames Names { get; }

    public TmdlObject Model { get; }

    public IReadOnlyList<TmdlObject> Tables { get; }

    public IReadOnlyList<TmdlObject> Relationships { get; }

    public IReadOnlyList<TmdlObject> Expressions { get; }

    public IReadOnlyList<TmdlObject> Roles { get; }

    public IReadOnlyList<TmdlObject> Cultures { get; }

    public IEnumerable<TmdlObject> Measures => Tables.SelectMany(t => t.Of("measure"));

    public IEnumerable<(TmdlObject Table, TmdlObject Column)> Columns =>
        Tables.SelectMany(t => t.Of("column").Select(c => (t, c)));

    /// <summary>The catalog's table of that name; null where it has none.</summary>
    public Table? Declared(string name) => ModelNames.All.FirstOrDefault(t => Names.Table(t) == name);

    public TmdlObject? Table(string name) => Tables.FirstOrDefault(t => t.Name == name);

    /// <summary>Table and column of a reference such as <c>'Time entry'.'Work date key'</c>.</summary>
    public static (string Table, string Column) Ends(string reference)
    {
        var cut = reference.StartsWith('\'')
            ? reference.IndexOf("'.", StringComparison.Ordinal) + 1
            : reference.IndexOf('.', StringComparison.Ordinal);
        return (Tmdl.Unquoted(reference[..cut]), Tmdl.Unquoted(reference[(cut + 1)..]));
    }

    public TmdlObject? Column(string reference)
    {
        var (table, column) = Ends(reference);
        return Table(table)?.Of("column").FirstOrDefault(c => c.Name == column);
    }
}
