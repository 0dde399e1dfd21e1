using VPlanExport.Dialects;
using VPlanExport.Entities;

namespace VPlanExport.PowerBi;

/// <summary>The generated part of <c>sql/power-bi</c>.</summary>
internal static class PowerBiFolder
{
    /// <summary>The folders in which every file is generated.</summary>
    public static readonly IReadOnlyList<string> Generated = ["power-bi/sqlserver", "power-bi/lake"];

    public const string AnyServer = "localhost";

    /// <summary>Where no server is known: the modeller sets it in Desktop.</summary>
    public static readonly ModelSource.SqlServer AnySqlServer = new(AnyServer, "vplan");

    private static readonly ModelSource.Lake AnyLake = new(@"C:\vplan-data\lake", IsFolder: true);

    /// <summary>Text of every generated file, by path below <c>sql</c>.</summary>
    public static IReadOnlyDictionary<string, string> Render()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["power-bi/measures.md"] = MeasureList(),
        };
        foreach (var (folder, source) in new (string, ModelSource)[] { ("sqlserver", AnySqlServer), ("lake", AnyLake) })
        {
            foreach (var (path, text) in new PowerBiProject(ModelNames.English, source).Files())
                files[$"power-bi/{folder}/{path}"] = text;
        }
        return files;
    }

    /// <summary>Every measure with its two texts, and what gives the same figure of a view.</summary>
    private static string MeasureList()
    {
        var (dax, sql) = (new Dax(ModelNames.English), new MeasureSql("duckdb", Catalog.Tables));
        return "# Measures\n\n"
            + "Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file. "
            + "Each figure is declared once, in\n"
            + "`src/VPlanExport/Entities/*Measures.cs`. Its DAX is the measure of the Power BI model; its SQL, "
            + "here for DuckDB, reads the views in `bi`. Tests hold\n"
            + "both equal to the figure of the view for people that is named.\n\n"
            + string.Concat(
                    Measures.All.Select(m =>
                        $"## {m.Name}\n\n{m.Dutch}. {m.Meaning}{(m.Unit == "" ? "" : $" Unit: {m.Unit}.")}\n\n"
                        + $"```dax\n{dax.Of(m)}\n```\n\n```sql\nSELECT {sql.Of(m)}\n```\n\n"
                        + (m.View is null ? "No view for people has it.\n\n" : $"Equals `SELECT {m.View}`.\n\n")
                    )
                )
                .TrimEnd('\n')
            + "\n";
    }
}
