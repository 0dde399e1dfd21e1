using System.Xml.Linq;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Pipelines;

/// <summary>What the artefacts are made of.</summary>
[Trait("Tier", "unit")]
public sealed class PublishScriptTests
{
    [Fact]
    public void Every_platform_is_published_without_the_dacpac_and_without_touching_the_lock_files() =>
        Repository
            .Read("pipelines/publish")
            .Should()
            .ContainAll(
                "win-x64 linux-x64 linux-arm64 osx-arm64",
                "-p:IncludeDacpac=false",
                "-p:NuGetLockFilePath=obj/publish.lock.json",
                "--self-contained"
            );

    [Fact]
    public void The_package_says_what_it_is_and_leaves_its_licence_to_the_owner()
    {
        var project = XDocument.Parse(Repository.Read("src/VPlanExport/VPlanExport.csproj"));
        var named = project
            .Descendants("PropertyGroup")
            .Elements()
            .ToDictionary(e => e.Name.LocalName, e => e.Value, StringComparer.Ordinal);

        named.Should().ContainKeys("Title", "Description", "PackageTags", "PackageReadmeFile", "PackageReleaseNotes");
        named.Keys.Should().NotContain(name => name.StartsWith("PackageLicense", StringComparison.Ordinal));
        File.Exists(Path.Combine(Repository.Root, "src/VPlanExport/CHANGELOG.md")).Should().BeTrue();
    }
}
