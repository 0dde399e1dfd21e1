using System.Globalization;
using VPlanExport.Extract;
using VPlanExport.Extract.Http;
using VPlanExport.Extract.Paging;

namespace VPlanExport.Tests.Extract;

[Trait("Tier", "unit")]
public sealed class RetryPolicyTests : IDisposable
{
    private readonly Some _some = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _some.Dispose();

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(303)]
    public async Task A_fault_that_may_pass_is_asked_again(int status)
    {
        var page = await _some.AskAsync(Some.Settings, Some.Status(status), Some.Status(status), Some.Page());
        page.Count.Should().Be(1);
        _some.Sent.Should().HaveCount(3);
        _some.Time.Waits.Should().Equal(TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5));
    }

    [Theory]
    [InlineData(400, typeof(RejectedRequestException))]
    [InlineData(422, typeof(RejectedRequestException))]
    [InlineData(401, typeof(ConfigurationException))]
    [InlineData(403, typeof(NotAvailableException))]
    [InlineData(404, typeof(NotAvailableException))]
    [InlineData(301, typeof(SourceUnavailableException))]
    [InlineData(410, typeof(SourceUnavailableException))]
    public async Task A_fault_that_stays_is_not_asked_again(int status, Type expected)
    {
        var ask = () => _some.AskAsync(Some.Settings, Some.Status(status));
        var error = (await ask.Should().ThrowAsync<ExportException>()).Which;
        error.Should().BeOfType(expected);
        error.Message.Should().Contain("/card").And.Contain("Something").And.Contain("ref-7").And.NotContain("s3cret");
        _some.Sent.Should().ContainSingle();
    }

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("Retry-After", "Mon, 02 Mar 2026 01:00:09 GMT", 9)]
    [InlineData("RateLimit-Reset", "12", 12)]
    [InlineData("RateLimit-Reset", "1772413230", 30)]
    [InlineData("RateLimit-Reset", "1772413230000", 30)]
    [InlineData("RateLimit-Reset", "1.5", 1.5)]
    [InlineData("RateLimit-Reset", "12, 30", 12)]
    [InlineData("RateLimit-Reset", "Mon, 02 Mar 2026 01:00:09 GMT", 9)]
    [InlineData("RateLimit-Reset", "soon", 0.25)]
    [InlineData("RateLimit-Reset", "-5", 0.25)]
    [InlineData("RateLimit-Reset", "0", 0.25)]
    [InlineData("RateLimit-Reset", "1700000000", 0.25)]
    [InlineData("RateLimit-Reset", "99999999999999999999", 0.25)]
    [InlineData("RateLimit-Reset", "Fri, 31 Dec 9999 23:59:59 GMT", 0.25)]
    [InlineData("Retry-After", "-1", 0.25)]
    [InlineData("Retry-After", "2.5", 2.5)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 01:00:09 GMT", 0.25)]
    public async Task The_wait_is_what_vplan_asks_for(string header, string value, double seconds)
    {
        await _some.AskAsync(Some.Settings, Some.Status(429, (header, value)), Some.Page());
        _some.Time.Waits.Should().Equal(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task Retry_after_goes_before_the_window()
    {
        await _some.AskAsync(
            Some.Settings,
            Some.Status(429, ("RateLimit-Reset", "60"), ("Retry-After", "2")),
            Some.Page()
        );
        _some.Time.Waits.Should().Equal(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Back_off_doubles_to_thirty_seconds_and_then_says_what_to_do()
    {
        var ask = () => _some.AskAsync(Some.Settings with { MaxAttempts = 9 }, Some.Status(503));
        (await ask.Should().ThrowAsync<SourceUnavailableException>()).WithMessage(
            "vPlan did not answer /card after 9 attempts; the last fault: 503*ref-7*Try again later*"
        );
        _some.Time.Waits.Select(wait => wait.TotalSeconds).Should().Equal(0.25, 0.5, 1, 2, 4, 8, 15, 15);
    }

    [Theory]
    [InlineData(429, typeof(BudgetReachedException))]
    [InlineData(503, typeof(SourceUnavailableException))]
    public async Task A_wait_that_is_too_long_ends_the_run(int status, Type expected)
    {
        var ask = () => _some.AskAsync(Some.Settings, Some.Status(status, ("Retry-After", "3600")));
        (await ask.Should().ThrowAsync<ExportException>())
            .WithMessage("*60 minutes*resumes*")
            .Which.Should()
            .BeOfType(expected);
        _some.Time.Waits.Should().BeEmpty();
    }

    [Theory]
    [InlineData("<html>maintenance</html>", "text/html")]
    [InlineData("""{"count":1,"data":[{"id":"a","created""", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("<html>maintenance</html>", "application/json")]
    public async Task A_body_that_is_no_page_is_asked_again(string body, string type)
    {
        (await _some.AskAsync(Some.Settings, Some.Page(body, type), Some.Page())).Count.Should().Be(1);
        _some.Sent.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("""{"message":"fine"}""")]
    [InlineData("""{"count":1,"data":[{"id":"a"}],"Data":[{"id":"b"}]}""")]
    [InlineData("""{"count":1,"data":[{"id":"\ud800"}]}""")]
    [InlineData("""{"count":1,"data":[{"id":"a"}]}]""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task A_body_that_stays_no_page_is_not_asked_again(string body)
    {
        var ask = () => _some.AskAsync(Some.Settings, Some.Page(body), Some.Page());
        (await ask.Should().ThrowAsync<UnreadableAnswerException>()).WithMessage(
            "vPlan's answer to /card cannot be read:*Report it to vPlan*"
        );
        _some.Sent.Should().ContainSingle();
    }

    [Theory]
    [InlineData(200, "10005")]
    [InlineData(500, "\"10005\"")]
    [InlineData(429, "10005")]
    [InlineData(400, "10005")]
    public async Task An_answer_that_is_too_large_for_vplan_is_told_by_its_code(int status, string code)
    {
        var ask = () =>
            _some.AskAsync(
                Some.Settings,
                Some.Page($$"""{"errors":[{"code":{{code}},"message":"Memory Exhausted"}]}""", status: status)
            );
        await ask.Should().ThrowAsync<PageTooLargeException>();
        _some.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task An_answer_larger_than_allowed_stops_the_run()
    {
        var ask = () => _some.AskAsync(Some.Settings with { MaxBodyBytes = 20 }, Some.Page());
        (await ask.Should().ThrowAsync<SourceUnavailableException>()).WithMessage(
            "*/card*20 bytes (VPlan:MaxBodyMegabytes)*"
        );
    }

    [Fact]
    public async Task Requests_pause_when_the_window_is_nearly_used_up()
    {
        using var client = await _some.ClientAsync(
            Some.Settings,
            Some.Page(headers: [("RateLimit-Remaining", "3"), ("RateLimit-Reset", "40")]),
            Some.Page()
        );
        for (var i = 0; i < 2; i++)
            await client.GetAsync(
                "/card",
                1,
                (reply, token) => PageScanner.ScanAsync(reply.Body(Stream.Null), "created_at", token),
                null,
                CancellationToken.None
            );
        _some.Time.Waits.Should().Equal(TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task A_window_that_resets_too_late_ends_the_run_but_not_the_good_answer()
    {
        using var client = await _some.ClientAsync(
            Some.Settings,
            Some.Page(headers: [("RateLimit-Remaining", "0"), ("RateLimit-Reset", "7200")])
        );
        var ask = () =>
            client.GetAsync(
                "/card",
                1,
                (reply, token) => PageScanner.ScanAsync(reply.Body(Stream.Null), "created_at", token),
                null,
                CancellationToken.None
            );
        (await ask()).Count.Should().Be(1);
        await ask.Should().ThrowAsync<BudgetReachedException>().WithMessage("*120 minutes*");
    }

    [Fact]
    public async Task A_deprecated_path_is_named_once()
    {
        using var client = await _some.ClientAsync(Some.Settings, Some.Page(headers: ("Deprecated", "use /cards")));
        for (var i = 0; i < 2; i++)
            await client.GetAsync(
                "/card?limit=1",
                1,
                (reply, token) => PageScanner.ScanAsync(reply.Body(Stream.Null), "created_at", token),
                null,
                CancellationToken.None
            );
        _some.Warnings.Should().Equal("vPlan calls /card deprecated: use /cards");
    }

    [Fact]
    public async Task A_key_that_vplan_repeats_is_masked_in_whatever_is_made_of_its_answer()
    {
        var settings = Some.Settings with { MaxAttempts = 1 };
        var asks = new[]
        {
            Some.Page("no key s3cret", type: "text/s3cret"),
            Some.Page(status: 302, headers: ("Location", "https://s3cret.test/")),
            Some.Page("""{"errors":[{"message":"no key \u0073\u0033cret"}]}""", status: 400),
            Some.Status(404),
        };
        foreach (var answer in asks)
        {
            var ask = () => _some.AskAsync(settings, answer);
            (await ask.Should().ThrowAsync<ExportException>())
                .Which.ToString()
                .Should()
                .NotContain("s3cret")
                .And.Contain("***");
            _some.Sent.Clear();
        }
        await _some.AskAsync(settings, Some.Page(headers: ("Deprecated", "for s3cret")));
        _some.Warnings.Should().Equal("vPlan calls /card deprecated: for ***");
    }

    [Fact]
    public async Task The_key_is_sent_and_the_page_asked_for_in_json()
    {
        await _some.AskAsync(Some.Settings, Some.Page());
        var sent = _some.Sent[0];
        sent.RequestUri!.ToString().Should().Be("https://vplan.test/v1/card?limit=2&offset=0");
        sent.Headers.GetValues("X-Api-Key").Should().Equal("s3cret");
        sent.Headers.GetValues("X-Api-Env").Should().Equal("acme");
    }

    [Theory]
    [InlineData("http://api.vplan.com/v1", "k")]
    [InlineData("api.vplan.com", "k")]
    [InlineData("https://api.vplan.com/v1", "k\n")]
    public async Task Settings_that_would_leak_or_break_are_refused(string url, string key)
    {
        var make = () => _some.ClientAsync(Some.Settings with { BaseUrl = url, ApiKey = key }, Some.Page());
        await make.Should().ThrowAsync<ConfigurationException>().WithMessage("VPlan:*");
    }

    [Fact]
    public async Task Me_gives_up_sooner()
    {
        using var client = await _some.ClientAsync(Some.Settings, Some.Status(503));
        var ask = () => new Extractor(client, PersonalDataPolicy.Kept, _some.Time).MeAsync(Token);
        await ask.Should().ThrowAsync<SourceUnavailableException>().WithMessage("*after 4 attempts*");
    }

    [Fact]
    public async Task Me_names_the_environment_and_its_clock()
    {
        using var client = await _some.ClientAsync(
            Some.Settings,
            Some.Page(
                """{"environment":{"name":"Acme"},"features":["planning"]}""",
                headers: ("Date", "Mon, 02 Mar 2026 01:00:05 GMT")
            )
        );
        var me = await new Extractor(client, PersonalDataPolicy.Kept, _some.Time).MeAsync(Token);
        me.Name.Should().Be("Acme");
        me.Features.Should().Equal("planning");
        me.ServerTime.Should()
            .Be(DateTime.Parse("2026-03-02T01:00:05Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));
        me.Warning.Should().BeNull();
    }

    [Fact]
    public async Task A_key_that_may_not_ask_who_it_is_is_only_a_warning()
    {
        using var client = await _some.ClientAsync(Some.Settings, Some.Status(403));
        (await new Extractor(client, PersonalDataPolicy.Kept, _some.Time).MeAsync(Token))
            .Warning.Should()
            .Contain("403")
            .And.Contain("/me");
    }
}
