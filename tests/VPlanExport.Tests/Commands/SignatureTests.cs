using Azure.Storage.Sas;
using VPlanExport.Sandbox;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>A lake that a shared access signature signs in to, with Azurite as the server.</summary>
[Trait("Tier", "platform")]
public sealed class SignatureTests : IAsyncLifetime
{
    private const string Everything = "rwdlac";
    private const string BlobsOnly = "co";

    private readonly CliHost _place = new() { Clock = new ImpatientTime() };
    private readonly StoreLocation.Blob _lake = AzuriteServer.Shared.NewPlace();
    private SandboxServer _server = null!;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync() => _server = await _place.StartVPlanAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Theory]
    [InlineData("account")]
    [InlineData("container")]
    public async Task A_whole_run_passes_and_no_place_is_shown_with_it(string of)
    {
        SignIn(
            of == "account"
                ? AzuriteServer.Signature(Everything, BlobsOnly, Now.AddDays(5))
                : AzuriteServer.ContainerSignature(_lake, Everything, Now.AddDays(5))
        );

        Outcome[] outcomes =
        [
            (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok),
            (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok),
            (await _place.InvokeAsync("status")).ShouldBe(ExitCode.Ok),
            (await _place.InvokeAsync("check")).ShouldBe(ExitCode.Ok),
            (await _place.InvokeAsync("load", "--run", "none"))
                .ShouldBe(ExitCode.Configuration)
                .Naming($"in {_lake}/_work"),
        ];

        outcomes
            .Should()
            .OnlyContain(o => !(o.Output + o.Errors).Contains("sig=") && !(o.Output + o.Errors).Contains("sv="));
        outcomes[3]
            .Output.Should()
            .Contain($"{_lake} can be written; its signature expires on")
            .And.Contain("warning: The signature in Lake:ConnectionString expires on");
    }

    public static TheoryData<string, string, int, int, string> Faults =>
        new()
        {
            { Everything, BlobsOnly, -2, -1, "expired on " },
            { Everything, BlobsOnly, 1, 2, "is not valid before " },
            { "rwlac", BlobsOnly, -1, 2, "lacks the right to delete (d)" },
            { "rwdac", BlobsOnly, -1, 2, "lacks the right to list (l)" },
            { "wdlac", BlobsOnly, -1, 2, "lacks the right to read (r)" },
            { "rdl", BlobsOnly, -1, 2, "lacks the right to write (w)" },
            { Everything, "o", -1, 2, "is not for containers (c)" },
            { Everything, "c", -1, 2, "is not for objects (o)" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task One_that_is_too_narrow_or_too_old_is_told_by_what_it_lacks(
        string rights,
        string types,
        int begins,
        int expires,
        string said
    )
    {
        SignIn(AzuriteServer.Signature(rights, types, Now.AddDays(expires), Now.AddDays(begins)));

        var outcome = (await _place.InvokeAsync("run", "--entity", "board"))
            .ShouldBe(ExitCode.Sink)
            .Naming("The signature in Lake:ConnectionString", said);

        outcome.Errors.Should().NotContain("Contributor").And.NotContain("sig=");
        (await _place.InvokeAsync("check")).ShouldBe(ExitCode.Sink).Output.Should().Contain(said);
    }

    [Fact]
    public async Task One_for_another_service_or_that_was_cut_is_told()
    {
        SignIn(AzuriteServer.Signature(Everything, BlobsOnly, Now.AddDays(1), services: AccountSasServices.Queues));
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Sink).Naming("is not for blobs: its services (ss) are 'q'");

        var whole = AzuriteServer.Signature(Everything, BlobsOnly, Now.AddDays(1));
        SignIn(whole.Replace("sig=", "sig=AAAA", StringComparison.Ordinal));
        (await _place.InvokeAsync("run"))
            .ShouldBe(ExitCode.Sink)
            .Naming("it was cut or changed")
            .Errors.Should()
            .NotContain("Contributor");
    }

    private void SignIn(string signature)
    {
        File.WriteAllText(
            _place.PathOf("lake.txt"),
            $"BlobEndpoint={AzuriteServer.Shared.Url};SharedAccessSignature={signature}"
        );
        _place.Settings.AddRange([
            $"Lake:Location={_lake}",
            $"Lake:ConnectionStringFile={_place.PathOf("lake.txt")}",
            "Runs:WorkFolder=",
        ]);
    }
}
