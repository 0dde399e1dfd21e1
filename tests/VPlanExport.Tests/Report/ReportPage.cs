using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Report;

/// <summary>A report as a browser reads it.</summary>
internal sealed record ReportPage(string Text, IHtmlDocument Document)
{
    /// <summary>An error in the HTML fails.</summary>
    public static ReportPage Of(string html) =>
        new(html, new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(html));

    /// <summary>Runs `report` with these words, which must end well.</summary>
    public static async Task<ReportPage> OfAsync(TestExport house, params string[] words)
    {
        var file = house.In("night.html");
        (await house.InvokeAsync(["report", "--out", file, .. words])).ShouldBe(ExitCode.Ok);
        return Of(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    /// <summary>The first text of what a reader is shown.</summary>
    public string Verdict =>
        Document.QuerySelector("main")!.Descendants<IText>().Select(t => t.Text.Trim()).First(t => t != "");

    public string Main => Document.QuerySelector("main")!.TextContent;

    public string Value(string figure) => Figure(figure).GetAttribute("data-value")!;

    public IElement Figure(string name) => Document.QuerySelectorAll($"[data-figure={name}]").Single();

    public string Section(string id) => Document.GetElementById(id)!.TextContent;
}
