using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.PowerBi;

/// <summary>What <c>powerbi</c> writes, and what it leaves alone.</summary>
[Trait("Tier", "unit")]
public sealed class PowerBiCommandTests : IDisposable
{
    private readonly CliHost _place = new();

    private string Out => _place.PathOf("powerbi");

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_project_is_written_from_the_settings_without_asking_a_source_and_the_same_again()
    {
        var outcome = (await PowerBiAsync()).ShouldBe(ExitCode.Ok);
        var first = Written();
        (await PowerBiAsync()).ShouldBe(ExitCode.Ok);

        outcome.Output.Should().ContainAll("VPlan.pbip", "press Refresh", _place.Lake);
        Written().Should().Equal(first);
        Read("VPlan.SemanticModel/definition/expressions.tmdl")
            .Should()
            .Contain($"expression 'Lake folder' = \"{_place.Lake}\" meta");
        Directory
            .EnumerateFiles(Out, "*", SearchOption.AllDirectories)
            .Should()
            .AllSatisfy(file => File.ReadAllText(file).Should().NotContain("\r").And.EndWith("\n"));
    }

    [Fact]
    public async Task The_warehouse_of_the_settings_is_the_source_and_no_secret_is_written()
    {
        File.WriteAllText(
            _place.PathOf("connection.txt"),
            "Server=tcp:sql.example,1433;Database=planning;User ID=reader;Password=not-to-be-seen-9"
        );
        _place.Settings.AddRange([
            "Warehouse:Kind=sqlserver",
            "Warehouse:ConnectionString=",
            $"Warehouse:ConnectionStringFile={_place.PathOf("connection.txt")}",
        ]);

        (await PowerBiAsync()).ShouldBe(ExitCode.Ok);

        Read("VPlan.SemanticModel/definition/expressions.tmdl")
            .Should()
            .Contain("expression Server = \"tcp:sql.example,1433\"")
            .And.Contain("expression Database = \"planning\"");
        Read("VPlan.SemanticModel/definition/tables/Card.tmdl").Should().Contain("[Schema=\"bi\", Item=\"dim_card\"]");
        Written()
            .Values.Should()
            .AllSatisfy(text => text.Should().NotContain("not-to-be-seen").And.NotContain("User ID"));
    }

    [Fact]
    public async Task What_people_added_is_left_alone_and_what_is_no_longer_generated_goes()
    {
        (await PowerBiAsync()).ShouldBe(ExitCode.Ok);
        string[] theirs =
        [
            "my_notes.txt",
            "VPlan.SemanticModel/definition/tables/my_targets.tmdl",
            "VPlan.Report/definition/pages/my_page/page.json",
            "VPlan.Report/definition/pages/overview/visuals/my_visual/visual.json",
            "VPlan.SemanticModel/.pbi/cache.abf",
            "VPlan.Report/definition/pages/0a1b2c/page.json",
        ];
        foreach (var file in theirs.Select(f => Path.Combine(Out, f)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "mine");
        }
        File.AppendAllText(Path.Combine(Out, "VPlan.SemanticModel/definition/tables/Card.tmdl"), "changed\n");

        (await PowerBiAsync("--language", "nl")).ShouldBe(ExitCode.Ok);

        theirs.Should().AllSatisfy(f => Read(f).Should().Be("mine"));
        File.Exists(Path.Combine(Out, "VPlan.SemanticModel/definition/tables/Card.tmdl"))
            .Should()
            .BeFalse("the Dutch model has other names");
        Read("VPlan.SemanticModel/definition/tables/Kaart.tmdl").Should().Contain("table Kaart\n");
        Read("VPlan.SemanticModel/definition/cultures/en-US.tmdl").Should().Contain("caption: Tracked hours");
        Directory.Exists(Path.Combine(Out, "VPlan.SemanticModel/definition/cultures")).Should().BeTrue();
    }

    [Fact]
    public async Task Ids_and_files_stay_the_same_in_another_language()
    {
        (await PowerBiAsync()).ShouldBe(ExitCode.Ok);
        var english = Tag("Card");
        (await PowerBiAsync("--language", "nl")).ShouldBe(ExitCode.Ok);

        Tag("Kaart").Should().Be(english);

        string Tag(string table) =>
            Read($"VPlan.SemanticModel/definition/tables/{table}.tmdl").Split("lineageTag: ")[1].Split('\n')[0];
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_with_the_reason()
    {
        (await PowerBiAsync("--source", "duckdb"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("duckdb", "driver", "--source lake");
        (await PowerBiAsync("--source", "excel"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("'excel'", "sqlserver or lake");
        (await PowerBiAsync("--language", "de")).ShouldBe(ExitCode.Configuration).Naming("de", "nl");
        (await PowerBiAsync("--source", "lake", "--incremental"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("--incremental", "--source sqlserver");
        (await _place.InvokeAsync("powerbi")).ShouldBe(ExitCode.Configuration).Naming("--out");
        File.WriteAllText(_place.PathOf("file"), "mine");
        (await _place.InvokeAsync("powerbi", "--out", _place.PathOf("file")))
            .ShouldBe(ExitCode.Configuration)
            .Naming("is a file");
        Directory.Exists(Out).Should().BeFalse();
    }

    private Task<Outcome> PowerBiAsync(params string[] more) => _place.InvokeAsync(["powerbi", "--out", Out, .. more]);

    private string Read(string path) => File.ReadAllText(Path.Combine(Out, path));

    private SortedDictionary<string, string> Written() =>
        new(
            Directory
                .EnumerateFiles(Out, "*", SearchOption.AllDirectories)
                .ToDictionary(file => Path.GetRelativePath(Out, file), File.ReadAllText),
            StringComparer.Ordinal
        );
}
