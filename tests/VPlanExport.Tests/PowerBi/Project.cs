using VPlanExport.PowerBi;

namespace VPlanExport.Tests.PowerBi;

/// <summary>The projects that tests check, each generated once.</summary>
internal static class Project
{
    private static readonly ModelNames s_dutch = new(isDutch: true);

    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> s_files = new()
    {
        ["sqlserver"] = new PowerBiProject(ModelNames.English, new ModelSource.SqlServer("server", "vplan")).Files(),
        ["incremental-nl"] = new PowerBiProject(
            s_dutch,
            new ModelSource.SqlServer("server", "vplan", IsIncremental: true)
        ).Files(),
        ["lake"] = new PowerBiProject(ModelNames.English, new ModelSource.Lake(@"C:\lake", IsFolder: true)).Files(),
        ["lake-in-azure"] = new PowerBiProject(
            ModelNames.English,
            new ModelSource.Lake("https://account.dfs.core.windows.net/container/prefix", IsFolder: false)
        ).Files(),
    };

    public static IEnumerable<string> Kinds => s_files.Keys;

    public static IReadOnlyDictionary<string, string> Files(string kind) => s_files[kind];

    public static ModelNames NamesOf(string kind) =>
        kind.EndsWith("-nl", StringComparison.Ordinal) ? s_dutch : ModelNames.English;
}
