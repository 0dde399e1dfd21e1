using VPlanExport.Tests.Support;
using VPlanExport.Warehouse.SqlServer;

namespace VPlanExport.Tests.Warehouse;

[Trait("Tier", "platform")]
public class SqlServerDatabaseTests
{
    [Theory]
    [InlineData("Server=s;Database=d;Nonsense=s3cret", "cannot be read as one of SQL Server")]
    [InlineData("Server=s;Password=s3cret", "names no database")]
    [InlineData("Database=d;Password=s3cret", "names no server")]
    public void A_connection_string_that_makes_no_sense_says_what_it_needs_and_no_secret(
        string connectionString,
        string problem
    ) =>
        FluentActions
            .Invoking(() => new SqlServerDatabase(connectionString, isEntra: false))
            .Should()
            .Throw<ConfigurationException>()
            .Which.Message.Should()
            .Contain(problem)
            .And.Contain("Server=tcp:")
            .And.NotContain("s3cret");

    [Fact]
    public void Entra_and_a_password_contradict_each_other() =>
        FluentActions
            .Invoking(() => new SqlServerDatabase("Server=s;Database=d;User ID=u;Password=s3cret", isEntra: true))
            .Should()
            .Throw<ConfigurationException>()
            .Which.Message.Should()
            .Contain("Warehouse:Authentication")
            .And.NotContain("s3cret");

    [Theory]
    [InlineData("Authentication=Active Directory Default", true)]
    [InlineData("Authentication=Active Directory Managed Identity", true)]
    [InlineData("Integrated Security=true", true)]
    [InlineData("Authentication=Active Directory Default", false)]
    public async Task Ways_to_sign_in_that_contradict_are_a_configuration_error_before_anything_is_tried(
        string given,
        bool isEntra
    )
    {
        using var place = new CliHost();

        var outcome = await place.InvokeAsync(
            "run",
            "--set",
            "Warehouse:Kind=sqlserver",
            "--set",
            $"Warehouse:ConnectionString=Server=127.0.0.1,1;Database=d;{given}",
            "--set",
            $"Warehouse:Authentication={(isEntra ? "entra" : "connectionString")}"
        );

        outcome.ShouldBe(ExitCode.Configuration).Naming("Warehouse:ConnectionString", "Warehouse:Authentication");
    }

    [Theory]
    [InlineData("Authentication=Active Directory Integrated;User ID=u;Password=s3cret")]
    [InlineData("User ID=u;Password=s3cret;Failover Partner=p;MultiSubnetFailover=true")]
    public void Words_that_do_not_go_together_are_a_configuration_error_without_a_secret(string given) =>
        FluentActions
            .Invoking(() => new SqlServerDatabase($"Server=s;Database=d;{given}", isEntra: false))
            .Should()
            .Throw<ConfigurationException>()
            .Which.Message.Should()
            .Contain("Warehouse:ConnectionString")
            .And.NotContain("s3cret");

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_met_once_and_says_both_ways_out()
    {
        await using var server = new UntrustedServer();
        var warehouse = new SqlServerWarehouse(
            $"Server={server.DataSource};Database=d;User ID=u;Password=s3cret;Connect Timeout=30",
            isEntra: false,
            deploys: true,
            new ImmediateTime()
        );

        var asking = () => warehouse.LastSequenceAsync(TestContext.Current.CancellationToken);

        (await asking.Should().ThrowAsync<SinkException>())
            .Which.Message.Should()
            .Contain("UntrustedRoot")
            .And.Contain("authority")
            .And.Contain("TrustServerCertificate=true")
            .And.NotContain("name and port");
        server.Connections.Should().Be(1);
    }

    [Fact]
    public async Task A_server_that_never_answered_is_tried_twice()
    {
        var tries = 0;
        var warehouse = Warehouse(() => throw Opening(++tries, 0, 20));

        await Asking(warehouse).Should().ThrowAsync<SinkException>();

        tries.Should().Be(2);
    }

    [Theory]
    [InlineData(40613)]
    [InlineData(40197)]
    public async Task A_database_that_says_it_comes_back_is_waited_for(int number)
    {
        var tries = 0;
        var warehouse = Warehouse(() =>
            ++tries < 6
                ? throw Opening(tries, number, 14)
                : new ScriptedSession(_ =>
                    [
                        [0L],
                    ]
                )
        );

        (await Asking(warehouse)()).Should().BeNull();
    }

    [Fact]
    public async Task A_server_that_has_answered_before_is_waited_for()
    {
        var tries = 0;
        var warehouse = Warehouse(() =>
            ++tries is > 1 and < 6
                ? throw Opening(tries, 0, 20)
                : new ScriptedSession(_ =>
                    [
                        [0L],
                    ]
                )
        );

        await Asking(warehouse)();
        await Asking(warehouse)();

        tries.Should().Be(6);
    }

    [Fact]
    public void It_is_told_by_server_and_database() =>
        new SqlServerDatabase(
            "Server=tcp:s.database.windows.net,1433;Database=d;User ID=u;Password=s3cret",
            isEntra: false
        )
            .Location.Should()
            .Be("tcp:s.database.windows.net,1433/d");

    [Fact]
    public async Task A_server_that_is_not_there_is_a_sink_error_with_what_to_look_at()
    {
        var warehouse = new SqlServerWarehouse(
            "Server=127.0.0.1,1;Database=d;User ID=u;Password=s3cret;Connect Timeout=1",
            isEntra: false,
            deploys: true,
            new ImmediateTime()
        );

        var asking = () => warehouse.LastSequenceAsync(TestContext.Current.CancellationToken);

        (await asking.Should().ThrowAsync<SinkException>())
            .Which.Message.Should()
            .StartWith("The warehouse 127.0.0.1,1/d cannot be opened: ")
            .And.Contain("See that the server runs")
            .And.NotContain("s3cret");
    }

    private static Func<Task<long?>> Asking(SqlServerWarehouse warehouse) =>
        () => warehouse.LastSequenceAsync(TestContext.Current.CancellationToken);

    private static SqlServerWarehouse Warehouse(Func<SqlServerSession> open) =>
        new("Server=s;Database=d", isEntra: false, deploys: true, new ImmediateTime()) { Opens = (_, _) => open() };

    private static ExportException Opening(int attempt, int number, byte severity) =>
        SqlServerErrors.Opening("s/d", SqlServerError.Of(number, $"No answer to attempt {attempt}.", severity))!;
}
