using VPlanExport.Sandbox;
using VPlanExport.Tests.Commands;

namespace VPlanExport.Tests.Support;

/// <summary>A workplace whose first run is done, shared by tests that leave it as it is.</summary>
public sealed class ExportFixture : IAsyncLifetime
{
    internal CliHost Place { get; } = new() { Clock = new ImpatientTime() };

    internal SandboxServer Server { get; private set; } = null!;

    internal string RunId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Server = await Place.StartVPlanAsync();
        (await Place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        RunId = Path.GetFileName(Directory.GetDirectories(Path.Combine(Place.Work, "runs")).Single());
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Place.Dispose();
    }
}
