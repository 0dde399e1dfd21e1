using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;

namespace VPlanExport.Tests.Support;

/// <summary>
/// Stands between the program and a SQL Server and cuts the connection at a chosen message of the client: a batch, a call, a bulk load, a begin or a
/// commit. Messages are told by the packets of the TDS protocol (https://learn.microsoft.com/openspecs/windows_protocols/ms-tds), which only works where
/// what follows the login is not encrypted.
/// </summary>
internal sealed class SqlProxy : IAsyncDisposable
{
    private const byte Encrypted = 0x17;
    private const byte Login = 0x10;
    private const byte Prelogin = 0x12;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly (string Host, int Port) _server;
    private readonly Task _accepting;
    private int _messages;

    public SqlProxy(string connectionString)
    {
        var settings = new SqlConnectionStringBuilder(connectionString) { Pooling = false };
        var parts = settings.DataSource.Replace("tcp:", "", StringComparison.OrdinalIgnoreCase).Split(',');
        _server = (
            parts[0],
            parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 1433
        );
        _listener.Start();
        settings.DataSource = $"127.0.0.1,{((IPEndPoint)_listener.LocalEndpoint).Port}";
        settings.Encrypt = SqlConnectionEncryptOption.Optional;
        settings.TrustServerCertificate = true;
        ConnectionString = settings.ConnectionString;
        _accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    /// <summary>Messages so far, over all connections.</summary>
    public int Messages => _messages;

    /// <summary>The message at which the connection is cut; 0 for none.</summary>
    public int CutAt { get; set; }

    /// <summary>Cuts when the server has the message and before its answer is back; otherwise before the server has it.</summary>
    public bool AfterServerHasIt { get; set; }

    /// <summary>Every connection after the cut is refused.</summary>
    public bool StaysAway { get; set; }

    private bool IsCut => CutAt > 0 && _messages >= CutAt;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_end.Token);
            if (StaysAway && IsCut)
                client.Dispose();
            else
                _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(_server.Host, _server.Port, _end.Token);
            var (up, down) = (
                ForwardAsync(client.GetStream(), server.GetStream()),
                server.GetStream().CopyToAsync(client.GetStream(), _end.Token)
            );
            await ((Task)Task.WhenAny(up, down)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            client.Client.LingerState = new LingerOption(true, 0);
            server.Client.LingerState = new LingerOption(true, 0);
        }
        GC.KeepAlive(server);
    }

    private async Task ForwardAsync(NetworkStream from, NetworkStream to)
    {
        var packet = new byte[1 << 16];
        while (true)
        {
            await from.ReadExactlyAsync(packet.AsMemory(0, 8), _end.Token);
            var isEncrypted = packet[0] == Encrypted;
            var length = isEncrypted
                ? 5 + BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(3))
                : BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2));
            await from.ReadExactlyAsync(packet.AsMemory(8, length - 8), _end.Token);
            var endsMessage = !isEncrypted && packet[0] is not (Login or Prelogin) && (packet[1] & 1) == 1;
            var cuts = endsMessage && Interlocked.Increment(ref _messages) == CutAt;
            if (cuts && !AfterServerHasIt)
                return;
            await to.WriteAsync(packet.AsMemory(0, length), _end.Token);
            if (cuts)
                return;
        }
    }
}
