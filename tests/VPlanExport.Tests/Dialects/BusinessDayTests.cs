using System.Text.RegularExpressions;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Dialects;

/// <summary>
/// A timestamp is UTC and no engine knows the time zone of the business. So SQL never makes a day of a timestamp: the transformer stores the day, and
/// the calendar has its week, month and year.
/// </summary>
[Trait("Tier", "unit")]
public partial class BusinessDayTests
{
    private static readonly HashSet<string> s_timestamps =
    [
        .. Catalog
            .Tables.SelectMany(t => t.Columns)
            .Where(c => c.Type.Kind == ColumnKind.Timestamp)
            .Select(c => c.Name),
        "loaded_at",
    ];

    /// <summary>The folders that hold what people read; the others hold declarations.</summary>
    public static TheoryData<string> Views =>
        [
            .. new[] { "sql/bi", "sql/duckdb/bi", "sql/sqlserver/bi" }
                .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.sql"))
                .Select(path => Path.GetRelativePath(Repository.Root, path)),
        ];

    [Theory]
    [MemberData(nameof(Views))]
    public void No_view_makes_a_day_of_a_timestamp(string path) => Found(Repository.Read(path)).Should().BeEmpty();

    [Fact]
    public void Neither_does_other_SQL_of_the_program() =>
        Directory
            .GetFiles(Path.Combine(Repository.Root, "src/VPlanExport"), "*.cs", SearchOption.AllDirectories)
            .Concat(
                Directory.GetFiles(
                    Path.Combine(Repository.Root, "src/VPlanExport"),
                    "*.md",
                    SearchOption.AllDirectories
                )
            )
            .Append(Path.Combine(Repository.Root, "README.md"))
            .Where(path => InCode().IsMatch(File.ReadAllText(path)))
            .Select(Path.GetFileName)
            .Should()
            .BeEquivalentTo(
                ["Dax.cs", "MeasureSql.cs"],
                "measures count days, between dates: a test of theirs holds that"
            );

    [Theory]
    [InlineData("SELECT cast(c.source_created_at AS DATE) FROM c", "cast(c.source_created_at AS DATE)")]
    [InlineData("SELECT try_cast(c.made AS date) FROM c", "try_cast(c.made AS date)")]
    [InlineData("SELECT c.made::date FROM c", "::date")]
    [InlineData("SELECT convert(date, c.made) FROM c", "convert(date,")]
    [InlineData("SELECT date_trunc('month', made) FROM c", "date_trunc(")]
    [InlineData("SELECT DATETRUNC(week, made) FROM c", "DATETRUNC(")]
    [InlineData("SELECT strftime(made, '%Y') FROM c", "strftime(")]
    [InlineData("SELECT format(made, 'yyyy') FROM c", "format(")]
    [InlineData("SELECT year(made) FROM c", "year(")]
    [InlineData("SELECT extract(year FROM made) FROM c", "extract(")]
    [InlineData("SELECT made AT TIME ZONE 'UTC' FROM c", "AT TIME ZONE")]
    [InlineData("SELECT d.date FROM d WHERE d.date = current_date", "current_date")]
    [InlineData("SELECT datediff(day, t.started_at, t.ended_at) FROM t", "started_at", "ended_at")]
    [InlineData("SELECT coalesce(t.started_at, t.due_date) AS day FROM t", "started_at")]
    [InlineData("SELECT t.key FROM t WHERE t.due_date < t.started_at", "started_at")]
    [InlineData("SELECT t.key FROM t JOIN d ON d.date = t.started_at", "started_at")]
    [InlineData("SELECT t.started_at - INTERVAL 1 DAY AS day FROM t", "started_at")]
    public void What_makes_a_day_of_a_timestamp_is_found(string sql, params string[] found) =>
        Found(sql).Should().Equal(found);

    [Theory]
    [InlineData(
        "SELECT t.started_at, t.ended_at AS stopped_at, t.due_date FROM t -- the day (in UTC) of cast(started_at AS DATE)"
    )]
    [InlineData(
        "WITH l AS (SELECT l.key, l.loaded_at FROM l) SELECT datediff(day, l.due_date, today.today) AS late, l.loaded_at FROM l"
    )]
    public void A_timestamp_that_is_shown_as_it_is_makes_no_day(string sql) => Found(sql).Should().BeEmpty();

    private static List<string> Found(string sql)
    {
        var text = Comment().Replace(sql, "");
        return
        [
            .. Conversion().Matches(text).Select(m => m.Value),
            .. Conversion().IsMatch(text) ? [] : Computed(text),
        ];
    }

    /// <summary>Timestamps that are more than an item of a SELECT list: those inside a function's brackets, in a comparison or in a sum.</summary>
    private static IEnumerable<string> Computed(string sql)
    {
        var tokens = Token().Matches(sql).Select(m => m.Value).ToList();
        var brackets = new Stack<bool>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] == "(")
                brackets.Push(i > 0 && Name().IsMatch(tokens[i - 1]) && !Keyword().IsMatch(tokens[i - 1]));
            else if (tokens[i] == ")")
                brackets.Pop();
            else if (
                s_timestamps.Contains(tokens[i].Split('.')[^1])
                && !tokens[i - 1].Equals("AS", StringComparison.OrdinalIgnoreCase)
                && !IsShown(tokens, i, brackets)
            )
                yield return tokens[i].Split('.')[^1];
        }
    }

    private static bool IsShown(List<string> tokens, int i, Stack<bool> brackets) =>
        (brackets.Count == 0 || !brackets.Peek())
        && Before().IsMatch(tokens[i - 1])
        && (i + 1 == tokens.Count || After().IsMatch(tokens[i + 1]));

    [GeneratedRegex(
        @"\b(try_)?cast\s*\([^()]*\bAS\s+DATE\s*\)|::\s*date\b|\b(try_)?convert\s*\(\s*date\s*,|\b(date_trunc|datetrunc|date_part|datepart|datename|time_bucket|strftime|format|eomonth|last_day|extract|year|quarter|month|week|weekofyear|isoweek|yearweek|day|dayofweek|weekday|dayname|monthname|timezone|switchoffset|todatetimeoffset|getdate|getutcdate|sysdatetime|sysutcdatetime|now|today)\s*\(|\bAT\s+TIME\s+ZONE\b|\bcurrent_(date|timestamp)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Conversion();

    /// <summary>Of those, what no C# looks like; the program's own SQL has no arithmetic on days.</summary>
    [GeneratedRegex(
        @"\bAS\s+DATE\s*\)|::\s*date\b|\b(date_trunc|datetrunc|date_part|datepart|date_diff|datediff|strftime)\s*\(|\bAT\s+TIME\s+ZONE\b|\bcurrent_(date|timestamp)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex InCode();

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"'[^']*'|[\w\[\]""]+(\.[\w\[\]""]+)*|<>|<=|>=|\S")]
    private static partial Regex Token();

    [GeneratedRegex(@"^\w+$")]
    private static partial Regex Name();

    [GeneratedRegex(
        "^(AS|IN|ON|AND|OR|NOT|FROM|JOIN|WHERE|EXISTS|SELECT|THEN|WHEN|ELSE|BY|ALL|UNION|OVER)$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Keyword();

    [GeneratedRegex("^(SELECT|DISTINCT|,)$", RegexOptions.IgnoreCase)]
    private static partial Regex Before();

    [GeneratedRegex("^(,|AS|FROM)$", RegexOptions.IgnoreCase)]
    private static partial Regex After();
}
