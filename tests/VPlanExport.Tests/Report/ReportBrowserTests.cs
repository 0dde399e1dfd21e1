using System.Diagnostics;
using System.Text.Json.Nodes;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Report;

/// <summary>The report in a real browser whose network is cut.</summary>
[Trait("Tier", "platform")]
public sealed class ReportBrowserTests
{
    private const string Variable = "VPLAN_TEST_CHROMIUM";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Chromium => Environment.GetEnvironmentVariable(Variable) ?? "/usr/bin/chromium";

    private static string Folder => Path.Combine(Repository.Root, "tests", "browser");

    [Theory]
    [InlineData("en")]
    [InlineData("nl-NL")]
    public async Task Every_reader_sees_the_whole_report_and_it_asks_for_nothing(string culture)
    {
        Assert.SkipUnless(
            File.Exists(Chromium),
            $"There is no Chromium at {Chromium}: install it, or name it in {Variable}."
        );
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules", "axe-core")),
            "puppeteer-core and axe-core are not installed: npm install --prefix tests/browser"
        );
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var page = await ReportPage.OfAsync(house, "--culture", culture);

        var found = await SeenAsync(house.In("night.html"), house.Folder);

        found["asked"]!.AsArray().Should().BeEmpty("no request leaves the page");
        found["said"]!.AsArray().Select(s => $"{s}").Should().BeEmpty("the browser has nothing to complain of");
        found["axe"]!.AsArray().Select(s => $"{s}").Should().BeEmpty();
        var (light, narrow, bare) = (found["light"]!, found["narrow"]!, found["bare"]!);
        ((double)light["screen"]!).Should().BeLessThanOrEqualTo(720, "figures and list need no scrolling");
        ((double)narrow["wide"]!).Should().BeLessThanOrEqualTo(0, "only tables scroll sideways");
        ((string)bare["text"]!).Should().Be(page.Main);
        ((int)bare["marks"]!).Should().Be((int)light["marks"]!).And.BePositive();
        ((string)bare["fill"]!).Should().Be("rgb(0, 114, 178)");
        ((string)found["strict"]!)
            .Should()
            .Contain(page.Verdict)
            .And.Contain(page.Figure("open_cards").TextContent[..5]);
        foreach (var section in page.Document.QuerySelectorAll("main h2"))
            ((string)found["strict"]!).Should().Contain(section.TextContent);
        var pdf = await File.ReadAllBytesAsync(house.In("report.pdf"), Token);
        pdf.AsSpan(0, 5).SequenceEqual("%PDF-"u8).Should().BeTrue();
        new[] { "light", "dark", "narrow", "bare", "strict" }
            .Select(name => new FileInfo(house.In($"{name}.png")).Length)
            .Should()
            .OnlyContain(bytes => bytes > 10_000);
    }

    /// <summary>What the browser found; its pictures are in the folder.</summary>
    private static async Task<JsonNode> SeenAsync(string report, string folder)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, "report.mjs"), Chromium, report, folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var browser = Process.Start(start)!;
        return JsonNode.Parse((await ExportProcess.EndAsync(browser)).ShouldBe(ExitCode.Ok).Output)!;
    }
}
