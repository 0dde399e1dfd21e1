using System.Net.NetworkInformation;

namespace VPlanExport.Tests.Support;

/// <summary>Ports for servers that start later, below those that systems give out: no other server gets one in
/// between.</summary>
internal static class FreePort
{
    private static int s_last = 15_000 + (Environment.ProcessId % 10_000);

    public static int Next()
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(l => l.Port).ToHashSet();
        int port;
        do port = Interlocked.Increment(ref s_last);
        while (taken.Contains(port));
        return port;
    }
}
