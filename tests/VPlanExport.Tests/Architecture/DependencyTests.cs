using System.Text.RegularExpressions;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Architecture;

/// <summary>
/// Dependencies run one way: Commands, then Report, then Runs, then Configuration, then Extract, Transform, Lake and Warehouse (none knows another), then
/// Package, then Entities and Storage, then Dialects, then Model.
/// </summary>
[Trait("Tier", "unit")]
public sealed partial class DependencyTests
{
    private static readonly string[] s_shared = ["Package", "Entities", "Storage", "Dialects", "Model"];

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Model"] = [],
        ["Dialects"] = ["Model"],
        ["Storage"] = ["Dialects", "Model"],
        ["Entities"] = ["Model"],
        ["PowerBi"] = ["Entities", "Dialects", "Model"],
        ["Package"] = ["Entities", "Storage", "Dialects", "Model"],
        ["Extract"] = s_shared,
        ["Transform"] = s_shared,
        ["Lake"] = s_shared,
        ["Warehouse"] = s_shared,
        ["Configuration"] = ["Extract", "Warehouse", "Entities", "Storage", "Model"],
        ["Runs"] = ["Configuration", "Extract", "Transform", "Lake", "Warehouse", .. s_shared],
        ["Report"] = ["Runs", "Configuration", "Extract", "Warehouse", .. s_shared],
        ["Commands"] =
        [
            "Report",
            "Runs",
            "PowerBi",
            "Configuration",
            "Extract",
            "Transform",
            "Lake",
            "Warehouse",
            "Sandbox",
            .. s_shared,
        ],
    };

    public static TheoryData<string> Folders =>
        [
            .. Directory
                .EnumerateDirectories(Source)
                .Select(d => Path.GetFileName(d)!)
                .Where(d => d is not ("bin" or "obj"))
                .Order(StringComparer.Ordinal),
        ];

    private static string Source => Path.Combine(Repository.Root, "src", "VPlanExport");

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_what_lies_below_it(string folder)
    {
        MayUse.Should().ContainKey(folder, "a new folder needs its place in the order");
        var wrong =
            from file in Directory.EnumerateFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories)
            from used in Used(File.ReadAllText(file))
            where used != folder && !MayUse[folder].Contains(used)
            select $"{Path.GetRelativePath(Source, file)} uses {used}";
        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Only_who_builds_a_dacpac_loads_what_builds_it() =>
        Directory
            .EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("using Microsoft.SqlServer.Dac", StringComparison.Ordinal))
            .Select(Path.GetFileName)
            .Should()
            .Equal("Dacpac.cs");

    /// <summary>By <c>using</c>, by full name, and by a name that begins with a folder's, such as <c>Extract.Extractor</c>.</summary>
    private static IEnumerable<string> Used(string text)
    {
        var code = Comment().Replace(text, "");
        return Named()
            .Matches(code)
            .Select(m => m.Groups[1].Value)
            .Concat(Partial().Matches(code).Select(m => m.Groups[1].Value).Where(MayUse.ContainsKey))
            .Distinct();
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bVPlanExport\.(\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(
        @"(?<![.\w""/])(Commands|Runs|Configuration|Extract|Transform|Lake|Warehouse|Package|Storage|Dialects)\.[A-Z]\w+"
    )]
    private static partial Regex Partial();
}
