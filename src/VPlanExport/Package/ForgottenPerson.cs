using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Package;

/// <summary>A person whose names, addresses and notes no file may hold. The entry has ids and fingerprints, and no
/// name.</summary>
/// <param name="User">The id of the user in vPlan.</param>
/// <param name="Resource">The id of the resource that the user is; null when there is none.</param>
/// <param name="At">When it was asked for, UTC.</param>
/// <param name="Names">What texts are searched for.</param>
internal sealed record ForgottenPerson(string User, string? Resource, DateTime At, IReadOnlyList<NameFingerprint> Names)
{
    /// <summary>As long as a pseudonym of <c>Privacy:PersonalData</c>, so that it fits into every personal
    /// column.</summary>
    private const int PseudonymBytes = 10;

    /// <summary>False until nothing holds the person any more.</summary>
    public bool IsDone { get; init; }

    /// <summary>What stands in the personal columns of the person's rows. It is made of the id, so figures per person
    /// still add up.</summary>
    [JsonIgnore]
    public string Pseudonym { get; } =
        "~"
        + Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"forgotten|{Ids.Canonical(User)}")).AsSpan(0, PseudonymBytes)
        );
}

/// <param name="Length">Characters of the name.</param>
/// <param name="Hash">Keyed with the salt of the list.</param>
internal sealed record NameFingerprint(int Length, string Hash);

/// <summary>The people that were forgotten: <c>forgotten.json</c> in the work folder and in the lake.</summary>
/// <param name="Salt">What fingerprints are keyed with, in hexadecimal digits.</param>
internal sealed record ForgottenList(string Salt, IReadOnlyList<ForgottenPerson> People)
{
    public const string File = "forgotten.json";

    private const string Remedy =
        "Restore it from a backup, or from the other place that has it: the work folder and the lake. Without it, "
        + "people who were forgotten are read again.";
    private const int SaltBytes = 16;

    /// <summary>People who are not forgotten whole yet.</summary>
    [JsonIgnore]
    public IReadOnlyList<ForgottenPerson> Pending => [.. People.Where(p => !p.IsDone)];

    public static ForgottenList Empty() => new(Convert.ToHexString(RandomNumberGenerator.GetBytes(SaltBytes)), []);

    /// <summary>The list; null where nobody was forgotten. Where one place was lost, the other one has it.</summary>
    public static async Task<ForgottenList?> ReadAsync(
        IStore workFolder,
        IStore lake,
        CancellationToken cancellationToken
    ) => await ReadAsync(workFolder, cancellationToken) ?? await ReadAsync(lake, cancellationToken);

    private static Task<ForgottenList?> ReadAsync(IStore store, CancellationToken cancellationToken) =>
        store.ReadJsonAsync<ForgottenList>(File, Remedy, cancellationToken);

    /// <summary>Keeps the list in both places.</summary>
    public async Task PutAsync(IStore workFolder, IStore lake, CancellationToken cancellationToken)
    {
        await workFolder.PutJsonAsync(File, this, cancellationToken);
        await lake.PutJsonAsync(File, this, cancellationToken);
    }

    /// <summary>Gives the list to the place that lacks it.</summary>
    public async Task GiveAsync(IStore workFolder, IStore lake, CancellationToken cancellationToken)
    {
        foreach (var place in new[] { workFolder, lake })
        {
            if (await ReadAsync(place, cancellationToken) is null)
                await place.PutJsonAsync(File, this, cancellationToken);
        }
    }

    public ForgottenPerson? Find(string user) => People.FirstOrDefault(p => Ids.Comparer.Equals(p.User, user));

    /// <summary>The list with this person instead of an earlier entry of the same user.</summary>
    public ForgottenList With(ForgottenPerson person) =>
        this with
        {
            People = [.. People.Where(p => !Ids.Comparer.Equals(p.User, person.User)), person],
        };

    /// <summary>What is remembered of a name.</summary>
    public NameFingerprint FingerprintOf(string name) => new(name.Length, NameSearch.Hash(SaltKey, name));

    [JsonIgnore]
    internal byte[] SaltKey => Convert.FromHexString(Salt);
}
