using VPlanExport.Entities;
using VPlanExport.PowerBi;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.PowerBi;

/// <summary>A refresh of a published model, as Power BI answers it.</summary>
[Trait("Tier", "unit")]
public sealed class ModelRefreshTests
{
    private const string Running = """{"status":"Unknown","extendedStatus":"InProgress"}""";
    private const string Done = """{"status":"Completed","extendedStatus":"Completed"}""";

    private readonly ImmediateTime _clock = new();

    [Fact]
    public async Task It_is_followed_until_it_ends()
    {
        await using var powerBi = await FakePowerBi.StartAsync((202, ""), (202, Running), (200, Running), (200, Done));

        var took = await RunAsync(powerBi, [new("Card plan"), new("Time entry", "2026Q410")]);

        powerBi.Objects.Should().Equal("Card plan", "Time entry 2026Q410");
        powerBi
            .Requests[0]
            .Should()
            .Be(
                $"POST /v1.0/myorg/groups/{FakePowerBi.Workspace}/datasets/{FakePowerBi.Dataset}/refreshes Bearer {FakePowerBi.Token}"
            );
        powerBi
            .Requests.Skip(1)
            .Should()
            .HaveCount(3)
            .And.AllSatisfy(r => r.Should().StartWith("GET ").And.Contain("/refreshes/refresh-1 Bearer"));
        took.Should().Be(TimeSpan.FromSeconds(45));
    }

    [Fact]
    public async Task Power_BI_is_asked_again_when_it_says_so()
    {
        await using var powerBi = await FakePowerBi.StartAsync((429, "slow down"), (202, ""), (429, ""), (200, Done));

        await RunAsync(powerBi, [new("Card")]);

        _clock.Waits.Should().Contain(TimeSpan.FromSeconds(7));
        powerBi.Requests.Should().HaveCount(4);
    }

    [Theory]
    [InlineData(
        200,
        """{"status":"Failed","extendedStatus":"Failed","messages":[{"message":"The gateway is away."}]}""",
        "ended as Failed: The gateway is away."
    )]
    [InlineData(
        200,
        """{"status":"Failed","serviceExceptionJson":"{\"errorCode\":\"X\"}"}""",
        "ended as Failed: {\"errorCode\":\"X\"}"
    )]
    [InlineData(200, """{"status":"Unknown","extendedStatus":"TimedOut"}""", "ended as TimedOut")]
    [InlineData(404, "", "PowerBi:Workspace and PowerBi:Dataset")]
    public async Task A_refresh_that_fails_says_why(int code, string body, string why)
    {
        await using var powerBi = await FakePowerBi.StartAsync((202, ""), (code, body));

        (await Refreshing(powerBi).Should().ThrowAsync<SinkException>()).WithMessage($"*{why}*");
    }

    [Theory]
    [InlineData(400, "already in progress", "400 (already in progress)")]
    [InlineData(401, "", "member")]
    [InlineData(403, "", "member")]
    public async Task A_refresh_that_is_refused_says_what_to_do(int code, string body, string why)
    {
        await using var powerBi = await FakePowerBi.StartAsync((code, body));

        (await Refreshing(powerBi).Should().ThrowAsync<SinkException>()).WithMessage($"*{why}*");
        powerBi.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_refresh_that_does_not_end_is_left_after_the_limit()
    {
        await using var powerBi = await FakePowerBi.StartAsync((202, ""), (200, Running));

        (await Refreshing(powerBi).Should().ThrowAsync<SinkException>()).WithMessage("*within 60 minutes*");
        powerBi.Requests.Should().HaveCount(242);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent()
    {
        await using var powerBi = await FakePowerBi.StartAsync((202, ""));

        var refreshing = () => RunAsync(powerBi, [new("Card")], isSignedIn: false);

        (await refreshing.Should().ThrowAsync<SinkException>()).WithMessage(
            "*gave no token: No identity answers here. Sign this machine's identity in*"
        );
        powerBi.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("2026-11", "2026Q411")]
    [InlineData("2027-04", "2026Q411")]
    [InlineData(null, "2026Q411")]
    [InlineData("2026-08", "2026Q308")]
    [InlineData("2026-07", "2026Q307")]
    [InlineData("2026-06", "2026Q2")]
    [InlineData("2025-12", "2025")]
    public void A_month_is_in_the_partition_that_the_policy_keeps_it_in(string? month, string partition) =>
        RefreshPlan.PartitionOf(month, new DateOnly(2026, 11, 30)).Should().Be(partition);

    [Fact]
    public void What_changed_is_refreshed_and_nothing_else()
    {
        var today = new DateOnly(2026, 11, 30);

        RefreshPlan
            .Of([Cards.Fact, TimeEntries.Fact], null, ModelNames.English, today)
            .Should()
            .Equal(new RefreshObject("Card plan"), new RefreshObject("Time entry"), new RefreshObject("Freshness"));
        RefreshPlan
            .Of([Cards.Fact, TimeEntries.Fact], _ => ["2026-11", null, "2026-10"], new ModelNames(isDutch: true), today)
            .Should()
            .Equal(
                new RefreshObject("Kaartplanning"),
                new RefreshObject("Urenregel", "2026Q410"),
                new RefreshObject("Urenregel", "2026Q411"),
                new RefreshObject("Versheid")
            );
    }

    private Func<Task> Refreshing(FakePowerBi powerBi) => () => RunAsync(powerBi, [new("Card")]);

    private async Task<TimeSpan> RunAsync(
        FakePowerBi powerBi,
        IReadOnlyList<RefreshObject> objects,
        bool isSignedIn = true
    )
    {
        using var http = new HttpClient();
        var dataset = new Uri($"{powerBi.Url}/groups/{FakePowerBi.Workspace}/datasets/{FakePowerBi.Dataset}");
        return await new ModelRefresh(
            http,
            new FakePowerBi.Identity(isSignedIn),
            dataset,
            TimeSpan.FromMinutes(60),
            _clock
        ).RunAsync(objects, TestContext.Current.CancellationToken);
    }
}
