using Azure.Storage.Blobs;

namespace VPlanExport.Storage;

/// <summary>A storage account, as its connection string names it.</summary>
/// <param name="Endpoint">Of its blobs, without a signature.</param>
/// <param name="Signature">Null where an account key signs in.</param>
internal sealed record BlobAccount(Uri Endpoint, SharedSignature? Signature)
{
    private const string SignatureForm = "'BlobEndpoint=https://ACCOUNT.blob.core.windows.net;SharedAccessSignature=sv=...'";

    /// <summary>
    /// Reads every form in which the portal and the tools of Azure give a signature: with or without a question mark before it, with the endpoints of
    /// other services beside, by endpoint or by name of the account.
    /// </summary>
    public static BlobAccount Of(string connectionString)
    {
        var parts = PartsOf(connectionString);
        if (parts.GetValueOrDefault("SharedAccessSignature") is { } signature)
            return Signed(EndpointOf(parts), signature);
        if (Uri.TryCreate(parts.GetValueOrDefault("BlobEndpoint"), UriKind.Absolute, out var url) && url.Query != "")
            return Signed(url, url.Query);
        if (connectionString.Contains("sig=", StringComparison.OrdinalIgnoreCase))
            throw new ConfigurationException($"Lake:ConnectionString is a signature, or a URL with one, and no connection string. Write it as {SignatureForm}.");
        try
        {
            return new BlobAccount(Bare(new BlobServiceClient(connectionString).Uri), null);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new ConfigurationException("Lake:ConnectionString is no connection string of a storage account. Copy it from the account's access keys: 'DefaultEndpointsProtocol=https;AccountName=...;AccountKey=...'.");
        }
    }

    private static BlobAccount Signed(Uri endpoint, string signature)
    {
        var shared = new SharedSignature(signature.TrimStart('?', '&'));
        return shared.IsSigned
            ? new BlobAccount(Bare(endpoint), shared)
            : throw new ConfigurationException($"The SharedAccessSignature in Lake:ConnectionString has no sig. Copy the whole of it: {SignatureForm}.");
    }

    private static Uri EndpointOf(Dictionary<string, string> parts)
    {
        var text = parts.GetValueOrDefault("BlobEndpoint") ?? (parts.GetValueOrDefault("AccountName") is { } account
            ? $"{parts.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{account}.blob.{parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")}"
            : "");
        return Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? endpoint
            : throw new ConfigurationException($"Lake:ConnectionString has a signature, and neither a BlobEndpoint that is a URL nor an AccountName. Write it as {SignatureForm}.");
    }

    private static Uri Bare(Uri url) => new(url.GetLeftPart(UriPartial.Path));

    /// <summary>A value may hold the equals sign, and none holds a semicolon.</summary>
    private static Dictionary<string, string> PartsOf(string connectionString)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2) is [var name, var value] && value.Trim() != "")
                parts[name.Trim()] = value.Trim();
        }
        return parts;
    }
}
