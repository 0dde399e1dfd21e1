using VPlanExport.Loaders.Warehouse;

namespace VPlanExport.Tests.Loaders.Warehouse;

public class SqlServerDatabaseTests
{
    [Theory]
    [InlineData("Server=s;Database=d;Nonsense=s3cret", "cannot be read as one of SQL Server")]
    [InlineData("Server=s;Password=s3cret", "names no database")]
    [InlineData("Database=d;Password=s3cret", "names no server")]
    public void A_connection_string_that_makes_no_sense_says_what_it_needs_and_no_secret(string connectionString, string problem) =>
        FluentActions.Invoking(() => new SqlServerDatabase(connectionString, isEntra: false)).Should().Throw<ConfigurationException>()
            .Which.Message.Should().Contain(problem).And.Contain("Server=tcp:").And.NotContain("s3cret");

    [Fact]
    public void Entra_and_a_password_contradict_each_other() =>
        FluentActions.Invoking(() => new SqlServerDatabase("Server=s;Database=d;User ID=u;Password=s3cret", isEntra: true)).Should().Throw<ConfigurationException>()
            .Which.Message.Should().Contain("Warehouse:Authentication").And.NotContain("s3cret");

    [Fact]
    public void It_is_told_by_server_and_database() =>
        new SqlServerDatabase("Server=tcp:s.database.windows.net,1433;Database=d;User ID=u;Password=s3cret", isEntra: false).Location.Should().Be("tcp:s.database.windows.net,1433/d");

    [Fact]
    public async Task A_server_that_is_not_there_is_a_sink_error_with_what_to_look_at()
    {
        var warehouse = new SqlServerWarehouse("Server=127.0.0.1,1;Database=d;User ID=u;Password=s3cret;Connect Timeout=1", isEntra: false, deploys: true, new Extractors.HastyTime());

        var asking = () => warehouse.LastSequenceAsync(TestContext.Current.CancellationToken);

        (await asking.Should().ThrowAsync<SinkException>()).Which.Message.Should().StartWith("The warehouse 127.0.0.1,1/d cannot be opened: ").And.Contain("See that the server runs").And.NotContain("s3cret");
    }
}
