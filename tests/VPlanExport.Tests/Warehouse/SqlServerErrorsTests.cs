using Microsoft.Data.SqlClient;
using VPlanExport.Tests.Support;
using VPlanExport.Warehouse.SqlServer;

namespace VPlanExport.Tests.Warehouse;

/// <summary>Errors as SQL Server numbers them: https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors.</summary>
[Trait("Tier", "unit")]
public class SqlServerErrorsTests
{
    [Theory]
    [InlineData(18456, "Login failed for user 'u'.", "Correct User ID and Password")]
    [InlineData(4060, "Cannot open database \"d\" requested by the login.", "There is no such database")]
    [InlineData(40615, "Cannot open server 's' requested by the login.", "firewall")]
    [InlineData(
        40615,
        "Cannot open server 's' requested by the login. Client with IP address '1.2.3.4' is not allowed to access the server.",
        "firewall"
    )]
    [InlineData(
        40914,
        "Cannot open server 's' requested by the login. Client is not allowed to access the server.",
        "private endpoint"
    )]
    [InlineData(40613, "Database 'd' on server 's' is not currently available.", "paused the database")]
    [InlineData(
        18487,
        "Login failed for user 'u'. Reason: The password of the account has expired.",
        "ALTER LOGIN NAME WITH PASSWORD"
    )]
    [InlineData(
        18488,
        "Login failed for user 'u'. Reason: The password of the account must be changed.",
        "Set a new password"
    )]
    [InlineData(18486, "Login failed for user 'u' because the account is currently locked out.", "UNLOCK")]
    [InlineData(18456, "Login failed for user '<token-identified principal>'.", "FROM EXTERNAL PROVIDER")]
    [InlineData(
        1,
        "Cannot authenticate using Kerberos. Ensure Kerberos has been initialized on the client with 'kinit'.",
        "Kerberos ticket"
    )]
    [InlineData(
        20,
        "The instance of SQL Server you attempted to connect to does not support encryption.",
        "Encrypt=Optional"
    )]
    [InlineData(53, "The server was not found or was not accessible.", "See that the server runs")]
    public void What_keeps_it_from_opening_says_what_to_do(int number, string message, string advice)
    {
        var fault = SqlServerErrors.Opening("s/d", Error(number, message))!;

        fault.ExitCode.Should().Be(ExitCode.Sink);
        fault
            .Message.Should()
            .StartWith($"The warehouse s/d cannot be opened: {message.TrimEnd('.')} (error {number}).")
            .And.Contain(advice);
    }

    [Theory]
    [InlineData(
        229,
        "The INSERT permission was denied on the object 'dim_card', schema 'stg'.",
        "Grant this account what sql/sqlserver/schema/grants.sql lists"
    )]
    [InlineData(0, "permission denied for schema stg", "Grant this account what sql/sqlserver/schema/grants.sql lists")]
    [InlineData(
        262,
        "CREATE TABLE permission denied in database 'd'.",
        "Grant this account what sql/sqlserver/schema/grants.sql lists"
    )]
    [InlineData(
        229,
        "The DELETE permission was denied on the object 'dim_card', database 'd', schema 'dw'.",
        "GRANT DELETE ON SCHEMA::[dw] TO [u]"
    )]
    [InlineData(
        1088,
        "Cannot find the object \"stg.dim_card\" because it does not exist or you do not have permissions.",
        "GRANT ALTER ON SCHEMA::[stg] TO [u]"
    )]
    [InlineData(262, "CREATE TABLE permission denied in database 'd'.", "GRANT CREATE TABLE TO [u]")]
    [InlineData(1105, "Could not allocate space for object 'dw.dim_card'.", "make room or raise its maximum size")]
    [InlineData(9002, "The transaction log for database 'd' is full.", "make room or raise its maximum size")]
    [InlineData(40544, "The database 'd' has reached its size quota.", "make room or raise its maximum size")]
    [InlineData(208, "Invalid object name 'dw.dim_card'.", "deploy the schema again")]
    [InlineData(50000, "Something else.", "Run again")]
    public void What_stops_a_load_says_what_to_grant_or_do(int number, string message, string advice)
    {
        var fault = SqlServerErrors.While("loading run r", "s/d", Error(number, message), "u")!;

        fault.ExitCode.Should().Be(ExitCode.Sink);
        fault
            .Message.Should()
            .StartWith("The warehouse s/d failed while loading run r: " + message.TrimEnd('.'))
            .And.Contain("Nothing was changed.")
            .And.Contain(advice);
    }

    [Theory]
    [InlineData(2627)]
    [InlineData(515)]
    [InlineData(8115)]
    public void A_row_that_is_refused_breaks_the_contract(int number) =>
        SqlServerErrors
            .While("loading run r", "s/d", Error(number, "Refused."))!
            .ExitCode.Should()
            .Be(ExitCode.Contract);

    [Theory]
    [InlineData(40197, true)]
    [InlineData(40501, true)]
    [InlineData(40613, true)]
    [InlineData(49918, true)]
    [InlineData(1205, true)]
    [InlineData(-2, true)]
    [InlineData(4060, true)]
    [InlineData(18456, false)]
    [InlineData(229, false)]
    [InlineData(1105, false)]
    public void Only_what_may_pass_by_itself_is_tried_again(int number, bool isTransient) =>
        SqlServerPatience
            .IsTransient(SqlServerErrors.Opening("s/d", Error(number, "Message."))!)
            .Should()
            .Be(isTransient);

    [Fact]
    public void What_the_program_did_wrong_is_not_tried_again()
    {
        SqlServerPatience
            .IsTransient(
                SqlServerErrors.While(
                    "loading run r",
                    "s/d",
                    new InvalidOperationException("The connection is in use.")
                )!
            )
            .Should()
            .BeFalse();
        SqlServerPatience
            .IsTransient(SqlServerErrors.While("loading run r", "s/d", new IOException("The connection broke."))!)
            .Should()
            .BeTrue();
    }

    [Fact]
    public void What_is_no_fault_of_the_database_is_left_alone() =>
        SqlServerErrors.While("loading", "s/d", new ArgumentNullException("x")).Should().BeNull();

    private static SqlException Error(int number, string message) => SqlServerError.Of(number, message);
}
