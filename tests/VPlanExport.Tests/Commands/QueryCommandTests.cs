using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using DuckDB.NET.Data;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>Answers that another program can read back.</summary>
[Trait("Tier", "scenario")]
public sealed class QueryCommandTests : IDisposable
{
    private const string Strange = "quote \", comma, \nnewline, =1+1, 日本語";

    private readonly CliHost _place = new();

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
        var outcome = (await _place.InvokeAsync("query", "SELECT * FROM note ORDER BY id", "--format", "csv")).ShouldBe(
            ExitCode.Ok
        );

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
        var outcome = (
            await _place.InvokeAsync("query", "SELECT * FROM note ORDER BY id", "--format", "json")
        ).ShouldBe(ExitCode.Ok);

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
        (await _place.InvokeAsync("query", sql, "--format", "json"))
            .ShouldBe(ExitCode.Ok)
            .Output.Trim()
            .Should()
            .Be(expected);

    [Theory]
    [InlineData("SELECT age(TIMESTAMP '2026-03-01', TIMESTAMP '2026-01-31')", "1 month 1 day", "\"1 month 1 day\"")]
    [InlineData("SELECT [1, NULL, 3]", "[1, NULL, 3]", "[1,null,3]")]
    [InlineData("SELECT [[1], NULL, []]", "[[1], NULL, []]", "[[1],null,[]]")]
    [InlineData("SELECT array_value(1, NULL, 3)", "[1, NULL, 3]", "[1,null,3]")]
    [InlineData("SELECT [DATE 'infinity', NULL]", "[infinity, NULL]", "[\"infinity\",null]")]
    [InlineData(
        "SELECT {'a': INTERVAL 1 MONTH, 'b': NULL}",
        "{'a': 1 month, 'b': NULL}",
        "{\"a\":\"1 month\",\"b\":null}"
    )]
    [InlineData("SELECT MAP {'x': 1, 'y': NULL}", "{x=1, y=NULL}", "{\"x\":1,\"y\":null}")]
    [InlineData("SELECT union_value(n := 1)", "1", "{\"n\":1}")]
    [InlineData("SELECT ['nan'::DOUBLE, '-infinity'::DOUBLE]", "[nan, -inf]", "[null,null]")]
    [InlineData("SELECT ['NaN', NULL]", "[NaN, NULL]", "[\"NaN\",null]")]
    [InlineData("SELECT DATE 'infinity'", "infinity", "\"infinity\"")]
    [InlineData("SELECT TIMESTAMP '-infinity'", "-infinity", "\"-infinity\"")]
    [InlineData("SELECT TIMESTAMPTZ 'infinity'", "infinity", "\"infinity\"")]
    [InlineData("SELECT DATE '0044-03-15 (BC)'", "0044-03-15 (BC)", "\"0044-03-15 (BC)\"")]
    [InlineData("SELECT DATE '12026-01-01'", "12026-01-01", "\"12026-01-01\"")]
    [InlineData("SELECT max(day) + INTERVAL 8000 YEAR FROM note", "10026-03-01 00:00:00", "\"10026-03-01 00:00:00\"")]
    [InlineData("SELECT TIME '24:00:00'", "24:00:00", "\"24:00:00\"")]
    [InlineData("SELECT TIMETZ '12:00:00+05:30'", "12:00:00+05:30", "\"12:00:00+05:30\"")]
    [InlineData(
        "SELECT TIMESTAMP '2026-03-01 12:30:00.5'",
        "2026-03-01 12:30:00.500000Z",
        "\"2026-03-01 12:30:00.500000Z\""
    )]
    [InlineData("SELECT TIMESTAMPTZ '2026-03-01 12:30:00+02'", "2026-03-01 10:30:00Z", "\"2026-03-01 10:30:00Z\"")]
    [InlineData(
        "SELECT TIMESTAMP_NS '2026-03-01 12:30:00.123456789'",
        "2026-03-01 12:30:00.123456789Z",
        "\"2026-03-01 12:30:00.123456789Z\""
    )]
    [InlineData("SELECT TIMESTAMP_S '2026-03-01 12:30:00'", "2026-03-01 12:30:00Z", "\"2026-03-01 12:30:00Z\"")]
    [InlineData(
        "SELECT TIMESTAMP_MS '2026-03-01 12:30:00.12'",
        "2026-03-01 12:30:00.120000Z",
        "\"2026-03-01 12:30:00.120000Z\""
    )]
    [InlineData(
        "SELECT 123456789012345678901234567890.12::DECIMAL(38,2)",
        "123456789012345678901234567890.12",
        "123456789012345678901234567890.12"
    )]
    [InlineData("SELECT 0.5::DECIMAL(38,38)", ".50000000000000000000000000000000000000", "0.5")]
    [InlineData(
        "SELECT 170141183460469231731687303715884105727::HUGEINT",
        "170141183460469231731687303715884105727",
        "170141183460469231731687303715884105727"
    )]
    [InlineData(
        "SELECT 340282366920938463463374607431768211455::UHUGEINT",
        "340282366920938463463374607431768211455",
        "340282366920938463463374607431768211455"
    )]
    [InlineData(
        "SELECT '123456789012345678901234567890123456789012'::BIGNUM",
        "123456789012345678901234567890123456789012",
        "123456789012345678901234567890123456789012"
    )]
    [InlineData("SELECT '\\xAA'::BLOB", "\\xAA", "\"\\\\xAA\"")]
    [InlineData("SELECT '0101'::BIT", "0101", "\"0101\"")]
    [InlineData("SELECT 'a'::ENUM('a', 'b')", "a", "\"a\"")]
    [InlineData(
        "SELECT 'F47AC10B-58CC-4372-A567-0E02B2C3D479'::UUID",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479",
        "\"f47ac10b-58cc-4372-a567-0e02b2c3d479\""
    )]
    [InlineData("SELECT 'nan'::FLOAT", "nan", "null")]
    [InlineData("SELECT '-infinity'::DOUBLE", "-inf", "null")]
    [InlineData("SELECT 1::VARIANT", "1", "\"1\"")]
    [InlineData("SELECT 1 -- the last line has no end", "1", "1")]
    [InlineData("SELECT 'it''s'; ", "it's", "\"it's\"")]
    [InlineData("WITH x AS (SELECT [1] AS l) FROM x", "[1]", "[1]")]
    [InlineData("VALUES ([1])", "[1]", "[1]")]
    public async Task A_value_of_any_type_is_DuckDBs_own_text(string sql, string text, string json)
    {
        var csv = (await _place.InvokeAsync("query", sql, "--format", "csv")).ShouldBe(ExitCode.Ok).Output;
        using var reader = CsvReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(csv)));
        reader.Read().Should().BeTrue();
        reader.GetString(0).Should().Be(text);

        (await _place.InvokeAsync("query", sql)).ShouldBe(ExitCode.Ok).Lines[^1].Trim().Should().Be(text);

        var line = JsonDocument
            .Parse((await _place.InvokeAsync("query", sql, "--format", "json")).ShouldBe(ExitCode.Ok).Output)
            .RootElement;
        JsonElement
            .DeepEquals(line.EnumerateObject().Single().Value, JsonDocument.Parse(json).RootElement)
            .Should()
            .BeTrue(line.ToString());
    }

    [Fact]
    public async Task Order_and_names_of_columns_stay_where_values_come_as_text()
    {
        var outcome = (
            await _place.InvokeAsync(
                "query",
                "SELECT i AS v, [i, NULL] AS v, 'x' AS \"a \"\"b\"\"\" FROM range(3000) t(i) ORDER BY i DESC",
                "--format",
                "csv"
            )
        ).ShouldBe(ExitCode.Ok);

        outcome.Lines.Should().HaveCount(3001);
        outcome.Lines[0].Trim().Should().Be("v,v,\"a \"\"b\"\"\"");
        outcome
            .Lines.Skip(1)
            .Select(l => l.Trim())
            .Should()
            .Equal(Enumerable.Range(0, 3000).Reverse().Select(i => $"{i},\"[{i}, NULL]\",x"));
    }

    [Theory]
    [InlineData("DESCRIBE note", "share")]
    [InlineData("SHOW TABLES", "note")]
    [InlineData("SUMMARIZE note", "share")]
    [InlineData("PRAGMA table_info('note')", "share")]
    [InlineData("EXPLAIN SELECT [1, NULL] FROM note", "note")]
    [InlineData("CALL pragma_version()", "v1")]
    [InlineData("FROM note", "quote")]
    [InlineData("PIVOT note ON id USING max(day)", "2026-03-01")]
    [InlineData("PIVOT note ON text USING list(share)", "quote")]
    public async Task What_is_no_select_is_answered_too(string sql, string part) =>
        (await _place.InvokeAsync("query", sql)).ShouldBe(ExitCode.Ok).Output.Should().Contain(part);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("  \n ", "is empty")]
    [InlineData("-- a comment\n/* another */", "is empty")]
    [InlineData(";;", "is empty")]
    [InlineData("SELECT ?", "parameters")]
    [InlineData("SELECT $day", "parameters")]
    public async Task What_gives_no_answer_is_told_as_such(string sql, string part) =>
        (await _place.InvokeAsync("query", sql))
            .ShouldBe(ExitCode.Configuration)
            .Naming(part)
            .Errors.Should()
            .NotContain("External component");

    [Fact]
    public async Task A_warehouse_behind_a_link_answers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link takes a right on Windows that few accounts have.");
        var real = Path.Combine(_place.Folder, "elsewhere.duckdb");
        File.Move(_place.Warehouse, real);
        File.CreateSymbolicLink(_place.Warehouse, real);

        (await _place.InvokeAsync("query", "SELECT count(*) AS notes FROM note", "--format", "json"))
            .ShouldBe(ExitCode.Ok)
            .Output.Trim()
            .Should()
            .Be("""{"notes":2}""");
    }

    [Fact]
    public async Task A_table_is_aligned_with_a_line_a_row()
    {
        var outcome = (await _place.InvokeAsync("query", "SELECT id, text, share FROM note ORDER BY id")).ShouldBe(
            ExitCode.Ok
        );

        outcome
            .Lines.Should()
            .Equal(
                "id  text                                      share",
                "--  --------------------------------------  -------",
                " 1  quote \", comma,  newline, =1+1, 日本語  1234.50",
                "22"
            );
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

        (await _place.InvokeAsync("query", "SELECT count(*) AS n FROM note", "--format", "csv"))
            .Lines[^1]
            .Trim()
            .Should()
            .Be("2");
    }

    [Fact]
    public async Task A_second_statement_is_refused_and_changes_nothing()
    {
        (await _place.InvokeAsync("query", "SELECT 1; SELECT 2"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("more than one statement");
        (await _place.InvokeAsync("query", "SELECT 7 AS n; DROP TABLE note"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("DROP", "read-only");

        (await _place.InvokeAsync("query", "SELECT count(*) AS n FROM note", "--format", "csv"))
            .Lines[^1]
            .Trim()
            .Should()
            .Be("2");
    }

    [Fact]
    public async Task A_query_before_the_first_run_says_what_to_do()
    {
        File.Delete(_place.Warehouse);

        (await _place.InvokeAsync("query", "SELECT 1"))
            .ShouldBe(ExitCode.Configuration)
            .Naming(_place.Warehouse, "Run the export first");

        File.Exists(_place.Warehouse).Should().BeFalse();
    }

    [Fact]
    public async Task Numbers_and_dates_do_not_depend_on_the_country()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("nl-NL");
        try
        {
            (await _place.InvokeAsync("query", "SELECT 1.5::DOUBLE AS v", "--format", "csv"))
                .Lines[^1]
                .Trim()
                .Should()
                .Be("1.5");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
