using System.Net;
using System.Text;

namespace VPlanExport.Sandbox;

/// <summary>What a person sees in the browser.</summary>
internal static class OAuthPages
{
    public static byte[] LogIn(string request, string? problem) =>
        Page(
            "Log in to vPlan",
            $"""
            {(problem is null ? "" : $"<p role=\"alert\">{Html(problem)}</p>")}
            <form method="post">
            <input type="hidden" name="request" value="{Html(request)}">
            <p><label>User <input name="user" autocomplete="username" required></label></p>
            <p><label>Password
            <input name="password" type="password" autocomplete="current-password" required></label></p>
            <p><button id="login">Log in</button></p>
            </form>
            """
        );

    public static byte[] Consent(string session, string user, string client, string environment) =>
        Page(
            "Allow access to vPlan?",
            $"""
            <p>You are <b>{Html(user)}</b>. The app <b>{Html(
                client
            )}</b> asks to read everything that you may read in <b>{Html(environment)}</b>.</p>
            <form method="post">
            <input type="hidden" name="session" value="{Html(session)}">
            <p><button id="allow" name="decision" value="allow">Allow</button>
            <button id="deny" name="decision" value="deny">Deny</button></p>
            </form>
            """
        );

    public static byte[] Landing { get; } =
        Page(
            "Back from vPlan",
            """
            <p>Copy the whole address of this page, and paste it where <code>vplan-export connect</code> waits.</p>
            """
        );

    public static byte[] Problem(string text) =>
        Page("This cannot be authorised", $"<p role=\"alert\">{Html(text)}</p>");

    private static byte[] Page(string title, string body) =>
        Encoding.UTF8.GetBytes(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>{Html(title)}</title></head>
            <body><main>
            <h1>{Html(title)}</h1>
            {body}
            </main></body>
            </html>
            """
        );

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
