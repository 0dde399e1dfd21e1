using System.Globalization;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using MiniExcelLibs;
using Spectre.Console;
using Spectre.Console.Testing;
using VPlanExport.Commands;
using VPlanExport.Commands.Output;
using VPlanExport.Entities;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>Where a question comes from and where its answer goes.</summary>
[Trait("Tier", "unit")]
public sealed class QueryAnswerTests : IDisposable
{
    private const string All = "SELECT * FROM note ORDER BY id";

    private readonly CliHost _place = new();

    public QueryAnswerTests()
    {
        Ask(
            _place.Warehouse,
            """
            CREATE TABLE note (id BIGINT, text VARCHAR, day DATE, made TIMESTAMP, share DECIMAL(9,2));
            INSERT INTO note VALUES (9123456789012345678, '=1+1', '2026-03-01', '2026-03-01 12:30:00', 1234.50), (9123456789012345679, NULL, NULL, NULL, -1)
            """
        );
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_question_comes_from_a_file_or_from_the_standard_input()
    {
        var file = _place.PathOf("question.sql");
        await File.WriteAllTextAsync(file, "SELECT 7 AS n -- of a file\n", TestContext.Current.CancellationToken);

        (await _place.InvokeAsync("query", "--file", file, "--format", "csv"))
            .Lines.Select(l => l.Trim())
            .Should()
            .Equal("n", "7");
        using var output = new StringWriter();
        (
            await new CommandLine(
                output,
                TextWriter.Null,
                TimeProvider.System,
                new StringReader("SELECT 8 AS n")
            ).InvokeAsync([
                .. _place.Given.SelectMany(s => new[] { "--set", s }),
                "query",
                "--file",
                "-",
                "--format",
                "json",
            ])
        )
            .Should()
            .Be(0);
        output.ToString().Trim().Should().Be("""{"n":8}""");
        (await _place.InvokeAsync("query", "--file", _place.PathOf("nowhere.sql")))
            .ShouldBe(ExitCode.Configuration)
            .Naming("--file", "nowhere.sql");
    }

    [Fact]
    public async Task The_ending_of_a_file_says_how_the_answer_is_written()
    {
        foreach (var ending in (string[])["csv", "json", "parquet", "xlsx"])
            (await _place.InvokeAsync("query", All, "--out", _place.PathOf($"answer.{ending}")))
                .ShouldBe(ExitCode.Ok)
                .Output.Should()
                .Contain($"2 rows were written to {_place.PathOf($"answer.{ending}")}");

        File.ReadAllLines(_place.PathOf("answer.csv"))[1]
            .Should()
            .Be("9123456789012345678,=1+1,2026-03-01,2026-03-01 12:30:00Z,1234.50");
        var json = JsonNode.Parse(
            await File.ReadAllTextAsync(_place.PathOf("answer.json"), TestContext.Current.CancellationToken)
        )!;
        ((long)json[0]!["id"]!, (string)json[0]!["day"]!, json[1]!["text"])
            .Should()
            .Be((9123456789012345678, "2026-03-01", null));
        Ask(
                _place.PathOf("reader.duckdb"),
                $"SELECT typeof(id) || typeof(day) || typeof(made) || typeof(share) FROM '{_place.PathOf("answer.parquet")}' GROUP BY ALL"
            )
            .Should()
            .Be("BIGINTDATETIMESTAMPDECIMAL(9,2)");
        var sheet = MiniExcel
            .Query(_place.PathOf("answer.xlsx"), useHeaderRow: true)
            .Cast<IDictionary<string, object?>>()
            .ToList();
        sheet[0]["id"].Should().Be("9123456789012345678", "a cell's number has 15 digits");
        sheet[0]["text"].Should().Be("=1+1", "it is text and no formula");
        sheet[0]["day"].Should().Be(new DateTime(2026, 3, 1));
        sheet[0]["made"].Should().Be(new DateTime(2026, 3, 1, 12, 30, 0));
        sheet[0]["share"].Should().Be(1234.5);
        sheet[1]["text"].Should().BeNull();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_place.PathOf("answer.parquet"))
                .Should()
                .Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(_place.Folder, "*.part").Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_there_is_kept_without_force()
    {
        var file = _place.PathOf("answer.csv");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);

        (await _place.InvokeAsync("query", All, "--out", file))
            .ShouldBe(ExitCode.Configuration)
            .Naming(file, "--force");
        (await _place.InvokeAsync("query", "SELECT * FROM nowhere", "--out", file, "--force")).ShouldBe(
            ExitCode.Configuration
        );
        File.ReadAllText(file).Should().Be("mine", "an answer that fails replaces nothing");
        (await _place.InvokeAsync("query", All, "--out", file, "--force")).ShouldBe(ExitCode.Ok);

        File.ReadAllText(file).Should().StartWith("id,text");
    }

    [Theory]
    [InlineData("SELECT 1 --out answer.doc", "answer.doc", ".parquet or .xlsx")]
    [InlineData("SELECT 1 --file x.sql", "one question", "--list")]
    [InlineData("--list --file x.sql", "one question", "--list")]
    [InlineData("SELECT 1 --out a.xlsx --excel", "--excel does not go with --out", "leave one")]
    [InlineData("SELECT 1 --out a.csv --format json", "--format does not go with --out", "leave one")]
    [InlineData("SELECT 1 --format json --excel", "--excel is CSV", "'json'")]
    [InlineData("SELECT 1 --limit -1", "--limit is -1", "a number of rows")]
    [InlineData("SELECT 1 --out no/such/folder/a.csv", "no/such/folder/a.csv", "in a folder that is there")]
    [InlineData("PRAGMA version --out a.parquet", "a SELECT", "Parquet")]
    public async Task What_makes_no_sense_is_refused(string line, string named, string advice)
    {
        var words = line.Replace("SELECT 1", "SELECT_1", StringComparison.Ordinal)
            .Replace("PRAGMA version", "PRAGMA_version", StringComparison.Ordinal)
            .Split(' ')
            .Select(w => w.Replace('_', ' '));

        (await _place.InvokeAsync(["query", .. words])).ShouldBe(ExitCode.Configuration).Naming(named, advice);
    }

    [Theory]
    [InlineData("nl-NL", "9123456789012345678;'=1+1;2026-03-01;2026-03-01 12:30:00;1234,50")]
    [InlineData("en-GB", "9123456789012345678,'=1+1,2026-03-01,2026-03-01 12:30:00,1234.50")]
    public async Task Csv_for_people_opens_in_the_spreadsheet_of_their_country(string culture, string first)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            var shown = (await _place.InvokeAsync("query", All, "--excel")).ShouldBe(ExitCode.Ok);
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            (await _place.InvokeAsync("query", All, "--excel", "--out", _place.PathOf("a.csv"))).ShouldBe(ExitCode.Ok);

            shown.Output.Should().StartWith("\uFEFFid");
            shown.Lines[1].Trim().Should().Be(first);
            File.ReadAllBytes(_place.PathOf("a.csv"))[..3].Should().Equal(0xEF, 0xBB, 0xBF);
            File.ReadAllLines(_place.PathOf("a.csv"))[1].Should().Be(first);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task The_list_names_every_table_and_view_with_what_a_row_is_and_for_whom()
    {
        File.Delete(_place.Warehouse);
        var shown = (await _place.InvokeAsync("query", "--list", "--format", "json")).ShouldBe(ExitCode.Ok);

        var rows = shown.Lines.Select(l => JsonNode.Parse(l)!).ToList();
        rows.Should().OnlyContain(r => ((string)r["what a row is"]!).EndsWith('.'));
        var byName = rows.ToDictionary(r => (string)r["name"]!, r => (string)r["for"]!);
        byName["bi.plan_slip"].Should().Be("people");
        byName["etl.run"].Should().Be("journal");
        foreach (var table in Catalog.Tables)
            (byName[$"bi.{table.Name}"], byName[$"dw.{table.Name}"]).Should().Be(("Power BI", "everything"));
    }

    [Fact]
    public async Task A_limit_holds_for_every_format()
    {
        (await _place.InvokeAsync("query", "FROM range(50)", "--limit", "3", "--format", "csv"))
            .Lines.Should()
            .HaveCount(4);
        (await _place.InvokeAsync("query", "FROM range(50)", "--limit", "3", "--out", _place.PathOf("a.parquet")))
            .Output.Should()
            .Contain("3 rows");
    }

    [Fact]
    public async Task A_terminal_shows_no_more_than_a_person_reads_and_says_how_to_get_the_rest()
    {
        using var terminal = new TestConsole();
        terminal.Profile.Height = int.MaxValue;

        var shown = await CliHost.InvokeAtAsync(
            terminal,
            [.. _place.Given.SelectMany(s => new[] { "--set", s }), "query", "FROM range(1002)"]
        );

        shown
            .ShouldBe(ExitCode.Ok)
            .Lines[^2..]
            .Select(l => l.Trim())
            .Should()
            .Equal("999", "The first 1,000 rows. More with --limit N, all of them with --out FILE.");
    }

    [Fact]
    public async Task A_text_that_is_longer_than_the_screen_goes_to_the_pager()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The pager of this test is a command of a POSIX shell.");
        var seen = _place.PathOf("seen.txt");

        (await Pager.ShowAsync("1\n2\n3\n", 3, $"cat > {seen}", TestContext.Current.CancellationToken))
            .Should()
            .BeTrue();
        File.ReadAllText(seen).Should().Be("1\n2\n3\n");
        (await Pager.ShowAsync("1\n2\n3\n", 4, $"cat > {seen}", TestContext.Current.CancellationToken))
            .Should()
            .BeFalse("it fits");
        (await Pager.ShowAsync("1\n2\n3\n", 3, "", TestContext.Current.CancellationToken))
            .Should()
            .BeFalse("none is wanted");
        (await Pager.ShowAsync("1\n2\n3\n", 3, "no-such-pager", TestContext.Current.CancellationToken))
            .Should()
            .BeFalse("it is not there");
        (
            await Pager.ShowAsync(
                new string('x', 1_000_000) + "\n",
                1,
                "head -c 1",
                TestContext.Current.CancellationToken
            )
        )
            .Should()
            .BeTrue("it was left early");
    }

    private static string? Ask(string file, string sql)
    {
        using var warehouse = new DuckDBConnection($"Data Source={file}");
        warehouse.Open();
        using var command = warehouse.CreateCommand();
        command.CommandText = sql;
        return $"{command.ExecuteScalar()}";
    }
}
