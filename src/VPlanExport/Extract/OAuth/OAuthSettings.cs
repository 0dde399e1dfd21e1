namespace VPlanExport.Extract.OAuth;

/// <summary>The app that a customer authorises; bound from the settings under <c>VPlan:OAuth:</c>.</summary>
internal sealed record OAuthSettings
{
    public string ClientId { get; init; } = "";

    /// <summary>Sent in the form's body to <see cref="TokenUrl"/>; never in a message or a log.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>Where vPlan sends the browser with the code; as it is registered
    /// (A:`authentication-377764f0`).</summary>
    public string RedirectUri { get; init; } = "";

    public string AuthorizeUrl { get; init; } = "";

    public string TokenUrl { get; init; } = "";

    /// <summary>Seals what is kept; empty when it is not set.</summary>
    public byte[] TokenKey { get; init; } = [];

    /// <summary>Sends a proof key (RFC 7636), which vPlan does not document.</summary>
    public bool UsesPkce { get; init; }

    /// <summary>The Key Vault that keeps the tokens; null for the work folder.</summary>
    public Uri? Vault { get; init; }

    /// <summary>Where the tokens are saved when their own place cannot be written; empty for this machine's temporary
    /// folder.</summary>
    public string SpareFile { get; init; } = "";

    /// <summary>Longest wait for an answer of the token address. A signal waits as long.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="ConfigurationException">A setting is missing.</exception>
    public void Require()
    {
        const string App =
            "It is shown with your app at https://developer.vplan.com/ (register one there if there is none).";
        Require(ClientId, "VPlan:OAuth:ClientId", App);
        Require(
            ClientSecret,
            "VPlan:OAuth:ClientSecret",
            $"{App} Put it into the environment variable VPlan__OAuth__ClientSecret, or into a file that "
                + "VPlan:OAuth:ClientSecretFile names."
        );
        Require(
            RedirectUri,
            "VPlan:OAuth:RedirectUri",
            "It is the redirect address that your app has at https://developer.vplan.com/: any public https "
                + "address of yours."
        );
        RequireTokenKey();
    }

    /// <exception cref="ConfigurationException">It is missing.</exception>
    public void RequireTokenKey() =>
        Require(
            TokenKey.Length > 0 ? "set" : "",
            "VPlan:OAuth:TokenKey",
            "It encrypts the tokens that are kept, and vPlan does not know it: make one with 'openssl rand "
                + "-base64 32', and put it into the environment variable VPlan__OAuth__TokenKey, or into a file that "
                + "VPlan:OAuth:TokenKeyFile names."
        );

    public override string ToString() => $"OAuth app {ClientId}";

    private static void Require(string value, string key, string where)
    {
        if (value == "")
            throw new ConfigurationException($"VPlan:Auth is 'oauth', and {key} is not set. {where}");
    }
}
