using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace VPlanExport.Sandbox;

/// <summary>The authorize page, the token address and a landing page, below `/v1/oauth`.</summary>
internal sealed class OAuthHandler(SandboxOptions options, SandboxAuthorization authorization)
{
    public const string Root = "/v1/oauth";
    private readonly ConcurrentDictionary<string, string> sessions = [];
    private readonly TokenHandler tokens = new(options, authorization);

    private SandboxOAuth App => options.OAuth;

    public Task AnswerAsync(HttpContext context) =>
        (context.Request.Method, context.Request.Path.Value?[Root.Length..]) switch
        {
            ("GET", "/authorize") => AskAsync(context, context.Request.QueryString.Value ?? ""),
            ("POST", "/authorize") => DecideAsync(context),
            ("GET", "/landing") => PageAsync(context, 200, OAuthPages.Landing),
            ("POST", "/token") => tokens.AnswerAsync(context),
            _ => PageAsync(context, 404, OAuthPages.Problem("There is no such page.")),
        };

    private Task AskAsync(HttpContext context, string request) =>
        Problem(context, Query(request)) is { } problem
            ? PageAsync(context, 400, OAuthPages.Problem(problem))
            : PageAsync(context, 200, OAuthPages.LogIn(request, null));

    private async Task DecideAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["session"].ToString() is { Length: > 0 } session)
            await RedirectAsync(context, session, form["decision"].ToString());
        else
            await LogInAsync(context, form["request"].ToString(), form["user"].ToString(), form["password"].ToString());
    }

    private Task LogInAsync(HttpContext context, string request, string user, string password)
    {
        if (Problem(context, Query(request)) is { } problem)
            return PageAsync(context, 400, OAuthPages.Problem(problem));
        if (user != App.User || password != App.Password)
            return PageAsync(context, 401, OAuthPages.LogIn(request, "User or password is wrong."));
        var session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        sessions[session] = request;
        return PageAsync(context, 200, OAuthPages.Consent(session, user, App.ClientId, options.ApiEnv));
    }

    private Task RedirectAsync(HttpContext context, string session, string decision)
    {
        if (!sessions.TryRemove(session, out var request))
            return PageAsync(context, 400, OAuthPages.Problem("This page was answered before."));
        var asked = Query(request);
        var answer =
            decision == "allow"
                ? $"code={authorization.NewCode(asked["redirect_uri"]!, asked["code_challenge"])}"
                : "error=access_denied&error_description=The+user+denied+the+request";
        var separator = asked["redirect_uri"]!.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        context.Response.Redirect(
            $"{asked["redirect_uri"]}{separator}{answer}&state={Uri.EscapeDataString(asked["state"] ?? "")}"
        );
        return Task.CompletedTask;
    }

    /// <summary>An app or an address that is not registered is never redirected to.</summary>
    private string? Problem(HttpContext context, System.Collections.Specialized.NameValueCollection asked)
    {
        var landing = $"{context.Request.Scheme}://{context.Request.Host}{Root}/landing";
        return asked["client_id"] != App.ClientId ? "The client_id is not that of an app."
            : asked["redirect_uri"] != App.RedirectUri && asked["redirect_uri"] != landing
                ? "The redirect_uri is not registered."
            : asked["response_type"] != "code" ? "The response_type must be code."
            : null;
    }

    private static System.Collections.Specialized.NameValueCollection Query(string text) =>
        System.Web.HttpUtility.ParseQueryString(text);

    private static async Task PageAsync(HttpContext context, int status, byte[] page)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.ContentLength = page.Length;
        await context.Response.Body.WriteAsync(page, context.RequestAborted);
    }
}
