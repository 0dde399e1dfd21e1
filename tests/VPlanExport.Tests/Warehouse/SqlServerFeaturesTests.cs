using VPlanExport.Tests.Support;
using VPlanExport.Warehouse.SqlServer;

namespace VPlanExport.Tests.Warehouse;

/// <summary>Whatever a server answers to the questions what it is, a run goes on.</summary>
[Trait("Tier", "unit")]
public class SqlServerFeaturesTests
{
    [Fact]
    public void The_database_is_found_by_its_name_for_in_Azure_it_may_have_another_number()
    {
        var azure = new ScriptedSession(sql => sql.Contains("database_id", StringComparison.Ordinal) ? [] : Real(sql));

        SqlServerFeatures.Of(azure).Should().Be(new SqlServerFeatures(true, true, true));
        azure
            .Sent.Should()
            .Contain(sql => sql.Contains("sys.databases WHERE name = DB_NAME()", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("null")]
    [InlineData("text")]
    [InlineData("denied")]
    [InlineData("unknown view")]
    public void A_server_that_does_not_say_how_readers_read_is_warned_about(string answer)
    {
        var features = SqlServerFeatures.Of(
            new ScriptedSession(sql =>
                sql.Contains("sys.databases", StringComparison.Ordinal) ? Odd(answer) : Real(sql)
            )
        );

        features.HasSnapshotReads.Should().BeNull();
        features.Advice.Should().Contain("does not say whether READ_COMMITTED_SNAPSHOT is on");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("null")]
    [InlineData("text")]
    [InlineData("denied")]
    [InlineData("unknown view")]
    public void A_server_that_says_nothing_of_itself_is_one_that_only_speaks_the_language(string answer) =>
        SqlServerFeatures
            .Of(new ScriptedSession(_ => Odd(answer)))
            .Should()
            .Be(new SqlServerFeatures(false, false, true));

    [Fact]
    public void A_server_that_goes_away_meanwhile_is_not_taken_for_another()
    {
        var asking = () =>
            SqlServerFeatures.Of(
                new ScriptedSession(_ => throw SqlServerError.Of(40613, "The database is not currently available."))
            );

        asking
            .Should()
            .Throw<SinkException>()
            .Which.Should()
            .Match<SinkException>(e => SqlServerPatience.IsTransient(e));
    }

    private static object?[][] Real(string sql) =>
        sql switch
        {
            _ when sql.Contains("@@VERSION", StringComparison.Ordinal) =>
            [
                ["Microsoft SQL Azure (RTM) - 12.0.2000.8"],
            ],
            _ when sql.Contains("EngineEdition", StringComparison.Ordinal) =>
            [
                [5],
            ],
            _ when sql.Contains("ServiceObjective", StringComparison.Ordinal) =>
            [
                ["S3"],
            ],
            _ =>
            [
                [1],
            ],
        };

    private static object?[][] Odd(string answer) =>
        answer switch
        {
            "none" => [],
            "null" =>
            [
                [null],
            ],
            "text" =>
            [
                ["perhaps"],
            ],
            "denied" => throw SqlServerError.Of(297, "The user does not have permission to perform this action."),
            _ => throw SqlServerError.Of(208, "Invalid object name 'sys.databases'."),
        };
}
