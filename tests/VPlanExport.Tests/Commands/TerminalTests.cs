using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>What only a real terminal shows.</summary>
[Trait("Tier", "platform")]
public sealed class TerminalTests : IDisposable
{
    private readonly CliHost _place = new();

    public void Dispose() => _place.Dispose();

    private string[] Given => [.. _place.Given.SelectMany(s => new[] { "--set", s })];

    [Fact]
    public async Task What_is_longer_than_the_screen_is_paged()
    {
        using var terminal = Tmux.Start(80, 20, _place.Folder, "query", "--list");

        (await terminal.SeenAsync("bi.billable")).Should().NotContain("etl.run");
        terminal.Type("q");

        await terminal.SeenAsync("it has ended 0");
    }

    [Fact]
    public async Task Checks_have_colours_and_a_sum()
    {
        using var terminal = Tmux.Start(
            80,
            30,
            _place.Folder,
            [.. Given, "check", "--set", "VPlan:BaseUrl=http://127.0.0.1:9/v1", "--set", "VPlan:ApiKeyFile="]
        );

        (await terminal.SeenAsync("checks failed: vPlan", withColours: true))
            .Should()
            .ContainAll("\e[32mok", "\e[31mFAIL");
    }

    [Fact]
    public async Task Who_is_asked_by_init_answers_and_the_key_is_stars()
    {
        await using var server = await _place.StartVPlanAsync();
        using var terminal = Tmux.Start(100, 40, _place.Folder, "init", "--base-url", $"{server.BaseUrl}");

        await terminal.SeenAsync("identifier:");
        terminal.Type("sandbox", "Enter");
        await terminal.SeenAsync("How does the export sign in?");
        terminal.Type("Enter");
        await terminal.SeenAsync("The API key:");
        terminal.Type(CliHost.Key, "Enter");
        foreach (var question in (string[])["The lake", "The warehouse", "The time zone"])
        {
            await terminal.SeenAsync(question);
            terminal.Type("Enter");
        }

        (await terminal.SeenAsync("it has ended 0")).Should().Contain("***").And.NotContain(CliHost.Key);
        File.Exists(_place.PathOf("appsettings.json")).Should().BeTrue();
    }
}
