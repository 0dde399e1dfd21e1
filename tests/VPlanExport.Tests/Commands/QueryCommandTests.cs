using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using DuckDB.NET.Data;

namespace VPlanExport.Tests.Commands;

/// <summary>Answers that another program can read back.</summary>
public sealed class QueryCommandTests : IDisposable
{
    private const string Strange = "quote \", comma, \nnewline, =1+1, 日本語";

    private readonly Workplace _place = new();

    public QueryCommandTests()
    {
        using var warehouse = new DuckDBConnection($"Data Source={_place.Warehouse}");
        warehouse.Open();
        using var command = warehouse.CreateCommand();
        command.CommandText = $"""
            CREATE TABLE note (id BIGINT, text VARCHAR, day DATE, made TIMESTAMP, share DECIMAL(9,2));
            INSERT INTO note VALUES (1, '{Strange}', '2026-03-01', '2026-03-01 12:30:00', 1234.50), (22, NULL, NULL, NULL, NULL);
            """;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Csv_is_read_back_as_it_was()
    {
        var outcome = (await _place.InvokeAsync("query", "SELECT * FROM note ORDER BY id", "--format", "csv")).ShouldBe(ExitCode.Ok);

        using var csv = CsvReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(outcome.Output)));
        var rows = new List<string[]>();
        while (csv.Read())
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i))]);
        csv.Headers.Should().Equal("id", "text", "day", "made", "share");
        rows.Should().HaveCount(2);
        rows[0].Should().Equal("1", Strange, "2026-03-01", "2026-03-01 12:30:00Z", "1234.50");
        rows[1].Should().Equal("22", "", "", "", "");
    }

    [Fact]
    public async Task Every_line_of_json_is_a_row()
    {
        var outcome = (await _place.InvokeAsync("query", "SELECT * FROM note ORDER BY id", "--format", "json")).ShouldBe(ExitCode.Ok);

        var rows = outcome.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        rows.Should().HaveCount(2);
        rows[0].GetProperty("id").GetInt64().Should().Be(1);
        rows[0].GetProperty("text").GetString().Should().Be(Strange);
        rows[0].GetProperty("share").GetDecimal().Should().Be(1234.50m);
        rows[0].GetProperty("day").GetString().Should().Be("2026-03-01");
        rows[1].GetProperty("text").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("SELECT sum(id) AS v FROM note", """{"v":23}""")]
    [InlineData("SELECT 'nan'::DOUBLE AS v", """{"v":null}""")]
    [InlineData("SELECT [1, 2] AS v", """{"v":[1,2]}""")]
    [InlineData("SELECT {'a': 'é', 'b': NULL} AS v", """{"v":{"a":"é","b":null}}""")]
    [InlineData("SELECT TIME '12:30:15' AS v", """{"v":"12:30:15"}""")]
    [InlineData("SELECT true AS v, 1 AS v", """{"v":true,"v_2":1}""")]
    public async Task A_value_of_any_type_is_json(string sql, string expected) =>
        (await _place.InvokeAsync("query", sql, "--format", "json")).ShouldBe(ExitCode.Ok).Output.Trim().Should().Be(expected);

    [Fact]
    public async Task A_warehouse_behind_a_link_answers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link takes a right on Windows that few accounts have.");
        var real = Path.Combine(_place.Folder, "elsewhere.duckdb");
        File.Move(_place.Warehouse, real);
        File.CreateSymbolicLink(_place.Warehouse, real);

        (await _place.InvokeAsync("query", "SELECT count(*) AS notes FROM note", "--format", "json")).ShouldBe(ExitCode.Ok).Output.Trim().Should().Be("""{"notes":2}""");
    }

    [Fact]
    public async Task A_table_is_aligned_with_a_line_a_row()
    {
        var outcome = (await _place.InvokeAsync("query", "SELECT id, text, share FROM note ORDER BY id")).ShouldBe(ExitCode.Ok);

        outcome.Lines.Should().Equal(
            "id  text                                      share",
            "--  --------------------------------------  -------",
            " 1  quote \", comma,  newline, =1+1, 日本語  1234.50",
            "22");
    }

    [Theory]
    [InlineData("DELETE FROM note")]
    [InlineData("CREATE TABLE other (id INT)")]
    [InlineData("COPY note TO '/tmp/vplan-note.csv'")]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELEC 1")]
    [InlineData("SELECT * FROM nowhere")]
    public async Task What_would_write_or_leave_the_warehouse_or_is_no_query_is_refused(string sql)
    {
        (await _place.InvokeAsync("query", sql)).ShouldBe(ExitCode.Configuration).Naming("query failed");

        (await _place.InvokeAsync("query", "SELECT count(*) AS n FROM note", "--format", "csv")).Lines[^1].Trim().Should().Be("2");
    }

    [Fact]
    public async Task A_second_statement_is_refused_and_changes_nothing()
    {
        (await _place.InvokeAsync("query", "SELECT 1; SELECT 2")).ShouldBe(ExitCode.Configuration).Naming("more than one statement");
        (await _place.InvokeAsync("query", "SELECT 7 AS n; DROP TABLE note")).ShouldBe(ExitCode.Configuration).Naming("DROP", "read-only");

        (await _place.InvokeAsync("query", "SELECT count(*) AS n FROM note", "--format", "csv")).Lines[^1].Trim().Should().Be("2");
    }

    [Fact]
    public async Task A_query_before_the_first_run_says_what_to_do()
    {
        File.Delete(_place.Warehouse);

        (await _place.InvokeAsync("query", "SELECT 1")).ShouldBe(ExitCode.Configuration).Naming(_place.Warehouse, "Run the export first");

        File.Exists(_place.Warehouse).Should().BeFalse();
    }

    [Fact]
    public async Task Numbers_and_dates_do_not_depend_on_the_country()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("nl-NL");
        try
        {
            (await _place.InvokeAsync("query", "SELECT 1.5::DOUBLE AS v", "--format", "csv")).Lines[^1].Trim().Should().Be("1.5");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
