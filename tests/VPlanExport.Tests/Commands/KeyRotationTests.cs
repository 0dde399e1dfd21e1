using Microsoft.Extensions.Time.Testing;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>A key that becomes old and is replaced, as the operator sees it.</summary>
[Trait("Tier", "scenario")]
public sealed class KeyRotationTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero));
    private readonly CliHost _place;

    public KeyRotationTests() => _place = new CliHost { Clock = _clock };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_old_key_is_told_by_check_and_status_until_it_is_replaced()
    {
        await using (var server = await _place.StartVPlanAsync())
        {
            (await _place.InvokeAsync("status")).ShouldBe(ExitCode.Ok).Output.Should().NotContain("API key");
            (await _place.InvokeAsync("check"))
                .ShouldBe(ExitCode.Ok)
                .Output.Should()
                .Contain("ok    API key: first used on 2026-03-02, 0 days ago");
            _clock.Advance(TimeSpan.FromDays(181));

            (await _place.InvokeAsync("check"))
                .ShouldBe(ExitCode.Ok)
                .Output.Should()
                .ContainAll("warning: The API key was first used 181 days ago", "ok    API key: ");
            (await _place.InvokeAsync("check", "--log-format", "azure"))
                .Output.Should()
                .Contain("##vso[task.logissue type=warning]The API key was first used 181 days ago");
            (await _place.InvokeAsync("status"))
                .Output.Should()
                .Contain("warning: The API key was first used 181 days ago");
            (await _place.InvokeAsync("status", "--format", "json"))
                .Output.Should()
                .ContainAll("\"keyFirstUsedAt\": \"2026-03-02T02:00:00Z\"", "\"keyWarning\": \"The API key");
            (await _place.InvokeAsync("status", "--set", "VPlan:KeyAgeDays=200")).Output.Should().NotContain("API key");
        }
        await using var rotated = await _place.StartVPlanAsync(
            new SandboxOptions
            {
                Size = SandboxSize.Tiny,
                Clock = _clock,
                ApiKey = "the-next-key",
            }
        );
        SetNext("the-next-key");

        (await _place.InvokeAsync("run", "--entity", "board"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("VPlan:ApiKeyNext is sent from here on");
        (await _place.InvokeAsync("status")).ShouldBe(ExitCode.Ok).Output.Should().NotContain("API key");
    }

    [Fact]
    public async Task Two_keys_that_are_refused_are_a_matter_of_configuration()
    {
        await using var server = await _place.StartVPlanAsync(
            new SandboxOptions
            {
                Size = SandboxSize.Tiny,
                Clock = _clock,
                ApiKey = "some-third-key",
            }
        );
        SetNext("the-next-key");

        var outcome = (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Configuration).Naming("401", "VPlan:ApiKey");

        outcome.Output.Should().Contain("VPlan:ApiKeyNext is sent from here on");
        Directory.GetFiles(_place.Work, "keys.json").Should().BeEmpty("neither key was ever in use");
    }

    [Fact]
    public async Task Two_keys_lead_step_by_step_to_the_day_on_which_the_old_one_can_be_deleted()
    {
        await using var server = await _place.StartVPlanAsync(
            new SandboxOptions
            {
                Size = SandboxSize.Tiny,
                Clock = _clock,
                OtherApiKeys = new HashSet<string> { "the-next-key" },
            }
        );
        await _place.InvokeAsync("check");
        _clock.Advance(TimeSpan.FromDays(200));
        SetNext("a-key-copied-wrongly");
        (await _place.InvokeAsync("check"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("ok    two API keys: vPlan accepts VPlan:ApiKey, the old one, and refuses VPlan:ApiKeyNext");
        SetNext("the-next-key");

        (await _place.InvokeAsync("check"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .ContainAll("vPlan accepts both keys", "last used just now", "not to be deleted yet");
        _place.WriteKey("the-next-key");
        SetNext(CliHost.Key);
        _clock.Advance(TimeSpan.FromDays(1));
        var asked = server.Requests.Count(r => r.PathAndQuery == "/me");
        var swapped = (await _place.InvokeAsync("check")).ShouldBe(ExitCode.Ok);
        _clock.Advance(TimeSpan.FromDays(1));
        var safe = (await _place.InvokeAsync("check")).ShouldBe(ExitCode.Ok);

        swapped
            .Output.Should()
            .ContainAll(
                "vPlan accepts VPlan:ApiKey, the new one",
                "VPlan:ApiKeyNext, the old one, was last used by this tool on 2026-09-18 02:00Z",
                "safe to delete from 2026-09-20 02:00Z on"
            );
        safe.Output.Should()
            .ContainAll(
                "last used by this tool on 2026-09-18 02:00Z",
                "It is safe to delete now",
                "'last used' in vPlan"
            );
        server
            .Requests.Count(r => r.PathAndQuery == "/me")
            .Should()
            .Be(asked + 4, "the old key is not sent, so that its last use stands still");
        await using var deleted = await _place.StartVPlanAsync(
            new SandboxOptions
            {
                Size = SandboxSize.Tiny,
                Clock = _clock,
                ApiKey = "the-next-key",
            }
        );
        _place.WriteKey(CliHost.Key);
        SetNext("the-next-key");
        (await _place.InvokeAsync("check"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .ContainAll("vPlan accepts VPlan:ApiKeyNext and refuses VPlan:ApiKey.", "remove VPlan:ApiKeyNext");
    }

    private void SetNext(string key)
    {
        File.WriteAllText(_place.PathOf("next.txt"), key);
        _place.Settings.Add($"VPlan:ApiKeyNextFile={_place.PathOf("next.txt")}");
    }
}
