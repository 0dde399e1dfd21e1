using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

namespace VPlanExport.Storage;

/// <summary>
/// A secret in an Azure Key Vault. Each write is a new version, and the versions before stay there. The vault does not
/// compare versions itself, so who writes holds a lease elsewhere.
/// </summary>
internal sealed partial class VaultSecret(SecretClient vault, string name) : ISecretPlace
{
    private const int LongestName = 60;

    public string Location => $"{vault.VaultUri}secrets/{name}";

    /// <summary>Signs in as the machine's identity.</summary>
    /// <param name="what">What the secret's name ends with; a vault takes letters, digits and hyphens.</param>
    public static VaultSecret Open(Uri vault, string what) =>
        new(new SecretClient(vault, new DefaultAzureCredential()), Name(what));

    public static string Name(string what)
    {
        var plain = Other().Replace(what, "-");
        var isSame = plain == what && what.Length <= LongestName;
        var mark = isSame ? "" : $"-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..12]}";
        return $"vplan-export-{plain[..Math.Min(plain.Length, LongestName)]}{mark}";
    }

    public Task<VersionedFile?> ReadAsync(CancellationToken cancellationToken) =>
        GuardedAsync(
            async () =>
            {
                try
                {
                    KeyVaultSecret secret = await vault.GetSecretAsync(name, cancellationToken: cancellationToken);
                    return new VersionedFile(Encoding.Latin1.GetBytes(secret.Value), secret.Properties.Version);
                }
                catch (RequestFailedException e) when (e.Status == 404)
                {
                    return null;
                }
            },
            cancellationToken
        );

    public async Task<string?> ReplaceAsync(
        string? version,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        if ((await ReadAsync(cancellationToken))?.Version != version)
            return null;
        return await GuardedAsync(
            () => SetAsync(Encoding.Latin1.GetString(content.Span), cancellationToken),
            cancellationToken
        );
    }

    public Task DeleteAsync(CancellationToken cancellationToken) =>
        GuardedAsync(
            async () =>
            {
                try
                {
                    var deleting = await vault.StartDeleteSecretAsync(name, cancellationToken);
                    await deleting.WaitForCompletionAsync(cancellationToken);
                    return true;
                }
                catch (RequestFailedException e) when (e.Status == 404)
                {
                    return false;
                }
            },
            cancellationToken
        );

    /// <summary>A vault keeps what was deleted for a while, and its name: it is recovered first.</summary>
    private async Task<string> SetAsync(string value, CancellationToken cancellationToken)
    {
        try
        {
            return (await vault.SetSecretAsync(name, value, cancellationToken)).Value.Properties.Version;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            var recovering = await vault.StartRecoverDeletedSecretAsync(name, cancellationToken);
            await recovering.WaitForCompletionAsync(cancellationToken);
            return (await vault.SetSecretAsync(name, value, cancellationToken)).Value.Properties.Version;
        }
    }

    private async Task<T> GuardedAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (BlobFault.IsFault(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new SinkException(
                $"Cannot use {Location}: {e.Message.Split('\n')[0].Trim().TrimEnd('.')}. {Advice(e)}",
                e
            );
        }
    }

    private static string Advice(Exception e) =>
        e switch
        {
            RequestFailedException { Status: 401 or 403 } =>
                "Give the identity that runs the export the role 'Key Vault Secrets Officer' on the vault, and "
                    + "see that the vault's firewall lets it in.",
            AuthenticationFailedException =>
                "Give the machine a managed identity, or sign in with the Azure command line.",
            _ => "Check VPlan:OAuth:Vault and the network, then start again.",
        };

    [GeneratedRegex("[^A-Za-z0-9-]")]
    private static partial Regex Other();
}
