using System.Net;
using System.Web;
using Microsoft.Extensions.Time.Testing;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>A customer's consent, as the operator and the person at the browser see it.</summary>
[Trait("Tier", "scenario")]
public sealed class ConnectCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pasted_address_connects_and_everything_then_signs_in_by_token()
    {
        await using var place = await ConnectedPlace.OpenAsync();
        (await place.InvokeAsync("status"))
            .Output.Should()
            .ContainAll("Signed in by: OAuth, not connected", "vplan-export connect");

        var connected = (await place.ConnectAsync(place.ConsentAsync)).ShouldBe(ExitCode.Ok);

        connected.Output.Should().ContainAll("connected", "Metaalwerken De Vries B.V.", "planner", "It is not shown");
        HttpUtility.ParseQueryString(new Uri(ConnectedPlace.AddressIn(connected.Output)).Query)["state"]!
            .Length.Should()
            .BeGreaterThanOrEqualTo(22);
        Directory
            .GetFiles(place.AuthFolder)
            .Select(Path.GetFileName)
            .Should()
            .BeEquivalentTo("sandbox.tokens", "sandbox.lease");
        var check = (await place.InvokeAsync("check")).ShouldBe(ExitCode.Ok);
        check
            .Output.Should()
            .MatchRegex(
                "ok    sign-in: OAuth as planner, environment Metaalwerken De Vries B.V., connected on .*; last refresh .*, 0 minutes ago, generation 1; the consent ends on .*, in 365 days"
            );
        check.Output.Should().NotContain("API key");
        var status = (await place.InvokeAsync("status", "--format", "json")).ShouldBe(ExitCode.Ok);
        status
            .Output.Should()
            .ContainAll("\"signIn\": {", "\"generation\": 1")
            .And.NotContainAny([.. place.VPlan.Authorization.Issued]);
    }

    [Fact]
    public async Task An_address_in_a_file_connects_and_the_file_is_removed()
    {
        await using var place = await ConnectedPlace.OpenAsync();
        var file = place.Host.PathOf("redirected.txt");
        File.WriteAllText(file, "not yet");
        var (address, end) = await place.BeginAsync("--redirected-file", file);

        File.WriteAllText(file, $"\uFEFF\"{await place.ConsentAsync(address)}\"\r\n");

        (await end).ShouldBe(ExitCode.Ok).Output.Should().Contain("connected");
        File.Exists(file).Should().BeFalse("it holds a code");
        place.VPlan.Authorization.Refused.Should().BeEmpty();
    }

    [Fact]
    public async Task A_browser_that_is_forwarded_connects()
    {
        await using var place = await ConnectedPlace.OpenAsync();
        var listen = $"http://localhost:{FreePort.Next()}";
        using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var (address, end) = await place.BeginAsync("--listen", listen);

        (await browser.GetAsync($"{listen}/favicon.ico", Token)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        var page = await browser.GetStringAsync(
            $"{listen}/callback{new Uri(await place.ConsentAsync(address)).Query}",
            Token
        );

        page.Should().Contain("can be closed");
        (await end).ShouldBe(ExitCode.Ok).Output.Should().Contain("connected");
    }

    [Theory]
    [InlineData("https://vplan.example.com:80")]
    [InlineData("http://192.0.2.1:80")]
    [InlineData("8400")]
    public async Task It_listens_on_this_machine_only(string address)
    {
        await using var place = await ConnectedPlace.OpenAsync();

        (await place.InvokeAsync("connect", "--listen", address))
            .ShouldBe(ExitCode.Configuration)
            .Naming(address, "http://localhost:8400");
    }

    [Fact]
    public async Task A_proof_key_is_sent_where_a_setting_says_so()
    {
        await using var place = await ConnectedPlace.OpenAsync();
        place.Host.Settings.Add("VPlan:OAuth:Pkce=on");

        var connected = (await place.ConnectAsync(place.ConsentAsync)).ShouldBe(ExitCode.Ok);

        ConnectedPlace.AddressIn(connected.Output).Should().ContainAll("code_challenge=", "code_challenge_method=S256");
    }

    [Fact]
    public async Task Disconnecting_removes_everything_and_says_what_is_left_in_vplan()
    {
        await using var place = await ConnectedPlace.ConnectAsync();

        var gone = (await place.InvokeAsync("disconnect")).ShouldBe(ExitCode.Ok);
        var again = (await place.InvokeAsync("disconnect")).ShouldBe(ExitCode.Ok);

        gone.Output.Should()
            .ContainAll("are removed", "no longer connected", "administrator", "https://developer.vplan.com");
        again.Output.Should().Contain("Nothing was removed");
        Directory.GetFiles(place.AuthFolder).Select(Path.GetFileName).Should().Equal("sandbox.lease");
        (await place.InvokeAsync("run", "--entity", "board"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("not connected", "vplan-export connect");
    }

    [Fact]
    public async Task Where_keys_sign_in_there_is_nothing_to_connect()
    {
        await using var place = await ConnectedPlace.OpenAsync();

        foreach (var command in new[] { "connect", "disconnect" })
            (await place.InvokeAsync(command, "--set", "VPlan:Auth=key"))
                .ShouldBe(ExitCode.Configuration)
                .Naming("VPlan:Auth is 'key'", "oauth");
        (await place.InvokeAsync("connect", "--listen", "http://localhost:1", "--redirected-file", "x"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("--redirected-file", "--listen");
        (await place.InvokeAsync("connect")).ShouldBe(ExitCode.Configuration).Naming("--redirected-file FILE");
    }

    [Fact]
    public async Task The_end_of_the_consent_is_told_before_it_comes()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero));
        await using var place = await ConnectedPlace.ConnectAsync(clock: clock);
        clock.Advance(TimeSpan.FromDays(299));
        (await place.InvokeAsync("status")).Output.Should().Contain("in 66 days").And.NotContain("warning");
        clock.Advance(TimeSpan.FromDays(1));

        (await place.InvokeAsync("status"))
            .Output.Should()
            .ContainAll("300 days ago", "in 65 days", "warning: vPlan's consent ends on 2027-03-02");
    }
}
