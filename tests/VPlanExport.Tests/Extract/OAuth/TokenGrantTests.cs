using System.Buffers.Text;
using System.Text;
using VPlanExport.Extract.OAuth;

namespace VPlanExport.Tests.Extract.OAuth;

/// <summary>How long an access token lives, whatever the clocks say.</summary>
[Trait("Tier", "unit")]
public class TokenGrantTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 1, 0, 0, DateTimeKind.Utc);

    /// <param name="iat">Minutes before now; null for none.</param>
    /// <param name="exp">Minutes after now.</param>
    /// <param name="date">vPlan's clock, minutes after now; null for none.</param>
    [Theory]
    [InlineData("3600", null, null, null, 60)]
    [InlineData("\"3600\"", null, null, null, 60)]
    [InlineData("3600", 0, 60, 0, 60)]
    [InlineData("3600", 0, 5, 0, 5)]
    [InlineData("300", 0, 60, 0, 5)]
    [InlineData("null", 0, 20, 0, 20)]
    [InlineData("null", null, null, null, 60)]
    [InlineData("0", null, null, null, 60)]
    [InlineData("3600", null, 120, 60, 60)]
    [InlineData("3600", null, 70, 60, 10)]
    [InlineData("3600", 60, 0, -60, 60)]
    [InlineData("3600", null, 0, 0, 60)]
    public void The_earlier_end_counts_by_the_clock_that_wrote_it(
        string expiresIn,
        int? iat,
        int? exp,
        int? date,
        int minutes
    )
    {
        var claims = exp is null
            ? "{}"
            : $$"""{"name":"planner","exp":{{Seconds(exp.Value)}}{{(iat is null ? "" : $",\"iat\":{Seconds(-iat.Value)}")}}}""";
        var json = $$"""{"access_token":"{{Jwt(claims)}}","refresh_token":"r","expires_in":{{expiresIn}}}""";

        var grant = TokenGrant.Parse(
            Encoding.UTF8.GetBytes(json),
            date is null ? null : Now.AddMinutes(date.Value),
            Now
        )!;

        grant.Life.Should().Be(TimeSpan.FromMinutes(minutes));
        grant.User.Should().Be(exp is null ? null : "planner");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>maintenance</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"access_token":""}""")]
    [InlineData("""{"access_token":"a b"}""")]
    [InlineData("""{"access_token":"a","refresh""")]
    [InlineData("""{"access_token":"\ud800"}""")]
    public void What_holds_no_access_token_is_no_grant(string body) =>
        TokenGrant.Parse(Encoding.UTF8.GetBytes(body), null, Now).Should().BeNull();

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.!.c")]
    [InlineData("a.bm90IGpzb24.c")]
    public void A_token_that_is_no_jwt_lives_as_the_answer_says(string token) =>
        TokenGrant
            .Parse(Encoding.UTF8.GetBytes($$"""{"access_token":"{{token}}","expires_in":60}"""), Now, Now)!
            .Life.Should()
            .Be(TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData(60, 53.9, false)]
    [InlineData(60, 54.1, true)]
    [InlineData(1, 0.8, false)]
    [InlineData(1, 0.95, true)]
    [InlineData(600, 589, false)]
    [InlineData(600, 591, true)]
    public void A_refresh_is_due_ten_minutes_or_a_tenth_of_its_life_before_the_end(
        double life,
        double passed,
        bool isDue
    )
    {
        var record = new TokenRecord
        {
            Connection = "c",
            Generation = 1,
            RefreshToken = "r",
            AccessToken = "a",
            ObtainedAt = Now,
            Life = TimeSpan.FromMinutes(life),
            ConnectedAt = Now,
        };

        record.IsDue(Now.AddMinutes(passed)).Should().Be(isDue);
    }

    private static long Seconds(int minutes) => (long)(Now.AddMinutes(minutes) - DateTime.UnixEpoch).TotalSeconds;

    private static string Jwt(string claims) => $"h.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.s";
}
