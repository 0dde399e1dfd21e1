using Microsoft.SqlServer.Dac;
using Microsoft.SqlServer.Dac.Model;
using VPlanExport.Model;
using Table = VPlanExport.Model.Table;

namespace VPlanExport.Dialects;

/// <summary>
/// The star in SQL Server as one file that DBAs compare with a database and deploy with SqlPackage. It is the only
/// class that names DacFx, which takes long to load.
/// </summary>
internal static class Dacpac
{
    private static readonly string[] Generated =
    [
        "sqlserver/stg/",
        "sqlserver/dw/",
        "sqlserver/bi/star/",
        "sqlserver/references/",
        "sqlserver/marks/",
    ];
    private static readonly string[] WrittenByHand = ["schema", "etl", "bi"];

    /// <summary>Every script of <c>sql/sqlserver</c> and <c>sql/bi</c>, compiled as SQL Server 2019 reads it.</summary>
    public static TSqlModel Compile(IEnumerable<string> scripts)
    {
        var model = new TSqlModel(SqlServerVersion.Sql150, new TSqlModelOptions());
        foreach (var script in scripts)
            model.AddObjects(script);
        return model;
    }

    /// <summary>Writes the file, over one that is there.</summary>
    public static void Write(string path, IReadOnlyList<Entity> entities, IReadOnlyList<Table> tables)
    {
        using var model = Compile(Scripts(entities, tables));
        using var file = File.Create(path);
        DacPackageExtensions.BuildPackage(file, model, new PackageMetadata { Name = "vplan-export" });
    }

    private static IEnumerable<string> Scripts(IReadOnlyList<Entity> entities, IReadOnlyList<Table> tables) =>
        [
            .. SqlFolder
                .Render(entities, tables)
                .Where(file => Generated.Any(folder => file.Key.StartsWith(folder, StringComparison.Ordinal)))
                .Select(file => file.Value),
            .. WrittenByHand.SelectMany(folder => SqlScripts.Of("sqlserver", folder)).Select(script => script.Text),
        ];
}
