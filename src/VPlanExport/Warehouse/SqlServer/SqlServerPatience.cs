using Microsoft.Data.SqlClient;
using Polly;
using Polly.Retry;

namespace VPlanExport.Warehouse.SqlServer;

/// <summary>
/// What passes by itself, and how long it is waited for: about a minute. A server that has not answered yet gets two
/// tries, because its name may be wrong or the server gone; once it has answered, or says itself that it comes back, it
/// gets the whole minute.
/// </summary>
internal static class SqlServerPatience
{
    private const int Attempts = 7;

    /// <summary>An error of this class or above ends the connection.</summary>
    private const byte BreaksConnection = 20;

    /// <summary>
    /// A database that is paused, moved or has too much to do:
    /// https://learn.microsoft.com/azure/azure-sql/database/troubleshoot-common-errors-issues.
    /// </summary>
    private static readonly HashSet<int> Returning =
    [
        40143,
        40197,
        40501,
        40540,
        40613,
        42108,
        42109,
        49918,
        49919,
        49920,
        10928,
        10929,
    ];

    /// <summary>Deadlocks, time-outs, and the numbers that SqlClient gives to a connection that broke.</summary>
    private static readonly HashSet<int> Passing =
    [
        4060,
        4221,
        615,
        926,
        1205,
        1222,
        3960,
        -2,
        20,
        64,
        121,
        233,
        258,
        10053,
        10054,
        10060,
        40020,
    ];

    /// <param name="hasAnswered">Whether a connection was ever opened.</param>
    public static ResiliencePipeline Of(TimeProvider time, Func<bool> hasAnswered) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = failed => new ValueTask<bool>(
                        failed.Outcome.Exception is { } e
                            && IsTransient(e)
                            && (failed.AttemptNumber == 0 || hasAnswered() || Returns(e))
                    ),
                    MaxRetryAttempts = Attempts - 1,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromSeconds(1),
                    UseJitter = true,
                }
            )
            .Build();

    /// <summary>Whether what failed so may succeed when it is done again.</summary>
    public static bool IsTransient(Exception e) =>
        e is SinkException { InnerException: { } inner }
        && !SqlServerErrors.IsTrust(inner)
        && SqlServerErrors.CauseOf(inner) switch
        {
            SqlException sql => !SqlServerErrors.IsAccess(sql)
                && (Has(sql, Passing) || Has(sql, Returning) || sql.Class >= BreaksConnection),
            IOException => true,
            _ => false,
        };

    private static bool Returns(Exception e) =>
        e.InnerException is { } inner && SqlServerErrors.CauseOf(inner) is SqlException sql && Has(sql, Returning);

    private static bool Has(SqlException e, HashSet<int> numbers) =>
        e.Errors.Cast<SqlError>().Any(error => numbers.Contains(error.Number));
}
