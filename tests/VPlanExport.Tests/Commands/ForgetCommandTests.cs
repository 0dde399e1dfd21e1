using Spectre.Console.Testing;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>To forget cannot be undone, so a person is asked.</summary>
[Trait("Tier", "scenario")]
public sealed class ForgetCommandTests
{
    [Theory]
    [InlineData("n")]
    [InlineData("")]
    public async Task Who_does_not_say_yes_changes_nothing(string answer)
    {
        using var place = new CliHost();
        using var terminal = new TestConsole().Interactive();
        terminal.Input.PushTextWithEnter(answer);

        var outcome = await CliHost.InvokeAtAsync(
            terminal,
            [.. place.Given.SelectMany(s => new[] { "--set", s }), "forget", "--user", "[u]"]
        );

        outcome.ShouldBe(ExitCode.Ok).Output.Should().Contain("Nothing was changed.");
        terminal.Output.Should().Contain("Forget user [u] for good? This cannot be undone.");
        Directory.Exists(place.Lake).Should().BeFalse();
    }

    [Fact]
    public async Task Who_says_yes_has_the_person_forgotten()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var user = house.Warehouse("SELECT min(user_id) FROM dw.dim_user WHERE user_key <> -1").Single();
        using var terminal = new TestConsole().Interactive();
        terminal.Input.PushTextWithEnter("y");
        var settings = house.Given.Append(new("Warehouse:ConnectionString", house.Settings.Warehouse.ConnectionString));

        var outcome = await CliHost.InvokeAtAsync(
            terminal,
            [.. settings.SelectMany(s => new[] { "--set", $"{s.Key}={s.Value}" }), "forget", "--user", user]
        );

        outcome.ShouldBe(ExitCode.Ok);
        house.Warehouse($"SELECT full_name LIKE '~%' FROM dw.dim_user WHERE user_id = '{user}'").Should().Equal("True");
    }
}
