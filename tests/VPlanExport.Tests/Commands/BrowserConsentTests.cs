using System.Diagnostics;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>A person consents in a real browser, and a whole nightly runs on it.</summary>
[Trait("Tier", "platform")]
public sealed class BrowserConsentTests
{
    private const string Variable = "VPLAN_TEST_CHROMIUM";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Chromium => Environment.GetEnvironmentVariable(Variable) ?? "/usr/bin/chromium";

    private static string Folder => Path.Combine(Repository.Root, "tests", "browser");

    [Fact]
    public async Task A_consent_in_chromium_is_pasted_and_a_nightly_runs_while_its_token_expires_twice()
    {
        Assert.SkipUnless(
            File.Exists(Chromium),
            $"There is no Chromium at {Chromium}: install it, or name it in {Variable}."
        );
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules")),
            "puppeteer-core is not installed: npm install --prefix tests/browser"
        );
        await using var place = await ConnectedPlace.OpenAsync();
        place.Host.Settings.Add($"VPlan:OAuth:RedirectUri={place.VPlan.LandingUrl}");
        using var connecting = ConnectedProgram.Start(place, [], "connect");
        var address = await AddressAsync(connecting);

        await connecting.StandardInput.WriteLineAsync(await ConsentAsync(address, place.App));
        (await ExportProcess.EndAsync(connecting)).ShouldBe(ExitCode.Ok).Output.Should().Contain("vPlan is connected");

        place.VPlan.Faults = FaultSchedule.When(request =>
        {
            if (request.Ordinal is 6 or 26)
                place.VPlan.Authorization.ExpireAccess();
            return null;
        });
        (await ConnectedProgram.RunAsync(place, [], "run"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("120 of 120 cards");
        place.VPlan.Authorization.Refreshes.Should().Be(2);
        place.VPlan.Requests.Count(r => r.Status == 401).Should().BeGreaterThanOrEqualTo(2);
        place.VPlan.Authorization.Refused.Should().BeEmpty();
    }

    private static async Task<string> AddressAsync(Process connecting)
    {
        while (await connecting.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            if (line.StartsWith("http", StringComparison.Ordinal))
                return line;
        }
        throw new InvalidOperationException(await connecting.StandardError.ReadToEndAsync(Token));
    }

    /// <returns>What the browser's address bar shows at the end.</returns>
    private static async Task<string> ConsentAsync(string address, SandboxOAuth app)
    {
        var start = new ProcessStartInfo(
            "node",
            [Path.Combine(Folder, "consent.mjs"), Chromium, address, app.User, app.Password]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var browser = Process.Start(start)!;
        return (await ExportProcess.EndAsync(browser)).ShouldBe(ExitCode.Ok).Output.Trim();
    }
}
