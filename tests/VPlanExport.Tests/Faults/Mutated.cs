using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace VPlanExport.Tests.Faults;

/// <summary>What others might make of a file: bytes changed anywhere, or JSON that is still JSON and no longer means the same.</summary>
internal static class Mutated
{
    private static readonly string[] Strange =
    [
        "null",
        "{}",
        "[]",
        "-1",
        "1e999",
        "\"\\ud800\"",
        "\"\"",
        "[[[[[[[[",
        "\"",
        "}",
        "\0",
        "\u20AC",
        "9223372036854775808",
        "true",
    ];

    private static readonly Func<JsonNode?>[] Values =
    [
        () => null,
        () => new JsonObject(),
        () => new JsonArray(),
        () => new JsonArray(new JsonObject { ["id"] = 1 }),
        () => -1,
        () => long.MaxValue,
        () => 1e300,
        () => "",
        () => "x",
        () => "../../etc/passwd",
        () => "0001-01-01T00:00:00Z",
        () => true,
        () => new string('y', 5000),
    ];

    /// <summary>One to three changes of the bytes.</summary>
    public static Gen<byte[]> Bytes(byte[] whole) =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, int.MaxValue], Gen.Int[1, 30], Gen.Int[0, int.MaxValue])
            .Array[1, 3]
            .Select(changes =>
                changes.Aggregate(whole, (bytes, c) => Change(bytes, c.Item1, c.Item2, c.Item3, c.Item4))
            );

    /// <summary>One to three values replaced, left out or doubled.</summary>
    public static Gen<string> Json(string whole) =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, Values.Length])
            .Array[1, 3]
            .Select(changes =>
            {
                var root = JsonNode.Parse(whole);
                foreach (var (place, value) in changes)
                    root = Change(root, place, value);
                return root?.ToJsonString() ?? "null";
            });

    private static byte[] Change(byte[] bytes, int kind, int place, int length, int strange)
    {
        if (bytes.Length == 0)
            return bytes;
        var at = place % bytes.Length;
        var end = Math.Min(at + length, bytes.Length);
        return kind switch
        {
            0 => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (strange % 8))), .. bytes[(at + 1)..]],
            1 => bytes[..at],
            2 => [.. bytes[..at], .. bytes[end..]],
            3 => [.. bytes[..end], .. bytes[at..]],
            4 => [.. bytes[..at], .. Encoding.UTF8.GetBytes(Strange[strange % Strange.Length]), .. bytes[end..]],
            _ => [.. bytes[..at], (byte)strange, .. bytes[at..]],
        };
    }

    private static JsonNode? Change(JsonNode? root, int place, int value)
    {
        var nodes = Below(root).ToList();
        if (nodes.Count == 0)
            return root;
        var (parent, name, index) = nodes[place % nodes.Count];
        if (parent is JsonObject around && value == Values.Length)
            around.Remove(name!);
        else if (parent is JsonObject inside)
            inside[name!] = Values[value]();
        else if (parent is JsonArray list && value == Values.Length)
            list.Add(list[index]?.DeepClone());
        else
            parent.AsArray()[index] = Values[value]();
        return root;
    }

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Below(JsonNode? node) =>
        node switch
        {
            JsonObject around => around.SelectMany(p => Below(p.Value).Prepend((around, p.Key, 0))),
            JsonArray list => list.SelectMany((inner, i) => Below(inner).Prepend((list, null, i))),
            _ => [],
        };
}
