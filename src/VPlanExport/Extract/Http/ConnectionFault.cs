using System.Security.Authentication;
using System.Text.RegularExpressions;

namespace VPlanExport.Extract.Http;

/// <summary>Says why there is no answer, and what stands in between. Credentials of a proxy are in none of
/// it.</summary>
internal static partial class ConnectionFault
{
    private const string Settings = "HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, or the system, names the proxy.";

    /// <summary>The proxy that requests to the address go through, as HOST:PORT; null for none. This machine is always
    /// asked directly.</summary>
    public static string? ProxyTo(Uri address) =>
        !address.IsLoopback
        && !HttpClient.DefaultProxy.IsBypassed(address)
        && HttpClient.DefaultProxy.GetProxy(address) is { } proxy
            ? $"{proxy.Host}:{proxy.Port}"
            : null;

    /// <summary>What stays is told once; anything else may pass.</summary>
    /// <param name="setting">Names the address.</param>
    public static Exception Of(HttpRequestException e, Uri address, string? proxy, string setting = "VPlan:BaseUrl")
    {
        var way = proxy is null ? "" : $" through the proxy {proxy}";
        var text = $"no connection to {address.Host}{way} ({e.Message.TrimEnd('.')})";
        if (
            e.InnerException is AuthenticationException { Message: var certificate }
            && certificate.Contains("certificate", StringComparison.OrdinalIgnoreCase)
        )
            return new SourceUnavailableException(
                $"{text}: {certificate} Where a proxy opens encrypted connections, this machine must trust its "
                    + $"root certificate (on Linux SSL_CERT_FILE); else check {setting} and this machine's clock.",
                e
            );
        if (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
            return new UnreadableException(e.Message.TrimEnd('.'), e);
        if (proxy is not null && Refused().IsMatch(e.Message))
            return new ConfigurationException(
                $"{text}. {Settings} Give it the user and the password that the proxy wants, or ask its "
                    + $"administrator to let {address.Host} through.",
                e
            );
        return new TransientException(
            proxy is null
                ? text
                : $"{text}. {Settings} Where this machine can do without it, name {address.Host} in NO_PROXY",
            inner: e
        );
    }

    /// <summary>A proxy's own answer to CONNECT: 4xx stays.</summary>
    [GeneratedRegex("'4[0-9][0-9]'")]
    private static partial Regex Refused();
}
