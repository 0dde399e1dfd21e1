using VPlanExport.Entities;
using VPlanExport.Tests.Support;
using VPlanExport.Warehouse.SqlServer;

namespace VPlanExport.Tests.Warehouse;

/// <summary>Which tables are ours, by what a SQL Server says of them.</summary>
[Trait("Tier", "unit")]
public class SqlServerOwnershipTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_table_of_another_tool_is_named_and_nothing_is_sent_but_questions(bool deploys)
    {
        var (session, preparing) = Preparing(
            deploys,
            new ScriptedDatabase([("stg", "dim_date", "day", "date"), ("etl", "load", "id", "int")])
        );

        var refused = (await preparing.Should().ThrowAsync<ConfigurationException>()).Which;

        refused
            .Message.Should()
            .Contain("stg.dim_date, etl.load")
            .And.Contain("did not make")
            .And.Contain("a database of its own")
            .And.NotContainEquivalentOf("drop ");
        session.Sent.Should().OnlyContain(sql => sql.StartsWith("SELECT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_without_the_mark_is_somebody_elses_where_ours_bear_it()
    {
        var columns = ScriptedDatabase
            .Complete.Where(c => (c.Schema, c.Table) != ("stg", "dim_date"))
            .Append(("stg", "dim_date", "day", "date"));
        var (_, preparing) = Preparing(
            true,
            new ScriptedDatabase(columns, isMarked: true) { Unmarked = "stg.dim_date" }
        );

        await preparing
            .Should()
            .ThrowAsync<ConfigurationException>()
            .WithMessage("* already has stg.dim_date, which *");
    }

    [Fact]
    public async Task What_an_earlier_version_left_unmarked_is_ours_by_its_journal_and_marked()
    {
        var (session, preparing) = Preparing(
            true,
            new ScriptedDatabase(ScriptedDatabase.Complete.Where(c => c.Column != "color"))
        );

        await preparing.Should().NotThrowAsync();

        session
            .Sent.Should()
            .ContainSingle(sql => sql.Contains("@name = N'vplan-export'", StringComparison.Ordinal))
            .Which.Should()
            .Contain("N'dim_date'")
            .And.Contain("N'load'")
            .And.Contain("N'VIEW', @level1name = N'card'");
    }

    [Fact]
    public async Task Without_deployment_the_journal_is_proof_and_nothing_is_marked()
    {
        var (session, preparing) = Preparing(false, new ScriptedDatabase(ScriptedDatabase.Complete));

        await preparing.Should().NotThrowAsync();

        session.Sent.Should().OnlyContain(sql => sql.StartsWith("SELECT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_lets_no_mark_be_made_is_served_all_the_same_and_the_check_says_so()
    {
        var database = new ScriptedDatabase(ScriptedDatabase.Complete);
        var session = new ScriptedSession(sql =>
            sql.Contains("@name = N'vplan-export'", StringComparison.Ordinal)
                ? throw Support.SqlServerError.Of(2812, "Could not find stored procedure 'sys.sp_addextendedproperty'.")
                : database.Answer(sql)
        );

        (await Warehouse(true, session).PrepareAsync(Catalog.Tables, TestContext.Current.CancellationToken))
            .Advice.Should()
            .Contain("bear no mark");
    }

    private static (ScriptedSession Session, Func<Task> Preparing) Preparing(bool deploys, ScriptedDatabase database)
    {
        var session = new ScriptedSession(database.Answer);
        return (
            session,
            () => Warehouse(deploys, session).PrepareAsync(Catalog.Tables, TestContext.Current.CancellationToken)
        );
    }

    private static SqlServerWarehouse Warehouse(bool deploys, ScriptedSession session) =>
        new("Server=s;Database=d", isEntra: false, deploys, new ImmediateTime()) { Opens = (_, _) => session };
}
