using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using VPlanExport.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>A machine whose environment names a proxy.</summary>
[Trait("Tier", "platform")]
public sealed class ProxyTests
{
    private const string Password = "pr0xy-p4ss";
    private static readonly Dictionary<string, string> Dead = All($"http://operator:{Password}@127.0.0.1:1");

    [Fact]
    public async Task What_is_on_this_machine_is_asked_directly()
    {
        await using var house = await TestExport.OpenAsync();
        using var process = ExportProcess.Start(house, Dead, "run", "--entity", "item");
        (await ExportProcess.EndAsync(process)).ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task A_storage_emulator_on_this_machine_is_asked_directly()
    {
        await using var house = await TestExport.OpenAsync();
        using var storage = new RefusingServer("no");
        house.Settings = house.Settings with
        {
            Lake = house.Settings.Lake with
            {
                Location = new VPlanExport.Storage.StoreLocation.Blob(
                    new Uri($"{storage.Url}/account/lake"),
                    "",
                    $"DefaultEndpointsProtocol=http;AccountName=account;AccountKey=c2VjcmV0;BlobEndpoint={storage.Url}/account"
                ),
            },
        };
        using var process = ExportProcess.Start(house, Dead, "check");
        (await ExportProcess.EndAsync(process))
            .ShouldBe(ExitCode.Sink)
            .Output.Should()
            .Contain("AuthenticationFailed")
            .And.NotContain("127.0.0.1:1)");
    }

    [Fact]
    public async Task A_proxy_that_does_not_answer_is_named_without_its_password()
    {
        await using var house = await TestExport.OpenAsync();
        using var process = ExportProcess.Start(house, Dead, "run", "--set", "VPlan:BaseUrl=https://vplan.invalid/v1");
        var outcome = (await ExportProcess.EndAsync(process))
            .ShouldBe(ExitCode.SourceUnavailable)
            .Naming("vplan.invalid", "through the proxy 127.0.0.1:1", "HTTPS_PROXY", "NO_PROXY", "later");
        (outcome.Output + outcome.Errors).Should().NotContain(Password);
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_a_matter_of_configuration()
    {
        var (outcome, asked) = await RunThroughAsync(async stream =>
        {
            await stream.ReadAtLeastAsync(new byte[16], 16);
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                )
            );
        });
        outcome.ShouldBe(ExitCode.Configuration).Naming("407", "through the proxy 127.0.0.1:", "password");
        asked.Should().Be(1);
    }

    [Fact]
    public async Task A_proxy_that_opens_encrypted_connections_with_a_certificate_nobody_trusts_is_said_once()
    {
        using var certificate = UntrustedServer.SelfSigned();
        var (outcome, opened) = await RunThroughAsync(async stream =>
        {
            var asked = "";
            while (!asked.EndsWith("\r\n\r\n", StringComparison.Ordinal))
                asked += (char)stream.ReadByte();
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n\r\n"));
            using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(certificate).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        outcome
            .ShouldBe(ExitCode.SourceUnavailable)
            .Naming(
                "vplan.invalid through the proxy 127.0.0.1:",
                "certificate",
                "this machine must trust its root certificate (on Linux SSL_CERT_FILE)"
            );
        opened.Should().Be(1, "a certificate is not trusted later either");
    }

    /// <summary>What a run ends with whose requests go through a proxy that answers so, and how many connections it made.</summary>
    private static async Task<(Outcome Outcome, int Connections)> RunThroughAsync(Func<NetworkStream, Task> answer)
    {
        await using var house = await TestExport.OpenAsync();
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var answering = AnswerAsync(proxy, answer);
        using var process = ExportProcess.Start(
            house,
            All($"http://127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}"),
            "run",
            "--set",
            "VPlan:BaseUrl=https://vplan.invalid/v1"
        );
        var outcome = await ExportProcess.EndAsync(process);
        proxy.Stop();
        return (outcome, await answering);
    }

    /// <summary>How many connections were answered until it was stopped.</summary>
    private static async Task<int> AnswerAsync(TcpListener proxy, Func<NetworkStream, Task> answer)
    {
        for (var answered = 0; ; answered++)
        {
            try
            {
                using var client = await proxy.AcceptTcpClientAsync();
                await answer(client.GetStream());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return answered;
            }
        }
    }

    /// <summary>In both cases, as Linux tells them apart.</summary>
    private static Dictionary<string, string> All(string proxy) =>
        new[] { "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY" }
            .SelectMany(name => new[] { name, name.ToLowerInvariant() })
            .ToDictionary(name => name, _ => proxy)
            .Concat([new("NO_PROXY", ""), new("no_proxy", "")])
            .ToDictionary();
}
