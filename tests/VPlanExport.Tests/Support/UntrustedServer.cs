using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VPlanExport.Tests.Support;

/// <summary>
/// A SQL Server as far as its certificate, which nobody trusts: it answers the pre-login message and begins TLS inside of the packets of TDS
/// (https://learn.microsoft.com/openspecs/windows_protocols/ms-tds).
/// </summary>
internal sealed class UntrustedServer : IAsyncDisposable
{
    private const int Header = 8;
    private const byte Prelogin = 0x12;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly X509Certificate2 _certificate = SelfSigned();
    private readonly Task _accepting;
    private int _connections;

    public UntrustedServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string DataSource => $"127.0.0.1,{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How often a client has come.</summary>
    public int Connections => _connections;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _certificate.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            Interlocked.Increment(ref _connections);
            await ServeAsync(client.GetStream()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Version 16, encryption required.</summary>
    private async Task ServeAsync(NetworkStream stream)
    {
        var header = new byte[Header];
        await stream.ReadExactlyAsync(header, _end.Token);
        await stream.ReadExactlyAsync(
            new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - Header],
            _end.Token
        );
        byte[] options = [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 16, 0, 0, 0, 0, 0, 3];
        await stream.WriteAsync(
            (byte[])[0x04, 1, 0, (byte)(Header + options.Length), 0, 0, 1, 0, .. options],
            _end.Token
        );
        using var tls = new SslStream(new Packets(stream));
        await tls.AuthenticateAsServerAsync(_certificate);
    }

    public static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            "CN=somewhere.else",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(75));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    /// <summary>What is written goes out as a packet, what is read comes out of one.</summary>
    private sealed class Packets(NetworkStream inner) : Stream
    {
        private int _left;

        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            if (_left == 0)
            {
                var header = new byte[Header];
                await inner.ReadExactlyAsync(header, cancellationToken);
                _left = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - Header;
            }
            var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
        {
            var header = new byte[Header];
            (header[0], header[1]) = (Prelogin, 1);
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(buffer.Length + Header));
            await inner.WriteAsync(header, cancellationToken);
            await inner.WriteAsync(buffer, cancellationToken);
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
