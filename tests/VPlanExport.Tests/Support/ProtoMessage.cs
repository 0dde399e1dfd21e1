using System.Globalization;
using Google.Protobuf;

namespace VPlanExport.Tests.Support;

/// <summary>The fields of a protobuf message by their numbers: there is no package with the classes of OTLP
/// (https://github.com/open-telemetry/opentelemetry-proto).</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Number, object Value)> _fields = [];

    private ProtoMessage() { }

    public static ProtoMessage Parse(byte[] bytes)
    {
        var message = new ProtoMessage();
        var input = new CodedInputStream(bytes);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            object value = WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => (long)input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => input.ReadFixed32(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var other => throw new InvalidDataException($"OTLP has no wire type {other}."),
            };
            message._fields.Add((WireFormat.GetTagFieldNumber(tag), value));
        }
        return message;
    }

    public IEnumerable<ProtoMessage> All(int number) =>
        _fields.Where(f => f.Number == number).Select(f => Parse((byte[])f.Value));

    public ProtoMessage? One(int number) => All(number).FirstOrDefault();

    public string Text(int number) =>
        _fields
            .Where(f => f.Number == number)
            .Select(f => System.Text.Encoding.UTF8.GetString((byte[])f.Value))
            .FirstOrDefault("");

    public string Hex(int number) =>
        _fields
            .Where(f => f.Number == number)
            .Select(f => Convert.ToHexStringLower((byte[])f.Value))
            .FirstOrDefault("");

    public long? Number(int number) =>
        _fields
            .Where(f => f.Number == number)
            .Select(f => (long?)Convert.ToInt64(f.Value, CultureInfo.InvariantCulture))
            .FirstOrDefault();

    public ulong Fixed(int number) =>
        _fields.Where(f => f.Number == number).Select(f => (ulong)f.Value).FirstOrDefault();

    public double? Double(int number) =>
        _fields.Any(f => f.Number == number) ? BitConverter.UInt64BitsToDouble(Fixed(number)) : null;

    /// <summary>Attributes as text, by key.</summary>
    public IReadOnlyDictionary<string, string> Attributes(int number) =>
        All(number).ToDictionary(a => a.Text(1), a => ValueOf(a.One(2)!));

    /// <summary>A value of any of OTLP's kinds.</summary>
    public static string ValueOf(ProtoMessage any) =>
        any._fields[0] switch
        {
            (1, byte[]) => any.Text(1),
            (2, long flag) => flag == 1 ? "true" : "false",
            (3, long whole) => $"{whole}",
            (4, ulong) => FormattableString.Invariant($"{any.Double(4)}"),
            var (number, _) => throw new InvalidDataException($"OTLP has no value {number}."),
        };
}
