using System.Text;
using Azure;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace VPlanExport.Storage;

/// <summary>Where a store is: a folder of this machine, or a prefix of a container in Azure Blob Storage.</summary>
internal abstract record StoreLocation
{
    internal StoreLocation() { }

    /// <summary>A local folder for row files that grow until they are whole.</summary>
    public abstract string SpoolFolder { get; }

    public abstract IStore Open(TimeProvider clock);

    /// <summary>Removes the row files that an interrupted run left on this machine. What others of this process write
    /// to the place meanwhile stays.</summary>
    public void ClearSpool() => Clear(SpoolFolder);

    /// <summary>Removes all that writers and readers left on this machine.</summary>
    public void ClearLocal() => Clear(LocalFolder);

    /// <summary>Holds all that the place needs on this machine.</summary>
    protected virtual string LocalFolder => SpoolFolder;

    private static void Clear(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException(
                $"The folder {folder} cannot be tidied: {e.Message} Nothing in it is needed any more: remove it "
                    + "once no program holds its files.",
                e
            );
        }
    }

    /// <summary>The same kind of place, further down.</summary>
    public abstract StoreLocation Below(string name);

    public sealed record Folder(string Path) : StoreLocation
    {
        public override string SpoolFolder => System.IO.Path.Combine(Path, "spool");

        public override IStore Open(TimeProvider clock) => new FolderStore(Path, clock);

        public override StoreLocation Below(string name) => new Folder(System.IO.Path.Combine(Path, name));

        public override string ToString() => Path;
    }

    /// <param name="Container">URL of the container.</param>
    /// <param name="Prefix">Without a slash at either end.</param>
    /// <param name="ConnectionString">A secret; empty to sign in as the machine's identity.</param>
    public sealed record Blob(Uri Container, string Prefix, string ConnectionString) : StoreLocation
    {
        /// <summary>A version that storage accounts and emulators of the last years know.</summary>
        private const BlobClientOptions.ServiceVersion ServiceVersion = BlobClientOptions.ServiceVersion.V2024_11_04;

        /// <summary>An emulator on this machine is asked directly, whatever HTTP_PROXY says.</summary>
        private static readonly HttpClientTransport Direct = new(
            new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }
        );

        public override string SpoolFolder => System.IO.Path.Combine(LocalFolder, "rows");

        protected override string LocalFolder =>
            System.IO.Path.Combine(
                System.IO.Path.GetTempPath(),
                $"vplan-export-{Environment.ProcessId}-{Checksum.Of(Encoding.UTF8.GetBytes(ToString()))}"
            );

        /// <summary>What signs in, where it is no key and no identity.</summary>
        internal SharedSignature? Signature =>
            ConnectionString == "" ? null : BlobAccount.Of(ConnectionString).Signature;

        public override IStore Open(TimeProvider clock) =>
            new BlobStore(
                Client(),
                Prefix,
                System.IO.Path.Combine(LocalFolder, "blobs"),
                new BlobAccess(clock, Signature)
            );

        public override StoreLocation Below(string name) =>
            this with
            {
                Prefix = Prefix == "" ? name : $"{Prefix}/{name}",
            };

        public override string ToString() => $"{Container}/{Prefix}".TrimEnd('/');

        private BlobContainerClient Client()
        {
            var options = new BlobClientOptions(ServiceVersion);
            options.Retry.MaxRetries = 5;
            options.Retry.NetworkTimeout = TimeSpan.FromSeconds(100);
            if (Container.IsLoopback)
                options.Transport = Direct;
            if (ConnectionString == "")
                return new BlobContainerClient(Container, new DefaultAzureCredential(), options);
            // In a client that is made of the connection string, the signature is part of every place that is shown.
            return Signature is { } signature
                ? new BlobContainerClient(Container, new AzureSasCredential(signature.Text), options)
                : new BlobContainerClient(ConnectionString, new BlobUriBuilder(Container).BlobContainerName, options);
        }
    }
}

/// <summary>The home folder of the account that runs the export, written as <c>~</c>: no shell expands it in a file or
/// a variable.</summary>
internal static class HomeFolder
{
    /// <summary>A path of another account's home, which only a shell knows.</summary>
    public static bool IsAnothers(string path) => path.StartsWith('~') && Expanded(path) == path;

    public static string Expanded(string path) =>
        path == "~"
        || path.StartsWith("~/", StringComparison.Ordinal)
        || path.StartsWith($"~{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[1..])
            : path;
}
