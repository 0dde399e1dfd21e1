using System.Text;
using System.Text.Json;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Storage;

public sealed class SealedJsonTests
{
    private static readonly Dictionary<string, string> Some = new() { ["one"] = "1", ["Checksum"] = "none", ["text"] = "\"Checksum\": \"" };

    [Fact]
    public void What_was_written_is_read()
    {
        SealedJson.Read<Dictionary<string, string>>(SealedJson.Write(Some)).Should().Equal(Some);
        SealedJson.Read<Dictionary<string, string>>(SealedJson.Write(new Dictionary<string, string>())).Should().BeEmpty();
        SealedJson.Read<string>(SealedJson.Write("refused")).Should().Be("refused");
        JsonDocument.Parse(SealedJson.Write(Some)).RootElement.GetProperty("one").GetString().Should().Be("1", "it is JSON for others, too");
    }

    [Fact]
    public void A_bit_that_was_flipped_anywhere_is_found_or_makes_no_difference()
    {
        var whole = SealedJson.Write(new Dictionary<string, int> { ["count"] = 1204, ["other"] = 7 });
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var flipped = whole.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var read = () => SealedJson.Read<Dictionary<string, JsonElement>>(flipped);
            try
            {
                var values = read();
                (values["count"].GetInt32(), values["other"].GetInt32()).Should().Be((1204, 7));
            }
            catch (JsonException)
            {
            }
        }
    }

    [Fact]
    public void A_file_of_an_earlier_version_has_no_checksum() =>
        SealedJson.Read<Dictionary<string, int>>(Encoding.UTF8.GetBytes("{\r\n  \"one\": 1\r\n}")).Should().ContainKey("one");
}
