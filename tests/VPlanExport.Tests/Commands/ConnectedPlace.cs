using System.Security.Cryptography;
using System.Text;
using VPlanExport.Commands;
using VPlanExport.Configuration;
using VPlanExport.Extract.OAuth;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>An operator's folder whose settings sign in by OAuth at a small vPlan.</summary>
internal sealed class ConnectedPlace : IAsyncDisposable
{
    public const string ClientSecret = """cl1ent/secret+that|is"nowhere;else""";

    public static readonly string TokenKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private ConnectedPlace(CliHost host, SandboxServer server) => (Host, VPlan) = (host, server);

    public CliHost Host { get; }

    public SandboxServer VPlan { get; }

    public SandboxOAuth App => VPlan.Authorization.App;

    public List<Outcome> Outcomes { get; } = [];

    public string AuthFolder => Path.Combine(Host.Work, "auth");

    public string TokenFile => Path.Combine(AuthFolder, "sandbox.tokens");

    public static async Task<ConnectedPlace> OpenAsync(
        SandboxOAuth? app = null,
        TimeProvider? clock = null,
        TimeProvider? vplansClock = null,
        string? environment = null
    )
    {
        var host = new CliHost { Clock = clock ?? new ImpatientTime() };
        var options = new SandboxOptions
        {
            Size = SandboxSize.Tiny,
            OAuth = (app ?? new SandboxOAuth()) with { ClientSecret = ClientSecret },
            Clock = vplansClock ?? clock ?? TimeProvider.System,
        };
        var server = await host.StartVPlanAsync(
            options with
            {
                EnvironmentName = environment ?? options.EnvironmentName,
            }
        );
        File.WriteAllText(host.PathOf("secret.txt"), ClientSecret);
        File.WriteAllText(host.PathOf("token-key.txt"), TokenKey);
        host.Settings.AddRange(Settings(host, server));
        return new ConnectedPlace(host, server);
    }

    /// <summary>A place that is connected.</summary>
    public static async Task<ConnectedPlace> ConnectAsync(SandboxOAuth? app = null, TimeProvider? clock = null)
    {
        var place = await OpenAsync(app, clock);
        (await place.ConnectAsync(place.ConsentAsync)).ShouldBe(ExitCode.Ok);
        return place;
    }

    /// <summary>What the store holds.</summary>
    public Task<KeptTokens?> KeptAsync()
    {
        var settings = SettingsReader.Read(Host.Folder, [.. Host.Given]);
        var client = new OAuthClient(
            settings.VPlan,
            settings.Runs.WorkFolder.Open(Host.Clock),
            Host.Clock,
            settings.Secrets,
            _ => { }
        );
        return client.Store.ReadAsync(CancellationToken.None);
    }

    /// <summary>The address at which the browser ends after a consent.</summary>
    public async Task<string> ConsentAsync(string address) =>
        (
            await SandboxBrowser.ConsentAsync(
                new Uri(address),
                App,
                allows: true,
                TestContext.Current.CancellationToken
            )
        ).ToString();

    /// <summary>The same after the person has said no.</summary>
    public async Task<string> DenyAsync(string address) =>
        (
            await SandboxBrowser.ConsentAsync(
                new Uri(address),
                App,
                allows: false,
                TestContext.Current.CancellationToken
            )
        ).ToString();

    /// <summary>Runs <c>connect</c>; the person is given the address that it prints and gives what is pasted.</summary>
    public Task<Outcome> ConnectAsync(Func<string, Task<string>> person, params string[] words) =>
        InvokeAsync(output => new Person(output, person), ["connect", .. words], Host.Clock);

    /// <summary>Begins <c>connect</c>, which then waits.</summary>
    /// <returns>The address that it prints, and its end.</returns>
    public async Task<(string Address, Task<Outcome> End)> BeginAsync(params string[] words)
    {
        GrowingText? text = null;
        var end = InvokeAsync(output => Read(text = output), ["connect", .. words], Host.Clock);
        while (text is null || !text.ToString().Contains("state=", StringComparison.Ordinal))
        {
            if (end.IsCompleted)
                (await end).ShouldBe(ExitCode.Ok);
            await Task.Delay(10);
        }
        return (AddressIn(text.ToString()), end);

        static TextReader Read(GrowingText _) => TextReader.Null;
    }

    public Task<Outcome> InvokeAsync(params string[] words) => InvokeAsync(Host.Clock, words);

    public Task<Outcome> InvokeAsync(TimeProvider clock, params string[] words) =>
        InvokeAsync(_ => TextReader.Null, words, clock);

    private async Task<Outcome> InvokeAsync(Func<GrowingText, TextReader> input, string[] words, TimeProvider clock)
    {
        await using var output = new GrowingText();
        await using var errors = new GrowingText();
        var line = new CommandLine(output, errors, clock, input(output));
        var code = await line.InvokeAsync([.. Host.Given.SelectMany(s => new[] { "--set", s }), .. words]);
        var outcome = new Outcome(code, output.ToString(), errors.ToString());
        lock (Outcomes)
            Outcomes.Add(outcome);
        return outcome;
    }

    /// <summary>The line of an output that is the address to open.</summary>
    public static string AddressIn(string output) =>
        output
            .Split('\n')
            .Single(line =>
                line.StartsWith("http", StringComparison.Ordinal) && line.Contains("state=", StringComparison.Ordinal)
            )
            .Trim();

    public async ValueTask DisposeAsync()
    {
        await VPlan.DisposeAsync();
        Host.Dispose();
    }

    private static IEnumerable<string> Settings(CliHost host, SandboxServer server) =>
        [
            "VPlan:Auth=oauth",
            $"VPlan:OAuth:ClientId={server.Authorization.App.ClientId}",
            $"VPlan:OAuth:ClientSecretFile={host.PathOf("secret.txt")}",
            $"VPlan:OAuth:RedirectUri={server.Authorization.App.RedirectUri}",
            $"VPlan:OAuth:AuthorizeUrl={server.AuthorizeUrl}",
            $"VPlan:OAuth:TokenUrl={server.TokenUrl}",
            $"VPlan:OAuth:TokenKeyFile={host.PathOf("token-key.txt")}",
            $"VPlan:OAuth:SpareFile={host.PathOf("spare/sandbox.tokens")}",
        ];

    /// <summary>Reads the address from the output, and types what the browser ends at.</summary>
    private sealed class Person(GrowingText output, Func<string, Task<string>> person) : TextReader
    {
        public override string? ReadLine() => person(AddressIn(output.ToString())).GetAwaiter().GetResult();
    }

    /// <summary>Text that is read while it is written.</summary>
    private sealed class GrowingText : TextWriter
    {
        private readonly StringBuilder _text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (_text)
                _text.Append(value);
        }

        public override void Write(string? value)
        {
            lock (_text)
                _text.Append(value);
        }

        public override string ToString()
        {
            lock (_text)
                return _text.ToString();
        }
    }
}
