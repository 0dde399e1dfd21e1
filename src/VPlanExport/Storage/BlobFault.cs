using System.Globalization;
using Azure;
using Azure.Identity;

namespace VPlanExport.Storage;

/// <summary>How a store signs in, for what a refusal means.</summary>
/// <param name="Clock">Compared with the server's.</param>
/// <param name="Signature">Null where a key or an identity signs in.</param>
internal sealed record BlobAccess(TimeProvider Clock, SharedSignature? Signature);

/// <summary>Turns what Azure Storage throws into a message that says what to do.</summary>
internal static class BlobFault
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Whether the store failed, and not its caller.</summary>
    public static bool IsFault(Exception e) =>
        e is RequestFailedException or AuthenticationFailedException or IOException or HttpRequestException
        || (e is AggregateException all && all.InnerExceptions.All(IsFault))
        || e is TaskCanceledException { InnerException: TimeoutException };

    /// <param name="what">The file and its place, such as <c>'lake.json' in https://…</c>.</param>
    public static SinkException Of(string what, Exception e, BlobAccess access)
    {
        var cause = e is AggregateException all ? all.InnerExceptions[^1] : e;
        return new SinkException($"Cannot use {what}: {Line(cause)} {Advice(cause, access)}", e);
    }

    private static string Advice(Exception e, BlobAccess access) =>
        e switch
        {
            RequestFailedException { ErrorCode: "ContainerNotFound" } =>
                "There is no such container: create it, or correct Lake:Location.",
            RequestFailedException { ErrorCode: "ContainerBeingDeleted" } =>
                "The container is being deleted: wait, create it again, or choose another one.",
            RequestFailedException { Status: 401 or 403 } refused
                when access.Signature?.Fault(ServerTime(refused) ?? access.Clock.GetUtcNow()) is { } fault => fault,
            RequestFailedException { Status: 401 or 403 } refused
                when ClockIsOff(refused, access.Clock) is { } server =>
                $"This machine's clock is wrong: it says {Text(access.Clock.GetUtcNow())} and the server "
                    + $"{Text(server)}. Set the clock.",
            RequestFailedException { ErrorCode: "KeyBasedAuthenticationNotPermitted" } =>
                "The storage account takes no keys and no signatures: allow them there, or remove "
                    + "Lake:ConnectionString and give the machine's identity the role 'Storage Blob Data Contributor'.",
            RequestFailedException { ErrorCode: "AuthorizationSourceIPMismatch" }
                when access.Signature is { } signature =>
                $"The signature in Lake:ConnectionString is only for the addresses {signature.Addresses}, and "
                    + "this machine has another: make one that is for it.",
            RequestFailedException { Status: 401 or 403 } when access.Signature is { } signature =>
                $"{signature.Doubt()} If it is right, see that the account's firewall lets this machine in.",
            RequestFailedException
            {
                ErrorCode: "AuthorizationPermissionMismatch"
                    or "AuthorizationFailure"
                    or "InsufficientAccountPermissions"
            } => "Give the identity that runs the export the role 'Storage Blob Data Contributor' on the "
                + "container, and see that the account's firewall lets it in.",
            RequestFailedException { Status: 401 or 403 } =>
                "The key or signature in Lake:ConnectionString is wrong or has expired, or this machine's clock "
                    + "is wrong: renew it, or set the clock.",
            AuthenticationFailedException =>
                "Give the machine a managed identity, or sign in with the Azure command line, or set "
                    + "Lake:ConnectionString.",
            RequestFailedException { Status: > 0 and < 500 } =>
                "Check Lake:Location and the storage account, then start again.",
            _ => "The storage account cannot be reached: check Lake:Location and the network, then start again; "
                + "the run continues where it stopped.",
        };

    private static DateTimeOffset? ClockIsOff(RequestFailedException e, TimeProvider clock) =>
        ServerTime(e) is { } server && (server - clock.GetUtcNow()).Duration() > Skew ? server : null;

    private static DateTimeOffset? ServerTime(RequestFailedException e) => e.GetRawResponse()?.Headers.Date;

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The first line: the rest repeats the response's headers.</summary>
    private static string Line(Exception e)
    {
        var line = e.Message.Split('\n')[0].Trim();
        var code =
            e is RequestFailedException { ErrorCode: { Length: > 0 } error }
            && !line.Contains(error, StringComparison.Ordinal)
                ? $" ({error})"
                : "";
        return $"{line.TrimEnd('.')}{code}.";
    }
}
