using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace VPlanExport.Sandbox;

/// <summary>The token address (A:`token-exchange-3589291e0`), with its faults.</summary>
internal sealed class TokenHandler(SandboxOptions options, SandboxAuthorization authorization)
{
    private int questions;

    public async Task AnswerAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : FormCollection.Empty;
        var question = new TokenQuestion(Interlocked.Increment(ref questions), form["grant_type"].ToString());
        var fault = options.OAuth.Faults(question);
        if (fault?.Kind is TokenFaultKind.CutBefore)
        {
            fault.Done?.Invoke();
            context.Abort();
            return;
        }
        using var answer = fault?.Kind switch
        {
            TokenFaultKind.Error500 => ApiResponse.Error(
                500,
                10000,
                "Internal Server Error",
                "made by the fault schedule",
                ""
            ),
            TokenFaultKind.WrongClient => Error(401, "invalid_client", "made by the fault schedule"),
            _ => Real(form),
        };
        fault?.Done?.Invoke();
        await SendAsync(context, answer, fault);
    }

    private ApiResponse Real(IFormCollection form)
    {
        if (form["client_id"] != options.OAuth.ClientId || form["client_secret"] != options.OAuth.ClientSecret)
            return Error(401, "invalid_client", "the client_id or the client_secret is wrong");
        return form["grant_type"].ToString() switch
        {
            "authorization_code" => Written(
                authorization.Exchange(form["code"].ToString(), form["redirect_uri"].ToString(), form["code_verifier"])
            ),
            "refresh_token" => Written(authorization.Exchange(form["refresh_token"].ToString())),
            _ => Error(400, "unsupported_grant_type", "the grant_type is not known"),
        };
    }

    private async Task SendAsync(HttpContext context, ApiResponse answer, TokenFault? fault)
    {
        if (fault?.Kind is TokenFaultKind.LostAnswer)
        {
            context.Abort();
            return;
        }
        if (fault?.Kind is TokenFaultKind.Slow)
            await Task.Delay(fault.Delay, context.RequestAborted);
        context.Response.StatusCode = fault?.Kind is TokenFaultKind.Error500After ? 500 : answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Date = options.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        context.Response.ContentLength = answer.Body.Length;
        if (fault?.Kind is TokenFaultKind.HalfAnswer)
        {
            await context.Response.Body.WriteAsync(answer.Body[..(answer.Body.Length / 2)], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static ApiResponse Written(TokenReply reply) =>
        reply switch
        {
            TokenReply.Granted granted => ApiResponse.Ok(json =>
            {
                json.WriteStartObject();
                json.WriteString("access_token", granted.AccessToken);
                json.WriteString("refresh_token", granted.RefreshToken);
                json.WriteString("token_type", "access_token");
                json.WriteNumber("expires_in", granted.ExpiresIn);
                json.WriteEndObject();
            }),
            TokenReply.Refused refused => Error(400, refused.Error, refused.Why),
            _ => throw new InvalidOperationException($"{reply} is no reply."),
        };

    private static ApiResponse Error(int status, string error, string description) =>
        ApiResponse.Json(
            status,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("error", error);
                json.WriteString("error_description", description);
                json.WriteEndObject();
            }
        );
}
