using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using VPlanExport.Extract;
using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

[Trait("Tier", "scenario")]
public class PrivacyTests
{
    private const string MinutesPerPerson =
        "SELECT sum(f.minutes) AS minutes FROM dw.fact_time_entry f JOIN dw.dim_user u ON u.user_key = f.user_key WHERE NOT f.is_deleted GROUP BY u.full_name ORDER BY minutes";

    [Fact]
    public async Task Pseudonyms_add_up_per_person_and_no_file_holds_a_name_an_address_or_a_note()
    {
        await using var open = await TestExport.OpenAfterFirstNightAsync();
        await using var house = await TestExport.OpenAsync();
        house.Settings = house.Settings with
        {
            PersonalData = new PersonalDataPolicy(PersonalDataMode.Pseudonymise, "a-secret-of-16-or-more"),
        };
        house.World.Edit(
            "user",
            house.World.Records("user")[0].Id,
            new JsonObject { ["archived_at"] = "no date", ["updated_at"] = "2026-10-06T10:00:00Z" }
        );
        var names = NamesOf(house);
        names.Should().HaveCountGreaterThan(10);

        await house.NightlyAsync();

        house.Warehouse(MinutesPerPerson).Should().Equal(open.Warehouse(MinutesPerPerson));
        house
            .Warehouse("SELECT count(*) FROM dw.dim_user WHERE full_name LIKE '~%' AND email LIKE '~%'")
            .Should()
            .NotEqual(["0"]);
        await house.SinksAgreeAsync();
        Told(house, names).Should().BeEmpty();
        Told(open, names)
            .Should()
            .Contain(t => t.Contains(".gz: ", StringComparison.Ordinal))
            .And.Contain(t => t.Contains(".duckdb: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_way_to_treat_personal_data_reads_everything_anew()
    {
        await using var house = await TestExport.OpenAsync();
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { PageSize = 10 } };
        await house.NightlyAsync();
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE note IS NOT NULL").Should().NotEqual(["0"]);
        house.Settings = house.Settings with { PersonalData = new PersonalDataPolicy(PersonalDataMode.Omit) };

        var summary = await house.NightlyAsync();

        summary.Entities.Where(e => e.Entity != "stage_capacity").Should().OnlyContain(e => e.Window == "everything");
        house.Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE note IS NOT NULL").Should().Equal("0");
        house
            .Warehouse("SELECT count(*) FROM dw.dim_user WHERE full_name <> 'Unknown' OR email IS NOT NULL")
            .Should()
            .Equal("0");
        await house.SinksAgreeAsync();
        (await house.NightlyAsync())
            .Entities.Single(e => e.Entity == "time_tracking")
            .Window.Should()
            .StartWith("changed since");
    }

    [Fact]
    public async Task A_reading_that_was_interrupted_under_another_setting_is_not_gone_on_with()
    {
        await using var house = await TestExport.OpenAsync();
        (await house.DiesAtAsync(12, new VPlanExport.Runs.RunRequest(VPlanExport.Runs.RunKind.Nightly, [])))
            .Should()
            .BeTrue();
        house.Settings = house.Settings with { PersonalData = new PersonalDataPolicy(PersonalDataMode.Omit) };

        await house.NightlyAsync();

        house
            .Told.OfType<VPlanExport.Runs.RunEvent.Info>()
            .Should()
            .Contain(i => i.Message.Contains("Privacy:PersonalData or its key has changed", StringComparison.Ordinal));
        var names = NamesOf(house);
        Told(house, names).Should().BeEmpty();
    }

    private static HashSet<string> NamesOf(TestExport house) =>
        [
            .. house
                .World.Records("user")
                .SelectMany(u => new[] { u.Text("fullname"), u.Text("email") })
                .Concat(
                    house.World.Records("resource").Where(r => r.Text("type") == "employee").Select(r => r.Text("name"))
                )
                .Concat(house.World.Records("time_tracking").Select(t => t.Text("note")))
                .OfType<string>()
                .Where(text => text.Length > 5),
        ];

    private static IEnumerable<string> Told(TestExport house, HashSet<string> names) =>
        from file in Files(house)
        from name in names
        where file.Text.Contains(name, StringComparison.OrdinalIgnoreCase)
        select $"{file.Path}: {name}";

    private static IEnumerable<(string Path, string Text)> Files(TestExport house)
    {
        foreach (var path in Directory.EnumerateFiles(house.Folder, "*", SearchOption.AllDirectories))
        {
            using var file = File.OpenRead(path);
            using var text = new MemoryStream();
            using Stream content = path.EndsWith(".gz", StringComparison.Ordinal)
                ? new GZipStream(file, CompressionMode.Decompress)
                : file;
            content.CopyTo(text);
            yield return (path, Encoding.UTF8.GetString(text.ToArray()));
        }
    }
}
