using System.Text.RegularExpressions;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Architecture;

/// <summary>
/// Dependencies run one way: Commands, then Runs, then Configuration, then Extractors, Transformers and Loaders (none knows another), then
/// Entities and Dialects, then Storage, then Model.
/// </summary>
public sealed partial class DependencyTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Model"] = [],
        ["Dialects"] = ["Model"],
        ["Storage"] = ["Dialects", "Model"],
        ["Entities"] = ["Model"],
        ["Extractors"] = ["Entities", "Storage", "Dialects", "Model"],
        ["Transformers"] = ["Entities", "Storage", "Dialects", "Model"],
        ["Loaders"] = ["Entities", "Storage", "Dialects", "Model"],
        ["Configuration"] = ["Extractors", "Entities", "Storage"],
        ["Runs"] = ["Configuration", "Extractors", "Transformers", "Loaders", "Entities", "Storage", "Dialects", "Model"],
        ["Commands"] = ["Runs", "Configuration", "Extractors", "Transformers", "Loaders", "Entities", "Storage", "Dialects", "Model", "Sandbox"],
    };

    public static TheoryData<string> Folders => [.. Directory.EnumerateDirectories(Source).Select(d => Path.GetFileName(d)!).Where(d => d is not ("bin" or "obj")).Order(StringComparer.Ordinal)];

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
    public void Lake_and_warehouse_do_not_know_each_other()
    {
        Read("Loaders/Lake").Should().NotContain("VPlanExport.Loaders.Warehouse");
        Read("Loaders/Warehouse").Should().NotContain("VPlanExport.Loaders.Lake");
    }

    [Fact]
    public void Only_who_builds_a_dacpac_loads_what_builds_it() =>
        Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("using Microsoft.SqlServer.Dac", StringComparison.Ordinal))
            .Select(Path.GetFileName).Should().Equal("Dacpac.cs");

    private static string Read(string folder) => string.Concat(Directory.EnumerateFiles(Path.Combine(Source, folder), "*.cs").Select(File.ReadAllText));

    /// <summary>By <c>using</c>, by full name, and by a name that begins with a folder's, such as <c>Extractors.EntityExtract</c>.</summary>
    private static IEnumerable<string> Used(string text)
    {
        var code = Comment().Replace(text, "");
        return Named().Matches(code).Select(m => m.Groups[1].Value)
            .Concat(Partial().Matches(code).Select(m => m.Groups[1].Value).Where(MayUse.ContainsKey))
            .Distinct();
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bVPlanExport\.(\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"(?<![.\w""/])(Commands|Runs|Configuration|Extractors|Transformers|Loaders|Storage|Dialects)\.[A-Z]\w+")]
    private static partial Regex Partial();
}
