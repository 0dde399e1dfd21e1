using System.Security.Cryptography;
using System.Text;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Extract;

public enum PersonalDataMode
{
    /// <summary>As vPlan sends it.</summary>
    Keep,

    /// <summary>The same value always becomes the same pseudonym, so that figures per person still add up.</summary>
    Pseudonymise,

    /// <summary>Nothing of it is kept.</summary>
    Omit,
}

/// <summary>What becomes of names, e-mail addresses and notes before a page is landed: nothing after it ever sees
/// them.</summary>
/// <param name="key">The secret that pseudonyms are made with; without it nobody can tell whom one stands for by trying
/// names.</param>
internal sealed class PersonalDataPolicy(PersonalDataMode mode, string key = "")
{
    public const int ShortestKey = 16;

    /// <summary>80 bits: short enough for a telephone number's column.</summary>
    private const int PseudonymBytes = 10;

    public static readonly PersonalDataPolicy Kept = new(PersonalDataMode.Keep);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    public PersonalDataMode Mode => mode;

    /// <summary>What replaces people who were forgotten, whatever the mode; null where there are none.</summary>
    public Forgetting? Forgotten { get; private init; }

    /// <summary>The same for a list of people who were forgotten.</summary>
    public PersonalDataPolicy Without(ForgottenList? list) =>
        list is null or { People.Count: 0 } ? this : new(mode, key) { Forgotten = new Forgetting(list) };

    /// <summary>Another one when rows look different: then everything is read again. 0 when personal data is
    /// kept.</summary>
    public long Fingerprint =>
        mode == PersonalDataMode.Keep ? 0 : SurrogateKey.Of("personal_data", $"{mode}|{Pseudonym("fingerprint")}");

    /// <summary>What is kept of a text; null for nothing.</summary>
    public string? Of(string value) =>
        mode switch
        {
            PersonalDataMode.Keep => value,
            PersonalDataMode.Pseudonymise => value.Length == 0 ? value : Pseudonym(value),
            PersonalDataMode.Omit => null,
        };

    private string Pseudonym(string value) =>
        "~"
        + Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(value)).AsSpan(0, PseudonymBytes));
}
