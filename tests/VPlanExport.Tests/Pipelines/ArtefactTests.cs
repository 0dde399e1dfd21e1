using System.CommandLine.Parsing;
using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using VPlanExport.Tests.Commands;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Pipelines;

/// <summary>What <c>pipelines/publish</c> made, in the folder that <c>VPLAN_TEST_ARTEFACTS</c> names.</summary>
[Trait("Tier", "platform")]
public sealed class ArtefactTests
{
    private const string Variable = "VPLAN_TEST_ARTEFACTS";
    private const string Linux = "linux-x64";
    private const long Most = 80_000_000;

    public ArtefactTests() =>
        Assert.SkipWhen(string.IsNullOrEmpty(Folder), $"{Variable} names no folder that pipelines/publish filled.");

    public static TheoryData<string> Platforms => ["win-x64", Linux, "linux-arm64", "osx-arm64"];

    private static string? Folder => Environment.GetEnvironmentVariable(Variable);

    [Theory]
    [MemberData(nameof(Platforms))]
    public void An_archive_holds_all_for_its_platform_and_nothing_of_another(string platform)
    {
        using var archive = ZipFile.OpenRead(PathOf($"vplan-export-*-{platform}.zip"));

        var program = ProgramOf(platform, archive.Entries);
        archive.Entries.Select(e => e.FullName).Should().Contain(["README.md", "CHANGELOG.md", Runtime(platform)]);
        LinksOf(archive).Should().NotBeEmpty().And.BeSubsetOf(archive.Entries.Select(e => e.FullName));
        if (!IsWindows(platform))
            ((UnixFileMode)(program.ExternalAttributes >> 16))
                .Should()
                .HaveFlag(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public void A_package_holds_the_tool_for_its_platform_without_NET_and_stays_small(string platform)
    {
        var path = PathOf($"vplan-export.{platform}.*.nupkg");
        using var package = ZipFile.OpenRead(path);

        ProgramOf(platform, package.Entries);
        package.Entries.Select(e => e.FullName).Should().Contain(["README.md", "CHANGELOG.md"]);
        LinksOf(package).Should().NotBeEmpty().And.BeSubsetOf(package.Entries.Select(e => e.FullName));
        package.Entries.Select(e => e.Name).Should().NotContain(Runtime(platform));
        new FileInfo(path).Length.Should().BeLessThanOrEqualTo(Most);
    }

    [Fact]
    public void One_package_picks_that_of_the_platform()
    {
        using var package = ZipFile.OpenRead(
            Directory.GetFiles(Folder!, "vplan-export.*.nupkg").MinBy(path => path.Length)!
        );
        using var settings = package.Entries.Single(e => e.Name == "DotnetToolSettings.xml").Open();

        XDocument
            .Load(settings)
            .Descendants("RuntimeIdentifierPackage")
            .Select(e => e.Attribute("Id")!.Value)
            .Should()
            .BeEquivalentTo(Platforms.Select(p => $"vplan-export.{p.Data}"));
    }

    [Fact]
    public async Task The_archive_of_Linux_does_what_the_first_run_says_where_nothing_else_is()
    {
        Assert.SkipUnless(RuntimeInformation.RuntimeIdentifier == Linux, $"The archive is that of {Linux}.");
        using var place = new CliHost();
        await using var server = await place.StartVPlanAsync();
        var program = Path.Combine(place.PathOf("program"), "vplan-export");
        var export = place.PathOf("export");
        await ZipFile.ExtractToDirectoryAsync(
            PathOf($"vplan-export-*-{Linux}.zip"),
            Path.GetDirectoryName(program)!,
            TestContext.Current.CancellationToken
        );

        foreach (var command in DocumentCommandTests.CommandsOf("src/VPlanExport/install.md"))
        {
            var words = CommandLineParser
                .SplitCommandLine(command.Replace("/srv/vplan-export", export, StringComparison.Ordinal))
                .Skip(1)
                .Select(word => word == "ENVIRONMENT" ? "sandbox" : word);
            var start = new ProcessStartInfo(
                program,
                command.Contains(" init ", StringComparison.Ordinal)
                    ? [.. words, "--base-url", $"{server.BaseUrl}"]
                    : words
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Directory.Exists(export) ? export : place.Folder,
            };
            start.Environment.Clear();
            start.Environment["HOME"] = place.Folder;
            start.Environment["PATH"] = "/nowhere";
            using var process = Process.Start(start)!;

            (await ExportProcess.EndAsync(process)).ShouldBe(ExitCode.Ok);
        }
    }

    /// <summary>The program, beside DuckDB; every library with it is for this platform.</summary>
    private static ZipArchiveEntry ProgramOf(string platform, IReadOnlyCollection<ZipArchiveEntry> entries)
    {
        var native = entries
            .Select(entry => (entry.Name, Platforms: NativeCode.Platforms(HeadOf(entry))))
            .Where(file => file.Platforms.Count > 0)
            .ToList();
        var name = IsWindows(platform) ? "vplan-export.exe" : "vplan-export";

        native.Select(file => file.Name).Should().Contain([name, Library(platform, "duckdb")]);
        native.Should().OnlyContain(file => file.Platforms.Contains(platform));
        entries.Should().NotContain(e => e.Name.EndsWith(".pdb", StringComparison.OrdinalIgnoreCase));
        return entries.Single(e => e.Name == name);
    }

    /// <summary>The files that the documents point to.</summary>
    private static IEnumerable<string> LinksOf(ZipArchive archive) =>
        archive
            .Entries.Where(e => e.Name.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(document =>
            {
                using var text = new StreamReader(document.Open());
                return Regex.Matches(text.ReadToEnd(), @"\]\(([^)#:]+)[^):]*\)").Select(link => link.Groups[1].Value);
            });

    private static byte[] HeadOf(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        var head = new byte[NativeCode.Head];
        return head[..content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    private static bool IsWindows(string platform) => platform.StartsWith("win", StringComparison.Ordinal);

    private static string Runtime(string platform) => Library(platform, "coreclr");

    private static string Library(string platform, string name) =>
        platform.Split('-')[0] switch
        {
            "win" => $"{name}.dll",
            "osx" => $"lib{name}.dylib",
            _ => $"lib{name}.so",
        };

    private static string PathOf(string pattern) => Directory.GetFiles(Folder!, pattern).Single();
}
