using System.Text;
using CsCheck;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Tests.Storage;

namespace VPlanExport.Tests.Faults;

/// <summary>What an operator wrote, with something wrong in it: read, or told what to fix.</summary>
[Trait("Tier", "unit")]
public sealed class FuzzedSettingsTests : IDisposable
{
    private static readonly string[] Odd =
    [
        "",
        " ",
        "\0",
        "0",
        "-1",
        "99999999999",
        "1e3",
        "NaN",
        "true",
        "null",
        "x",
        "./a\0b",
        "https://",
        "https://a",
        "https://[::1",
        "http://user:pw@host/",
        "file:///etc",
        "ftp://h",
        "https://a.blob.core.windows.net/",
        "https://a.blob.core.windows.net/c?sig=x",
        "https://a.blob.core.windows.net/C C/p",
        "://",
        "Data Source=",
        "Data Source=a;b",
        "Server=;",
        "Server=s;Database",
        "=;=",
        "Europe/Amsterdam",
        "UTC+99",
        "💥",
        new string('z', 9000),
    ];

    private static readonly Gen<string> s_value = Gen.OneOf(Gen.OneOfConst(Odd), Gen.String[0, 40]);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whatever_is_set_is_taken_or_told() =>
        Gen.Select(Gen.OneOfConst([.. Setting.All.Select(s => s.Key)]), s_value)
            .Select((key, value) => $"{key}={value}")
            .Array[1, 4]
            .Sample(pairs => Read(_folder.Path, pairs), iter: 3000);

    [Fact]
    public void A_word_that_sets_nothing_is_told() =>
        Gen.String[0, 30].Sample(word => Read(_folder.Path, [word]), iter: 500);

    [Fact]
    public void A_settings_file_is_read_or_told() =>
        Mutated
            .Bytes(
                """{ "VPlan": { "PageSize": 100, "ApiEnv": "acme", "TimeZone": "Europe/Amsterdam" }, "Lake": { "RetentionDays": 7, "Location": "./lake" }, "Runs": { "MinRejects": 3 } }"""u8.ToArray()
            )
            .Sample(
                json =>
                {
                    var folder = Directory
                        .CreateDirectory(Path.Combine(_folder.Path, Guid.NewGuid().ToString("N")))
                        .FullName;
                    File.WriteAllBytes(Path.Combine(folder, "appsettings.json"), json);
                    Read(folder, []);
                },
                iter: 500
            );

    [Fact]
    public void A_file_of_holidays_is_read_or_told() =>
        Mutated
            .Bytes(
                Encoding.UTF8.GetBytes(
                    "\uFEFFdate,name\r\n2026-04-27,\"King's Day, and more\"\r\n2026-12-25,Eerste Kerstdag\r\n2026-12-26,Tweede \"\"Kerstdag\"\"\r\n"
                )
            )
            .Sample(
                csv =>
                {
                    var file = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.csv");
                    File.WriteAllBytes(file, csv);
                    Told(() => Holidays.Read(file), file);
                },
                iter: 1000
            );

    private static void Read(string folder, string[] pairs) =>
        Told(
            () => SettingsReader.Read(folder, pairs),
            [.. Setting.All.Select(s => s.Key), "--set", "appsettings.json"]
        );

    private static void Told(Func<object> read, params string[] named)
    {
        try
        {
            read().Should().NotBeNull();
        }
        catch (ConfigurationException e)
        {
            e.Message.Should().ContainAny(named);
        }
    }
}
