namespace VPlanExport.Storage;

/// <summary>Where one small secret is kept: a file in a store, or a secret in a Key Vault.</summary>
internal interface ISecretPlace
{
    /// <summary>The place, for people.</summary>
    string Location { get; }

    /// <summary>What is kept, with its version; null when nothing is.</summary>
    /// <exception cref="SinkException">The place cannot be read.</exception>
    Task<VersionedFile?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces what still has this version; null keeps something where nothing is. It is durable
    /// afterwards.</summary>
    /// <returns>The new version; null, and nothing changed, when another writer was first.</returns>
    /// <exception cref="SinkException">The place cannot be written.</exception>
    Task<string?> ReplaceAsync(string? version, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Removes what is kept; no error when nothing is.</summary>
    Task DeleteAsync(CancellationToken cancellationToken);
}

/// <summary>A file in a store.</summary>
internal sealed class SecretFile(IStore store, string path) : ISecretPlace
{
    public string Location => $"{store.Location}/{path}";

    public Task<VersionedFile?> ReadAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(path, cancellationToken);

    public Task<string?> ReplaceAsync(
        string? version,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    ) => store.ReplaceAsync(path, version, content, cancellationToken);

    public Task DeleteAsync(CancellationToken cancellationToken) => store.DeleteAsync(path, cancellationToken);
}
