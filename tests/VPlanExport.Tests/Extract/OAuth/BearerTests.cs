using System.Net;
using VPlanExport.Extract.Http;

namespace VPlanExport.Tests.Extract.OAuth;

/// <summary>What requests carry when OAuth signs in.</summary>
[Trait("Tier", "unit")]
public sealed class BearerTests : IDisposable
{
    private readonly OAuthPlace _place = new();
    private readonly List<(string? Authorization, string? Environment, bool HasKey)> _sent = [];

    public void Dispose() => _place.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("acme", "acme")]
    [InlineData("", null)]
    public async Task A_request_carries_the_token_and_the_environment_if_it_is_set_and_no_key(
        string environment,
        string? sent
    )
    {
        _place.Settings = _place.Settings with { ApiEnv = environment, ApiKey = "some-key" };
        await _place.ConnectAsync();

        await AskAsync(200);

        _sent.Should().Equal(("Bearer access-token-1", sent, false));
    }

    [Fact]
    public async Task A_401_leads_to_one_refresh_and_one_more_request_which_counts()
    {
        await _place.ConnectAsync();
        _place.Answers = [_place.Grant()];

        var left = await AskAsync(401, 200);

        _sent.Select(s => s.Authorization).Should().Equal("Bearer access-token-1", "Bearer access-token-2");
        left.Should().Be(_place.Settings.RequestsPerDay - 2);
    }

    [Fact]
    public async Task A_401_that_stays_is_a_matter_of_configuration()
    {
        await _place.ConnectAsync();
        _place.Answers = [_place.Grant()];

        await FluentActions
            .Awaiting(() => AskAsync(401))
            .Should()
            .ThrowAsync<ConfigurationException>()
            .WithMessage("*401*VPlan:ApiEnv*vplan-export connect*");

        _sent.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_token_that_vplan_repeats_is_masked_from_the_moment_it_exists()
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [_place.Grant()];

        var failing = () => AskAsync("access-token-2 refresh-token-2", 403);

        (await failing.Should().ThrowAsync<NotAvailableException>())
            .Which.Message.Should()
            .Contain("***")
            .And.NotContain("token-2");
    }

    private Task<int> AskAsync(params int[] statuses) => AskAsync("nothing", statuses);

    /// <returns>The requests that are left.</returns>
    private async Task<int> AskAsync(string says, params int[] statuses)
    {
        using var tokens = _place.Open(Token);
        var budget = await RequestBudget.OpenAsync(_place.Work, _place.Settings.RequestsPerDay, _place.Time, Token);
        using var client = new VPlanClient(
            _place.Settings,
            budget,
            _place.Time,
            () => 0,
            _place.Warnings.Add,
            new Server(this, says, statuses),
            tokens
        );
        await client.GetAsync("/card", 1, (_, _) => Task.FromResult(true), null, Token);
        return client.RequestsLeft;
    }

    private sealed class Server(BearerTests test, string says, int[] statuses) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var environment = request.Headers.TryGetValues("X-Api-Env", out var values) ? values.Single() : null;
            test._sent.Add(
                (request.Headers.Authorization?.ToString(), environment, request.Headers.Contains("X-Api-Key"))
            );
            var status = (HttpStatusCode)statuses[Math.Min(test._sent.Count, statuses.Length) - 1];
            return Task.FromResult(
                new HttpResponseMessage(status)
                {
                    Content = new StringContent($$"""{"errors":[{"code":1,"description":"{{says}}"}]}"""),
                }
            );
        }
    }
}
