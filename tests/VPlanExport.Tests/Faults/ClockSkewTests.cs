using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>Clocks that are wrong: what changes is read whichever of them it is, and it is said.</summary>
[Trait("Tier", "scenario")]
public sealed class ClockSkewTests
{
    private static readonly TimeSpan Days2 = TimeSpan.FromDays(2);

    [Theory]
    [InlineData("ahead", "2 days")]
    [InlineData("ahead in /me only", "2 days")]
    [InlineData("ahead in lists only", "2 days")]
    [InlineData("ahead by ten minutes", null)]
    [InlineData("behind", "2 days")]
    [InlineData("at the first moment there is", "0001-01-01")]
    [InlineData("at the last moment there is", "9999-12-31")]
    [InlineData("missing", null)]
    public async Task What_has_changed_is_read_whatever_the_date_header_says(string header, string? warned)
    {
        await using var house = await TestExport.OpenAsync(o =>
            o with
            {
                DateSkew = request => Skew(header, request.Path == "/me"),
            }
        );
        (await house.InvokeAsync("run", "--entity", "time_tracking")).ShouldBe(ExitCode.Ok);
        foreach (var entry in house.World.Records("time_tracking").Take(16).ToList())
            house.World.Edit("time_tracking", entry.Id, new() { ["duration"] = 4321 });

        var outcome = (await house.InvokeAsync("run", "--entity", "time_tracking")).ShouldBe(ExitCode.Ok);

        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE minutes = 4321").Should().Equal("16");
        if (warned is null)
            outcome.Output.Should().NotContain("differ by");
        else
            outcome.Output.Should().ContainAll("differ by", warned, "VPlan:OverlapMinutes (15)");
    }

    /// <summary>The watermark lies between the change and the next run there, so that it decides whether the change is
    /// read.</summary>
    [Theory]
    [InlineData("ahead", 1)]
    [InlineData("ahead in /me only", 1)]
    [InlineData("ahead in lists only", 1)]
    [InlineData("behind", -1)]
    [InlineData("behind in lists, missing in /me", -1)]
    public async Task What_changed_between_the_two_clocks_is_read_days_later(string header, int changedDaysLater)
    {
        await using var house = await TestExport.OpenAsync(o =>
            o with
            {
                DateSkew = request => Skew(header, request.Path == "/me"),
            }
        );
        (await house.InvokeAsync("run", "--entity", "time_tracking")).ShouldBe(ExitCode.Ok);
        var changed = house.Clock.GetUtcNow().AddDays(changedDaysLater);
        foreach (var entry in house.World.Records("time_tracking").Take(16).ToList())
            house.World.Edit(
                "time_tracking",
                entry.Id,
                new() { ["duration"] = 4321, ["updated_at"] = $"{changed:yyyy-MM-ddTHH:mm:ssZ}" }
            );
        house.Clock.Advance(TimeSpan.FromDays(4));

        var outcome = (await house.InvokeAsync("run", "--entity", "time_tracking")).ShouldBe(ExitCode.Ok);

        outcome.Output.Should().Contain("changed since");
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE minutes = 4321").Should().Equal("16");
    }

    [Fact]
    public async Task A_check_names_both_clocks_and_warns_of_one_that_is_wrong()
    {
        await using var house = await TestExport.OpenAsync(o => o with { DateSkew = _ => Days2 });
        (await house.InvokeAsync("check"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .ContainAll(
                "clock 2026-10-09 01:00:00",
                "here 2026-10-07 01:00:00",
                "dated 2026-10-09T01:00:00Z",
                "says 2026-10-07T01:00:00Z",
                "differ by 2 days"
            );
    }

    [Fact]
    public async Task A_check_says_that_vplan_sends_no_clock()
    {
        await using var house = await TestExport.OpenAsync(o => o with { DateSkew = _ => null });
        (await house.InvokeAsync("check"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .ContainAll("no Date header", "this machine");
    }

    private static TimeSpan? Skew(string header, bool isMe) =>
        header switch
        {
            "ahead" => Days2,
            "ahead in /me only" => isMe ? Days2 : TimeSpan.Zero,
            "ahead in lists only" => isMe ? TimeSpan.Zero : Days2,
            "ahead by ten minutes" => TimeSpan.FromMinutes(10),
            "behind" => -Days2,
            "behind in lists, missing in /me" => isMe ? null : -Days2,
            "at the first moment there is" => TimeSpan.FromDays(-800_000),
            "at the last moment there is" => TimeSpan.FromDays(3_000_000),
            _ => null,
        };
}
