using VPlanExport.Commands.Output;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>What goes wrong around a connection: its exit code, one message that says what to do, and no secret anywhere.</summary>
[Trait("Tier", "scenario")]
public sealed class OAuthFaultTests : IAsyncLifetime
{
    private static readonly string[] Ask = ["run", "--entity", "space"];

    private ConnectedPlace _place = null!;

    public async ValueTask InitializeAsync() => _place = await ConnectedPlace.OpenAsync();

    /// <summary>Whatever happened, no output and no file shows a secret.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            NothingIsShown();
        }
        finally
        {
            await _place.DisposeAsync();
        }
    }

    private SandboxAuthorization Authorization => _place.VPlan.Authorization;

    [Fact]
    public async Task Denied() =>
        (await _place.ConnectAsync(_place.DenyAsync))
            .ShouldBe(ExitCode.Configuration)
            .Naming("denied", "administrator", "vplan-export connect");

    [Fact]
    public async Task Another_state()
    {
        (
            await _place.ConnectAsync(async address =>
                (await _place.ConsentAsync(address)).Replace("state=", "state=x", StringComparison.Ordinal)
            )
        )
            .ShouldBe(ExitCode.Configuration)
            .Naming("'state'", "vplan-export connect");
        (await _place.ConnectAsync(async address => (await _place.ConsentAsync(address)).Split("&state=")[0]))
            .ShouldBe(ExitCode.Configuration)
            .Naming("'state'");

        Authorization.Refused.Should().BeEmpty("the code was not sent");
    }

    [Fact]
    public async Task No_address() =>
        (await _place.ConnectAsync(_ => Task.FromResult("https://example.com/vplan")))
            .ShouldBe(ExitCode.Configuration)
            .Naming("no address with a code", "vplan-export connect");

    [Fact]
    public async Task A_code_that_has_expired()
    {
        await _place.DisposeAsync();
        _place = await ConnectedPlace.OpenAsync(new SandboxOAuth { CodeLife = TimeSpan.Zero });

        (await _place.ConnectAsync(_place.ConsentAsync))
            .ShouldBe(ExitCode.Configuration)
            .Naming("invalid_grant", "has expired", "ten minutes", "vplan-export connect");
    }

    [Fact]
    public async Task A_wrong_secret_at_the_connection_leaves_the_code_for_another_try()
    {
        File.WriteAllText(_place.Host.PathOf("secret.txt"), "another-secret");
        var redirected = "";
        (await _place.ConnectAsync(async address => redirected = await _place.ConsentAsync(address)))
            .ShouldBe(ExitCode.Configuration)
            .Naming("VPlan:OAuth:ClientSecret");
        File.WriteAllText(_place.Host.PathOf("secret.txt"), ConnectedPlace.ClientSecret);

        (await _place.ConnectAsync(_ => Task.FromResult(redirected)))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("connected");
    }

    [Fact]
    public async Task A_token_host_that_is_away()
    {
        string[] away = ["--set", "VPlan:OAuth:TokenUrl=http://127.0.0.1:9/token"];
        (await _place.ConnectAsync(_place.ConsentAsync, away))
            .ShouldBe(ExitCode.SourceUnavailable)
            .Naming("cannot be reached", "run the same command again");
        await ConnectAsync();
        Authorization.ExpireAccess();

        (await _place.InvokeAsync([.. Ask, .. away]))
            .ShouldBe(ExitCode.SourceUnavailable)
            .Naming("cannot be reached", "Nothing was sent", "VPlan:OAuth:TokenUrl");

        await GoesOnAsync();
    }

    [Fact]
    public async Task A_wrong_secret_later_leaves_the_tokens()
    {
        await ConnectAsync();
        Authorization.ExpireAccess();
        File.WriteAllText(_place.Host.PathOf("secret.txt"), "another-secret");
        (await _place.InvokeAsync(Ask)).ShouldBe(ExitCode.Configuration).Naming("VPlan:OAuth:ClientSecret");
        File.WriteAllText(_place.Host.PathOf("secret.txt"), ConnectedPlace.ClientSecret);

        await GoesOnAsync();
    }

    [Fact]
    public async Task An_app_that_was_withdrawn_is_told_once_asked_and_again_without_a_question()
    {
        await ConnectAsync();
        Authorization.Revoke();

        var first = (await _place.InvokeAsync(Ask))
            .ShouldBe(ExitCode.Configuration)
            .Naming("invalid_grant", "was withdrawn", "vplan-export connect");
        var second = (await _place.InvokeAsync(Ask)).ShouldBe(ExitCode.Configuration);

        second.Errors.Should().Be(first.Errors);
        Authorization.Refused.Should().HaveCount(1);
        (await _place.InvokeAsync("status")).ShouldBe(ExitCode.Ok).Output.Should().Contain("was withdrawn");
        await ConnectAsync();
        await GoesOnAsync();
    }

    [Fact]
    public async Task Another_token_key()
    {
        await ConnectAsync();
        File.WriteAllText(_place.Host.PathOf("token-key.txt"), Convert.ToBase64String(new byte[32]));

        (await _place.InvokeAsync(Ask)).ShouldBe(ExitCode.Configuration).Naming("VPlan:OAuth:TokenKey", "another key");
        (await _place.InvokeAsync("status")).ShouldBe(ExitCode.Ok).Output.Should().Contain("another key");
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_once_more_and_then_the_loss_is_told()
    {
        await ConnectAsync();
        Authorization.ExpireAccess();
        _place.App.Faults = question => question.GrantType == "refresh_token" ? TokenFaultKind.LostAnswer : null;

        (await _place.InvokeAsync(Ask)).ShouldBe(ExitCode.SourceUnavailable);
        _place.App.Faults = _ => null;
        (await _place.InvokeAsync(Ask)).ShouldBe(ExitCode.Configuration).Naming("was lost", "vplan-export connect");
        var asked = Authorization.Refused.Count;
        (await _place.InvokeAsync(Ask)).ShouldBe(ExitCode.Configuration).Naming("was lost", "vplan-export connect");

        Authorization.Refused.Count.Should().Be(asked);
    }

    [Theory]
    [InlineData(TokenFaultKind.CutBefore)]
    [InlineData(TokenFaultKind.Error500)]
    [InlineData(TokenFaultKind.Slow)]
    public async Task A_fault_before_it_was_done_passes(TokenFaultKind kind)
    {
        await ConnectAsync();
        Authorization.ExpireAccess();
        var asked = 0;
        _place.App.Faults = question => question.GrantType == "refresh_token" && asked++ == 0 ? kind : null;

        await GoesOnAsync();

        Authorization.Refreshes.Should().Be(1);
    }

    [Theory]
    [InlineData(TokenFaultKind.HalfAnswer)]
    [InlineData(TokenFaultKind.Error500After)]
    [InlineData(TokenFaultKind.LostAnswer)]
    public async Task A_fault_after_it_was_done_loses_the_tokens_and_says_so(TokenFaultKind kind)
    {
        await ConnectAsync();
        Authorization.ExpireAccess();
        var asked = 0;
        _place.App.Faults = question => question.GrantType == "refresh_token" && asked++ == 0 ? kind : null;

        (await _place.InvokeAsync(Ask)).ShouldBe(ExitCode.Configuration).Naming("was lost", "vplan-export connect");

        asked.Should().Be(2);
    }

    [Fact]
    public async Task A_clock_that_is_an_hour_off()
    {
        var place = await ConnectedPlace.OpenAsync(vplansClock: new ShiftedTime(TimeSpan.FromHours(1)));
        await _place.DisposeAsync();
        _place = place;

        (await place.ConnectAsync(place.ConsentAsync)).ShouldBe(ExitCode.Ok);
        Authorization.ExpireAccess();
        var run = (await place.InvokeAsync(Ask)).ShouldBe(ExitCode.Ok);

        run.Output.Should().Contain("Set the clock that is wrong");
        Authorization.Refreshes.Should().Be(1, "a wrong clock is no reason to refresh again and again");
    }

    [Fact]
    public async Task A_store_that_cannot_be_written()
    {
        Directory.CreateDirectory(_place.Host.Work);
        File.WriteAllText(_place.AuthFolder, "a file where the folder should be");

        (await _place.ConnectAsync(_place.ConsentAsync)).ShouldBe(ExitCode.Sink).Naming(_place.Host.Work);

        Authorization.Issued.Should().BeEmpty("nobody was asked to consent in vain");
    }

    [Fact]
    public async Task Damaged_tokens()
    {
        await ConnectAsync();
        Authorization.ExpireAccess();
        await GoesOnAsync();
        Authorization.ExpireAccess();
        var bytes = File.ReadAllBytes(_place.TokenFile);
        bytes[bytes.Length / 4] ^= 1;
        File.WriteAllBytes(_place.TokenFile, bytes);

        var run = (await _place.InvokeAsync(Ask))
            .ShouldBe(ExitCode.Configuration)
            .Naming("damaged", "vplan-export connect");

        run.Output.Should().Contain("the pair before them is tried");
    }

    private async Task ConnectAsync() => (await _place.ConnectAsync(_place.ConsentAsync)).ShouldBe(ExitCode.Ok);

    private async Task GoesOnAsync() => (await _place.InvokeAsync(Ask)).ShouldBe(ExitCode.Ok);

    private void NothingIsShown()
    {
        var forms = new Secrets(
            [ConnectedPlace.ClientSecret, ConnectedPlace.TokenKey, .. Authorization.Issued],
            AzureLog.Escaped,
            Markdown.Text
        ).Forms;
        string[] own = ["secret.txt", "token-key.txt"];
        var files = Directory
            .GetFiles(_place.Host.Folder, "*", SearchOption.AllDirectories)
            .Where(f => !own.Contains(Path.GetFileName(f)))
            .Select(File.ReadAllText);
        _place
            .Outcomes.SelectMany(o => new[] { o.Output, o.Errors })
            .Concat(files)
            .Where(text => forms.Any(form => text.Contains(form, StringComparison.Ordinal)))
            .Should()
            .BeEmpty();
        _place
            .Outcomes.Where(o =>
                o.Code == (int)ExitCode.Bug || o.Errors.Trim().Contains('\n', StringComparison.Ordinal)
            )
            .Should()
            .BeEmpty();
    }

    private sealed class ShiftedTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
