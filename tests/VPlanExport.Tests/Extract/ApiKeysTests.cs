using VPlanExport.Extract.Http;
using VPlanExport.Extract.Paging;

namespace VPlanExport.Tests.Extract;

/// <summary>A key that is replaced while runs go on.</summary>
[Trait("Tier", "unit")]
public sealed class ApiKeysTests : IDisposable
{
    private static readonly VPlanSettings Both = Some.Settings with { ApiKey = "old-key", ApiKeyNext = "new-key" };

    private readonly Some _some = new();

    public void Dispose() => _some.Dispose();

    [Fact]
    public async Task The_next_key_is_sent_from_the_first_refusal_on_which_is_told_once()
    {
        using var client = await _some.ClientAsync(Both, Some.Status(401), Some.Page());
        for (var i = 0; i < 2; i++)
            (await AskAsync(client)).Count.Should().Be(1);

        Sent().Should().Equal("old-key", "new-key", "new-key");
        _some
            .Warnings.Should()
            .ContainSingle()
            .Which.Should()
            .ContainAll("VPlan:ApiKey (401)", "VPlan:ApiKeyNext")
            .And.NotContainAny("old-key", "new-key");
        client.RequestsLeft.Should().Be(Both.RequestsPerDay - 3, "a refused request counts, too");
    }

    [Fact]
    public void Requests_that_are_refused_together_all_go_on_with_the_next_key()
    {
        var warnings = new List<string>();
        var keys = new ApiKeys(Both, warnings.Add, null);

        new[] { "old-key", "old-key", "new-key" }.Select(keys.GoOnWithout).Should().Equal(true, true, false);
        keys.Current.Should().Be("new-key");
        warnings.Should().ContainSingle();
    }

    [Theory]
    [InlineData("")]
    [InlineData("new-key")]
    [InlineData("old-key")]
    public async Task A_key_without_another_one_that_is_refused_is_a_matter_of_configuration(string next)
    {
        var ask = () => _some.AskAsync(Both with { ApiKeyNext = next }, Some.Status(401));

        await ask.Should().ThrowAsync<ConfigurationException>().WithMessage("*401*VPlan:ApiKey*");
        Sent().Should().Equal(next == "new-key" ? ["old-key", "new-key"] : ["old-key"]);
    }

    [Fact]
    public async Task A_key_is_accepted_when_vplan_first_answers_to_it()
    {
        var accepted = new List<string>();
        var keys = new ApiKeys(
            Both,
            _ => { },
            (key, _) =>
            {
                accepted.Add(key);
                return Task.CompletedTask;
            }
        );

        for (var i = 0; i < 2; i++)
            await keys.AcceptedAsync(keys.Current, CancellationToken.None);

        accepted.Should().Equal("old-key");
    }

    private static Task<PageScan> AskAsync(VPlanClient client) =>
        client.GetAsync(
            "/card?limit=2",
            1,
            (reply, token) => PageScanner.ScanAsync(reply.Body(Stream.Null), "created_at", token),
            null,
            CancellationToken.None
        );

    private IEnumerable<string> Sent() => _some.Sent.Select(r => r.Headers.GetValues("X-Api-Key").Single());
}
