using System.Net;
using System.Text.RegularExpressions;

namespace VPlanExport.Sandbox;

/// <summary>A person at the sandbox's pages: logs in and decides, as a browser would send it.</summary>
public static partial class SandboxBrowser
{
    /// <param name="address">What `connect` prints.</param>
    /// <returns>The address at which the browser ends.</returns>
    public static async Task<Uri> ConsentAsync(
        Uri address,
        SandboxOAuth app,
        bool allows,
        CancellationToken cancellationToken
    )
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        var logIn = await browser.GetStringAsync(address, cancellationToken);
        using var credentials = Form(
            ("request", Field(logIn, "request")),
            ("user", app.User),
            ("password", app.Password)
        );
        using var consent = await browser.PostAsync(address, credentials, cancellationToken);
        var page = await consent.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
        using var decision = Form(("session", Field(page, "session")), ("decision", allows ? "allow" : "deny"));
        using var redirect = await browser.PostAsync(address, decision, cancellationToken);
        return redirect.Headers.Location
            ?? throw new HttpRequestException($"The page answered {(int)redirect.StatusCode} and no redirect.");
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static string Field(string page, string name) =>
        WebUtility.HtmlDecode(Hidden().Matches(page).First(match => match.Groups[1].Value == name).Groups[2].Value);

    [GeneratedRegex("""<input type="hidden" name="(\w+)" value="([^"]*)">""")]
    private static partial Regex Hidden();
}
