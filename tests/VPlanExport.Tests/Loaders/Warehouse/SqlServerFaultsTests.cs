using System.Reflection;
using Microsoft.Data.SqlClient;
using VPlanExport.Loaders.Warehouse;

namespace VPlanExport.Tests.Loaders.Warehouse;

/// <summary>Errors as SQL Server numbers them: https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors.</summary>
public class SqlServerFaultsTests
{
    [Theory]
    [InlineData(18456, "Login failed for user 'u'.", "Correct User ID and Password")]
    [InlineData(4060, "Cannot open database \"d\" requested by the login.", "There is no such database")]
    [InlineData(40615, "Cannot open server 's' requested by the login.", "firewall")]
    [InlineData(20, "The instance of SQL Server does not support encryption.", "certificate")]
    [InlineData(53, "The server was not found or was not accessible.", "See that the server runs")]
    public void What_keeps_it_from_opening_says_what_to_do(int number, string message, string advice)
    {
        var fault = SqlServerFaults.Opening("s/d", Error(number, message))!;

        fault.ExitCode.Should().Be(ExitCode.Sink);
        fault.Message.Should().StartWith($"The warehouse s/d cannot be opened: {message.TrimEnd('.')} (error {number}).").And.Contain(advice);
    }

    [Theory]
    [InlineData(229, "The INSERT permission was denied on the object 'dim_card', schema 'stg'.", "Grant this account what sql/sqlserver/schema/grants.sql lists")]
    [InlineData(0, "permission denied for schema stg", "Grant this account what sql/sqlserver/schema/grants.sql lists")]
    [InlineData(262, "CREATE TABLE permission denied in database 'd'.", "Grant this account what sql/sqlserver/schema/grants.sql lists")]
    [InlineData(1105, "Could not allocate space for object 'dw.dim_card'.", "make room or raise its maximum size")]
    [InlineData(9002, "The transaction log for database 'd' is full.", "make room or raise its maximum size")]
    [InlineData(40544, "The database 'd' has reached its size quota.", "make room or raise its maximum size")]
    [InlineData(208, "Invalid object name 'dw.dim_card'.", "deploy the schema again")]
    [InlineData(50000, "Something else.", "Run again")]
    public void What_stops_a_load_says_what_to_grant_or_do(int number, string message, string advice)
    {
        var fault = SqlServerFaults.While("loading run r", "s/d", Error(number, message))!;

        fault.ExitCode.Should().Be(ExitCode.Sink);
        fault.Message.Should().StartWith("The warehouse s/d failed while loading run r: " + message.TrimEnd('.')).And.Contain("Nothing was changed.").And.Contain(advice);
    }

    [Theory]
    [InlineData(2627)]
    [InlineData(515)]
    [InlineData(8115)]
    public void A_row_that_is_refused_breaks_the_contract(int number) =>
        SqlServerFaults.While("loading run r", "s/d", Error(number, "Refused."))!.ExitCode.Should().Be(ExitCode.Contract);

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
        SqlServerFaults.IsTransient(SqlServerFaults.Opening("s/d", Error(number, "Message."))!).Should().Be(isTransient);

    [Fact]
    public void What_is_no_fault_of_the_database_is_left_alone() => SqlServerFaults.While("loading", "s/d", new ArgumentNullException("x")).Should().BeNull();

    /// <summary>SqlClient lets nobody else make one.</summary>
    private static SqlException Error(int number, string message)
    {
        const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance;
        var make = typeof(SqlError).GetConstructors(Hidden).OrderBy(c => c.GetParameters().Length).First();
        var values = make.GetParameters().Select(p => p.Name switch
        {
            "infoNumber" => number,
            "errorMessage" => message,
            "errorClass" => (byte)14,
            _ => p.ParameterType == typeof(string) ? "" : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null,
        });
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [make.Invoke([.. values])]);
        return (SqlException)typeof(SqlException).GetMethod("CreateException", BindingFlags.NonPublic | BindingFlags.Static, [typeof(SqlErrorCollection), typeof(string)])!.Invoke(null, [errors, "16.0"])!;
    }
}
