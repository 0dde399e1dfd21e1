using System.Globalization;
using Azure;
using Azure.Identity;

namespace VPlanExport.Storage;

/// <summary>Turns what Azure Storage throws into a message that says what to do.</summary>
internal static class BlobFault
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Whether the store failed, and not its caller.</summary>
    public static bool IsFault(Exception e) => e is RequestFailedException or AuthenticationFailedException or IOException or HttpRequestException
        || (e is AggregateException all && all.InnerExceptions.All(IsFault))
        || e is TaskCanceledException { InnerException: TimeoutException };

    /// <param name="what">The file and its place, such as <c>'lake.json' in https://…</c>.</param>
    /// <param name="clock">Compared with the server's; null where that is not needed.</param>
    public static SinkException Of(string what, Exception e, TimeProvider? clock)
    {
        var cause = e is AggregateException all ? all.InnerExceptions[^1] : e;
        return new SinkException($"Cannot use {what}: {Line(cause)} {Advice(cause, clock)}", e);
    }

    private static string Advice(Exception e, TimeProvider? clock) => e switch
    {
        RequestFailedException { ErrorCode: "ContainerNotFound" } => "There is no such container: create it, or correct Lake:Location.",
        RequestFailedException { ErrorCode: "ContainerBeingDeleted" } => "The container is being deleted: wait, create it again, or choose another one.",
        RequestFailedException { Status: 401 or 403 } refused when ClockIsOff(refused, clock) is { } server =>
            $"This machine's clock is wrong: it says {Text(clock!.GetUtcNow())} and the server {Text(server)}. Set the clock.",
        RequestFailedException { ErrorCode: "AuthorizationPermissionMismatch" or "AuthorizationFailure" or "InsufficientAccountPermissions" } =>
            "Give the identity that runs the export the role 'Storage Blob Data Contributor' on the container, and see that the account's firewall lets it in.",
        RequestFailedException { Status: 401 or 403 } => "The key or signature in Lake:ConnectionString is wrong or has expired, or this machine's clock is wrong: renew it, or set the clock.",
        AuthenticationFailedException => "Give the machine a managed identity, or sign in with the Azure command line, or set Lake:ConnectionString.",
        RequestFailedException { Status: > 0 and < 500 } => "Check Lake:Location and the storage account, then start again.",
        _ => "The storage account cannot be reached: check Lake:Location and the network, then start again; the run continues where it stopped.",
    };

    private static DateTimeOffset? ClockIsOff(RequestFailedException e, TimeProvider? clock) =>
        clock is not null && e.GetRawResponse()?.Headers.Date is { } server && (server - clock.GetUtcNow()).Duration() > Skew ? server : null;

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The first line: the rest repeats the response's headers.</summary>
    private static string Line(Exception e)
    {
        var line = e.Message.Split('\n')[0].Trim();
        var code = e is RequestFailedException { ErrorCode: { Length: > 0 } error } && !line.Contains(error, StringComparison.Ordinal) ? $" ({error})" : "";
        return $"{line.TrimEnd('.')}{code}.";
    }
}
