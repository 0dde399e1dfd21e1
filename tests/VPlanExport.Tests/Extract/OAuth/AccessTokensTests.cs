using VPlanExport.Extract.OAuth;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Extract.OAuth;

/// <summary>A refresh token can be used once: whatever happens around its use, it is neither lost nor sent too often.</summary>
[Trait("Tier", "unit")]
public sealed class AccessTokensTests : IDisposable
{
    private readonly OAuthPlace _place = new();

    public void Dispose() => _place.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_that_is_good_asks_nobody()
    {
        await _place.ConnectAsync();

        (await StartAsync()).Should().Be("access-token-1");

        _place.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_refresh_is_marked_before_it_is_sent_and_stored_before_it_is_used()
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [_place.Grant()];

        (await StartAsync()).Should().Be("access-token-2");

        _place.KeptWhenAsked.Should().ContainSingle().Which!.Pending.Should().NotBeNull();
        _place
            .Asked.Should()
            .ContainSingle()
            .Which.Should()
            .BeEquivalentTo(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "refresh_token",
                    ["refresh_token"] = "refresh-token-1",
                    ["client_id"] = "app",
                    ["client_secret"] = OAuthPlace.Secret,
                    ["redirect_uri"] = "https://example.com/vplan",
                }
            );
        var kept = await _place.KeptAsync();
        (kept.Current.Generation, kept.Current.RefreshToken, kept.Current.Pending)
            .Should()
            .Be((2L, "refresh-token-2", null));
        _place.Hidden.Mask("access-token-2 refresh-token-2").Should().Be("*** ***");
    }

    [Fact]
    public async Task Readers_share_one_refresh()
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [_place.Grant()];
        using var tokens = _place.Open(Token);

        var got = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => tokens.CurrentAsync(Token), Token))
        );

        got.Should().OnlyContain(token => token == "access-token-2");
        _place.Asked.Should().HaveCount(1);
    }

    [Fact]
    public async Task A_token_that_vplan_refuses_is_refreshed_once_for_all()
    {
        await _place.ConnectAsync();
        _place.Answers = [_place.Grant()];
        using var tokens = _place.Open(Token);
        var refused = await tokens.CurrentAsync(Token);

        foreach (var _ in Enumerable.Range(0, 4))
            (await tokens.GoOnWithoutAsync(refused, Token)).Should().BeTrue();

        (await tokens.CurrentAsync(Token)).Should().Be("access-token-2");
        _place.Asked.Should().HaveCount(1);
    }

    [Fact]
    public async Task What_another_process_has_refreshed_is_used_without_a_question()
    {
        await _place.ConnectAsync();
        _place.Answers = [_place.Grant()];
        using var mine = _place.Open(Token);
        await mine.CurrentAsync(Token);
        _place.Time.Advance(TimeSpan.FromHours(2));
        await StartAsync();

        (await mine.CurrentAsync(Token)).Should().Be("access-token-2");

        _place.Asked.Should().HaveCount(1);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_once_more()
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [OAuthPlace.Lost, _place.Grant()];

        (await StartAsync()).Should().Be("access-token-2");

        _place.SentTokens.Should().Equal("refresh-token-1", "refresh-token-1");
        _place.Warnings.Should().ContainSingle().Which.Should().Contain("was lost");
    }

    [Fact]
    public async Task An_answer_that_is_lost_again_ends_the_start_and_the_next_one_asks_once()
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [OAuthPlace.Lost];

        await Starting()
            .Should()
            .ThrowAsync<SourceUnavailableException>()
            .WithMessage("*may have been done*asks once more*connect*");
        _place.Asked.Should().HaveCount(2);
        await Starting().Should().ThrowAsync<SourceUnavailableException>();
        _place.Asked.Should().HaveCount(3);
        _place.Answers = [OAuthPlace.Error(400, "invalid_grant")];
        await Starting()
            .Should()
            .ThrowAsync<ConfigurationException>()
            .WithMessage("*answer to the refresh of*was lost*vplan-export connect");

        _place.SentTokens.Should().Equal(Enumerable.Repeat("refresh-token-1", 4));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(200)]
    public async Task An_answer_without_tokens_counts_as_lost(int status)
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [() => OAuthPlace.Json(status, new { maintenance = true }), _place.Grant()];

        (await StartAsync()).Should().Be("access-token-2");
    }

    [Fact]
    public async Task A_refused_refresh_token_is_final_and_is_told_again_without_a_question()
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [OAuthPlace.Error(400, "invalid_grant", $"no {OAuthPlace.Secret} for refresh-token-1")];

        var first = (await Starting().Should().ThrowAsync<ConfigurationException>()).Which.Message;
        var second = (await Starting().Should().ThrowAsync<ConfigurationException>()).Which.Message;

        first
            .Should()
            .ContainAll("invalid_grant", "last worked at 2026-03-02 01:00:00Z", "vplan-export connect")
            .And.NotContainAny(OAuthPlace.Secret, "refresh-token-1", "\n");
        second.Should().Be(first);
        _place.Asked.Should().HaveCount(1);
    }

    [Fact]
    public async Task A_failed_refresh_fails_for_all_readers()
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [OAuthPlace.Lost];
        using var tokens = _place.Open(Token);

        foreach (var _ in Enumerable.Range(0, 4))
            await FluentActions
                .Awaiting(() => tokens.CurrentAsync(Token))
                .Should()
                .ThrowAsync<SourceUnavailableException>();

        _place.Asked.Should().HaveCount(2, "of one start");
    }

    [Theory]
    [InlineData(401, "invalid_client", "VPlan:OAuth:ClientSecret")]
    [InlineData(400, "invalid_request", "VPlan:OAuth:ClientSecret")]
    [InlineData(401, "whatever", "vplan-export connect")]
    [InlineData(404, "not_found", "VPlan:OAuth:TokenUrl")]
    public async Task A_refusal_of_the_app_leaves_the_tokens_as_they_were(int status, string error, string named)
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [OAuthPlace.Error(status, error), _place.Grant()];

        await Starting().Should().ThrowAsync<ConfigurationException>().WithMessage($"*{named}*");

        (await _place.KeptAsync()).Current.Pending.Should().BeNull();
        (await StartAsync()).Should().Be("access-token-2");
    }

    [Fact]
    public async Task A_host_that_is_away_is_tried_some_times_and_nothing_is_lost()
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [OAuthPlace.Away];

        await Starting()
            .Should()
            .ThrowAsync<SourceUnavailableException>()
            .WithMessage("*cannot be reached*Nothing was sent*");

        (await _place.KeptAsync()).Current.Pending.Should().BeNull();
        _place.Time.Waits.Should().Equal(new[] { 1, 2, 4, 8 }.Select(s => TimeSpan.FromSeconds(s)));
    }

    [Fact]
    public async Task A_host_that_goes_away_after_a_lost_answer_leaves_the_outcome_open()
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [OAuthPlace.Lost, OAuthPlace.Away];

        await Starting().Should().ThrowAsync<SourceUnavailableException>().WithMessage("*may have been done*");

        (await _place.KeptAsync()).Current.Pending.Should().NotBeNull();
    }

    [Fact]
    public async Task A_damaged_pair_leads_to_the_one_before_which_is_tried_once()
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [_place.Grant()];
        await StartAsync();
        await DamageNewestAsync();
        _place.Answers = [_place.Grant(), OAuthPlace.Error(400, "invalid_grant")];

        await Starting()
            .Should()
            .ThrowAsync<ConfigurationException>()
            .WithMessage("*was damaged*vplan-export connect*");

        _place.SentTokens.Should().Equal("refresh-token-1", "refresh-token-1");
        _place.Warnings.Should().ContainSingle().Which.Should().Contain("pair before them is tried");
        await Starting().Should().ThrowAsync<ConfigurationException>();
        _place.Asked.Should().HaveCount(2, "the refusal is final");
    }

    [Fact]
    public async Task Tokens_that_cannot_be_stored_are_saved_elsewhere_and_come_back()
    {
        await _place.ConnectLongAgoAsync();
        var good = _place.Work;
        var full = new FullStore(good) { Left = 1 };
        _place.Work = full;
        _place.Answers = [_place.Grant()];

        await Starting()
            .Should()
            .ThrowAsync<SinkException>()
            .WithMessage("*saved, sealed, in *acme.tokens*next start*");
        full.Refused.Should().BeGreaterThan(3, "the store is tried again while the process lives");
        _place.Work = good;

        (await StartAsync()).Should().Be("access-token-2");
        _place.Asked.Should().HaveCount(1);
        File.Exists(_place.Settings.OAuth.SpareFile).Should().BeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("torn")]
    public async Task Tokens_are_stored_where_the_file_is_gone_or_torn_meanwhile(string? content)
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers =
        [
            () =>
            {
                File.Delete(_place.TokenFile);
                if (content is not null)
                    File.WriteAllText(_place.TokenFile, content);
                return _place.Grant()();
            },
        ];

        (await StartAsync()).Should().Be("access-token-2");

        (await _place.KeptAsync()).Current.RefreshToken.Should().Be("refresh-token-2");
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_found_before_anything_is_sent()
    {
        await _place.ConnectLongAgoAsync();
        _place.Work = new FullStore(_place.Work);

        await Starting().Should().ThrowAsync<SinkException>();

        _place.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_signal_waits_for_the_answer_to_be_stored()
    {
        await _place.ConnectLongAgoAsync();
        using var stop = new CancellationTokenSource();
        _place.Answers =
        [
            () =>
            {
                stop.Cancel();
                return _place.Grant()();
            },
        ];
        using var tokens = _place.Open(stop.Token);

        (await tokens.CurrentAsync(stop.Token)).Should().Be("access-token-2");

        (await _place.KeptAsync()).Current.RefreshToken.Should().Be("refresh-token-2");
    }

    [Fact]
    public async Task A_command_that_ends_waits_for_a_refresh_that_is_under_way()
    {
        await _place.ConnectLongAgoAsync();
        using var asked = new ManualResetEventSlim();
        using var answers = new ManualResetEventSlim();
        _place.Answers =
        [
            () =>
            {
                asked.Set();
                answers.Wait(Token);
                return _place.Grant()();
            },
        ];
        var tokens = _place.Open(Token);
        var reading = Task.Run(() => tokens.CurrentAsync(Token), Token);
        asked.Wait(Token);

        var ending = Task.Run(tokens.Dispose, Token);
        ending.IsCompleted.Should().BeFalse();
        answers.Set();
        await ending;

        (await _place.KeptAsync()).Current.RefreshToken.Should().Be("refresh-token-2");
        await reading;
    }

    [Fact]
    public async Task Without_a_connection_the_message_says_how_to_make_one() =>
        await Starting()
            .Should()
            .ThrowAsync<ConfigurationException>()
            .WithMessage("*not connected*vplan-export connect");

    [Fact]
    public async Task An_old_refresh_token_stays_where_vplan_gives_no_other()
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [() => OAuthPlace.Json(200, new { access_token = "access-token-9", expires_in = 3600 })];

        await StartAsync();

        (await _place.KeptAsync()).Current.RefreshToken.Should().Be("refresh-token-1");
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_told_and_nothing_is_lost()
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers =
        [
            () =>
            {
                var answer = _place.Grant()();
                answer.Headers.Date = _place.Time.GetUtcNow().AddHours(1);
                return answer;
            },
        ];

        (await StartAsync()).Should().Be("access-token-2");

        _place.Warnings.Should().ContainSingle().Which.Should().Contain("Set the clock");
    }

    private Func<Task> Starting() => StartAsync;

    /// <summary>A process of its own asks for a token.</summary>
    private async Task<string> StartAsync()
    {
        using var tokens = _place.Open(Token);
        return await tokens.CurrentAsync(Token);
    }

    private async Task DamageNewestAsync()
    {
        var bytes = await File.ReadAllBytesAsync(_place.TokenFile, Token);
        bytes[bytes.Length / 4] ^= 1;
        await File.WriteAllBytesAsync(_place.TokenFile, bytes, Token);
        _place.Time.Advance(TimeSpan.FromHours(2));
    }
}
