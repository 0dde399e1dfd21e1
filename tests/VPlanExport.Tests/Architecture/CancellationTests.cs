using System.Text.RegularExpressions;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Architecture;

/// <summary>A token that may be left out is left out somewhere, and that work cannot be stopped.</summary>
[Trait("Tier", "unit")]
public sealed partial class CancellationTests
{
    [Fact]
    public void No_parameter_gives_a_token_by_default() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Default().IsMatch(File.ReadAllText(file)))
            .Should()
            .BeEmpty();

    [GeneratedRegex(@"\bCancellationToken \w+ = default")]
    private static partial Regex Default();
}
