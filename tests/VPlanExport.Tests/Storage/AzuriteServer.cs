using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using VPlanExport.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Storage;

/// <summary>A real blob server in a process of its own, which can be killed and started again on the same port.</summary>
internal sealed class AzuriteServer : IDisposable
{
    /// <summary>The account and key that every Azurite has: https://learn.microsoft.com/azure/storage/common/storage-use-azurite#well-known-storage-account-and-key.</summary>
    private const string Account = "devstoreaccount1";
    private const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly Lazy<AzuriteServer> s_shared = new(() =>
    {
        var server = new AzuriteServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    private readonly TempFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private Process _process;

    private AzuriteServer() => _process = Start();

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={Url};";

    public string Url => $"http://127.0.0.1:{_port}/{Account}";

    /// <summary>The server that tests share, each with containers of its own.</summary>
    public static AzuriteServer Shared
    {
        get
        {
            SkipWithout();
            return s_shared.Value;
        }
    }

    /// <summary>A server that a test may kill.</summary>
    public static AzuriteServer StartOwn()
    {
        SkipWithout();
        return new AzuriteServer();
    }

    /// <summary>A new container.</summary>
    public StoreLocation.Blob NewPlace(string prefix = "some/lake")
    {
        var name = $"c{Guid.NewGuid():N}";
        Client().CreateBlobContainer(name);
        return new StoreLocation.Blob(new Uri($"{Url}/{name}"), prefix, ConnectionString);
    }

    /// <summary>A signature of the account.</summary>
    /// <param name="rights">Letters, such as <c>rwdl</c>.</param>
    /// <param name="types">Letters: c for containers, o for objects.</param>
    public static string Signature(
        string rights,
        string types,
        DateTimeOffset expires,
        DateTimeOffset? begins = null,
        AccountSasServices services = AccountSasServices.Blobs
    )
    {
        var of =
            (types.Contains('c', StringComparison.Ordinal) ? AccountSasResourceTypes.Container : 0)
            | (types.Contains('o', StringComparison.Ordinal) ? AccountSasResourceTypes.Object : 0);
        var builder = new AccountSasBuilder
        {
            Services = services,
            ResourceTypes = of,
            ExpiresOn = expires,
            StartsOn = begins ?? default,
            Protocol = SasProtocol.HttpsAndHttp,
        };
        builder.SetPermissions(rights);
        return builder.ToSasQueryParameters(new StorageSharedKeyCredential(Account, Key)).ToString();
    }

    /// <summary>A signature of one container.</summary>
    public static string ContainerSignature(StoreLocation.Blob place, string rights, DateTimeOffset expires)
    {
        var builder = new BlobSasBuilder
        {
            BlobContainerName = place.Container.Segments[^1],
            Resource = "c",
            ExpiresOn = expires,
        };
        builder.SetPermissions(rights, normalize: true);
        return builder.ToSasQueryParameters(new StorageSharedKeyCredential(Account, Key)).ToString();
    }

    /// <summary>Takes a lease away from whoever holds it.</summary>
    public static void BreakLease(StoreLocation.Blob place, string path) =>
        Blob(place, path).GetBlobLeaseClient().Break(TimeSpan.Zero);

    public static BlobClient Blob(StoreLocation.Blob place, string path) =>
        new(place.ConnectionString, place.Container.Segments[^1], $"{place.Prefix}/{path}", Options);

    /// <summary>Azure keeps what it has acknowledged; Azurite writes its list of blobs to disk every five seconds, so that is waited for.</summary>
    public void Kill()
    {
        var (asked, waited) = (TimeProvider.System.GetUtcNow().UtcDateTime, Stopwatch.StartNew());
        while (
            File.GetLastWriteTimeUtc(Path.Combine(_folder.Path, "__azurite_db_blob__.json")) < asked
            && waited.Elapsed < TimeSpan.FromSeconds(7)
        )
            Thread.Sleep(50);
        End();
    }

    public void Restart() => _process = Start();

    public void Dispose()
    {
        if (!_process.HasExited)
            End();
        _folder.Dispose();
    }

    private static string Script =>
        Path.Combine(Repository.Root, "tests", "azurite", "node_modules", "azurite", "dist", "src", "blob", "main.js");

    private static void SkipWithout() =>
        Assert.SkipUnless(File.Exists(Script), "Azurite is not installed: npm install --prefix tests/azurite");

    public static BlobClientOptions Options => new(BlobClientOptions.ServiceVersion.V2024_11_04);

    private BlobServiceClient Client() => new(ConnectionString, Options);

    private Process Start()
    {
        var start = new ProcessStartInfo(
            "node",
            [
                Script,
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                $"{_port}",
                "--location",
                _folder.Path,
                "--silent",
                "--disableTelemetry",
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var until = Stopwatch.StartNew();
        while (!Answers())
        {
            (process.HasExited || until.Elapsed > TimeSpan.FromMinutes(1)).Should().BeFalse("Azurite must start");
            Thread.Sleep(100);
        }
        return process;
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void End()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }
}
