using System.Text;
using System.Text.Json;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Storage;

[Trait("Tier", "unit")]
public sealed class ChecksummedJsonTests
{
    private static readonly Dictionary<string, string> Some = new()
    {
        ["one"] = "1",
        ["Checksum"] = "none",
        ["text"] = "\"Checksum\": \"",
    };

    [Fact]
    public void What_was_written_is_read()
    {
        ChecksummedJson.Read<Dictionary<string, string>>(ChecksummedJson.Write(Some)).Should().Equal(Some);
        ChecksummedJson
            .Read<Dictionary<string, string>>(ChecksummedJson.Write(new Dictionary<string, string>()))
            .Should()
            .BeEmpty();
        ChecksummedJson.Read<string>(ChecksummedJson.Write("refused")).Should().Be("refused");
        JsonDocument
            .Parse(ChecksummedJson.Write(Some))
            .RootElement.GetProperty("one")
            .GetString()
            .Should()
            .Be("1", "it is JSON for others, too");
    }

    [Fact]
    public void A_bit_that_was_flipped_anywhere_is_found_or_makes_no_difference()
    {
        var whole = ChecksummedJson.Write(new Dictionary<string, int> { ["count"] = 1204, ["other"] = 7 });
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var flipped = whole.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var read = () => ChecksummedJson.Read<Dictionary<string, JsonElement>>(flipped);
            try
            {
                var values = read();
                (values["count"].GetInt32(), values["other"].GetInt32()).Should().Be((1204, 7));
            }
            catch (JsonException) { }
        }
    }

    [Fact]
    public void A_file_of_an_earlier_version_has_no_checksum() =>
        ChecksummedJson
            .Read<Dictionary<string, int>>(Encoding.UTF8.GetBytes("{\r\n  \"one\": 1\r\n}"))
            .Should()
            .ContainKey("one");
}
