using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using VPlanExport.Sandbox;

namespace VPlanExport.Tests.Sandbox;

/// <summary>The stand-in's OAuth is as strict as OAuth may be.</summary>
[Trait("Tier", "unit")]
public sealed class SandboxOAuthTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private SandboxServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SandboxOAuth App => _server.Authorization.App;

    private string Address =>
        $"{_server.AuthorizeUrl}?client_id={App.ClientId}&redirect_uri={Uri.EscapeDataString(App.RedirectUri)}&response_type=code&state=s%26t";

    public async ValueTask InitializeAsync() =>
        _server = await SandboxServer.StartAsync(new SandboxOptions { Size = SandboxSize.Tiny, Clock = _clock }, Token);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_consent_ends_at_the_registered_address_with_a_code_and_the_state()
    {
        (await ConsentAsync())
            .ToString()
            .Should()
            .MatchRegex("^https://example.com/vplan\\?code=[0-9a-f]{32}&state=s%26t$");
        (await SandboxBrowser.ConsentAsync(new Uri(Address), App, allows: false, Token))
            .ToString()
            .Should()
            .Contain("error=access_denied")
            .And.NotContain("code=");
    }

    [Theory]
    [InlineData("client_id=", "client_id=x", "client_id")]
    [InlineData("redirect_uri=", "redirect_uri=x", "redirect_uri")]
    [InlineData("response_type=code", "response_type=token", "response_type")]
    public async Task What_is_not_registered_is_never_redirected_to(string from, string to, string named)
    {
        var page = await _http.GetAsync(Address.Replace(from, to, StringComparison.Ordinal), Token);

        page.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await page.Content.ReadAsStringAsync(Token)).Should().Contain(named);
    }

    [Fact]
    public async Task Only_the_user_with_the_password_is_asked()
    {
        using var wrong = new FormUrlEncodedContent([
            new("request", new Uri(Address).Query),
            new("user", App.User),
            new("password", "guess"),
        ]);

        (await _http.PostAsync(Address, wrong, Token)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_code_and_a_refresh_token_work_once_and_using_one_again_revokes_all()
    {
        var code = await CodeAsync();
        var first = await GrantAsync(code);
        var second = await RefreshAsync(first.Refresh);
        (await MeAsync(second.Access)).Should().Be(HttpStatusCode.OK);

        (await RefusedAsync(("grant_type", "refresh_token"), ("refresh_token", first.Refresh)))
            .Should()
            .Be("invalid_grant");

        (await MeAsync(second.Access)).Should().Be(HttpStatusCode.Unauthorized);
        (await RefusedAsync(("grant_type", "refresh_token"), ("refresh_token", second.Refresh)))
            .Should()
            .Be("invalid_grant");
        (await RefusedAsync(Code(code))).Should().Be("invalid_grant");
    }

    [Fact]
    public async Task Codes_and_access_tokens_expire()
    {
        var (late, inTime) = (await CodeAsync(), await GrantAsync(await CodeAsync()));
        _clock.Advance(TimeSpan.FromMinutes(10));
        (await RefusedAsync(Code(late))).Should().Be("invalid_grant");
        (await MeAsync(inTime.Access)).Should().Be(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromMinutes(50));

        (await MeAsync(inTime.Access)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("client_secret", "wrong", "invalid_client")]
    [InlineData("client_id", "wrong", "invalid_client")]
    [InlineData("redirect_uri", "https://example.com/other", "invalid_grant")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    public async Task A_form_that_is_not_right_is_refused(string field, string value, string error)
    {
        var form = Code(await CodeAsync()).ToDictionary(f => f.Name, f => f.Value);
        form[field] = value;

        (await RefusedAsync([.. form.Select(f => (f.Key, f.Value))])).Should().Be(error);
    }

    private Task<Uri> ConsentAsync() => SandboxBrowser.ConsentAsync(new Uri(Address), App, allows: true, Token);

    private async Task<string> CodeAsync() => (await ConsentAsync()).Query.Split('=', '&')[1];

    private (string Name, string Value)[] Code(string code) =>
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", App.RedirectUri)];

    private Task<(string Access, string Refresh)> GrantAsync(string code) => TokensAsync(Code(code));

    private Task<(string Access, string Refresh)> RefreshAsync(string token) =>
        TokensAsync(("grant_type", "refresh_token"), ("refresh_token", token));

    private async Task<(string Access, string Refresh)> TokensAsync(params (string Name, string Value)[] form)
    {
        using var json = JsonDocument.Parse(
            await (await PostAsync(form)).EnsureSuccessStatusCode().Content.ReadAsStringAsync(Token)
        );
        return (
            json.RootElement.GetProperty("access_token").GetString()!,
            json.RootElement.GetProperty("refresh_token").GetString()!
        );
    }

    private async Task<string> RefusedAsync(params (string Name, string Value)[] form)
    {
        var answer = await PostAsync(form);
        answer.IsSuccessStatusCode.Should().BeFalse();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return json.RootElement.GetProperty("error").GetString()!;
    }

    private async Task<HttpResponseMessage> PostAsync((string Name, string Value)[] form)
    {
        (string Name, string Value)[] app = [("client_id", App.ClientId), ("client_secret", App.ClientSecret)];
        using var content = new FormUrlEncodedContent(
            app.ExceptBy(form.Select(f => f.Name), f => f.Name)
                .Concat(form)
                .Select(f => KeyValuePair.Create(f.Name, f.Value))
        );
        return await _http.PostAsync(_server.TokenUrl, content, Token);
    }

    private async Task<HttpStatusCode> MeAsync(string access)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_server.BaseUrl}/me");
        request.Headers.Authorization = new("Bearer", access);
        return (await _http.SendAsync(request, Token)).StatusCode;
    }
}
