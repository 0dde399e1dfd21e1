using System.Text.Json;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Support;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Tests.Transform;

/// <summary>What the rules of a version are: what each kind of column makes of a value, and which columns there are. The quarantine knows by the version what is due.</summary>
[Trait("Tier", "unit")]
public class RowRulesTests
{
    private static readonly string[] Probes =
    [
        "null",
        "\"\"",
        "\"NULL\"",
        "0",
        "1",
        "5",
        "\"5\"",
        "\" 5 \"",
        "-5",
        "2.5",
        "\"2,5\"",
        "0.00005",
        "1e3",
        "2147483648",
        "9223372036854775808",
        "123456789012345678",
        "true",
        "\"TRUE\"",
        "\"yes\"",
        "[]",
        "[1]",
        "{}",
        "\"2026-03-29\"",
        "\"2026-02-30\"",
        "\"29-03-2026\"",
        "\"2026-03-29T01:30:00Z\"",
        "\"2026-03-29 01:30:00\"",
        "\"2026-03-29T01:30:00.1234567+02:00\"",
        "\"0000-00-00\"",
        "\"0000-00-00 00:00:00\"",
        "\"07:30\"",
        "\"25:00\"",
        "\"-0001-11-30\"",
        "\"-0001-11-30T00:00:00.000000Z\"",
        "\"0001-01-01T00:00:00+01:00\"",
        "\"9999-12-31T23:59:59.9999999Z\"",
        "\"2026-03-29T24:00:00Z\"",
        "\"24:00\"",
        "\"7:30:00\"",
        "\"1970-01-01T07:30:00Z\"",
        "1000000000",
        "1000000001",
        "\"0216CB76-B5A1-4BC8-9DBD-083629CA524C\"",
        "\"0216cb76-b5a1-4bc8-9dbd-083629ca524c\"",
        "\"0216cb76-b5a1-4bc8-9dbd-083629ca524cd\"",
        "\"\\ud800\"",
        "\"a text\"",
    ];

    private static string File => FormattableString.Invariant($"Transform/RowRules.v{ValueContract.Version}.txt");

    [Fact]
    public void Rules_that_have_changed_have_another_version() =>
        Approved.ShouldBe(
            Rules(),
            File,
            "raise RowContract.Version, so that what was rejected is tried again, remove the file and run the test",
            mayReplace: false
        );

    [Fact]
    public void Only_the_rules_of_this_version_are_kept() =>
        Directory
            .GetFiles(Path.Combine(Repository.Root, "tests/VPlanExport.Tests/Transform"), "RowRules.v*.txt")
            .Select(Path.GetFileName)
            .Should()
            .Equal(Path.GetFileName(File));

    private static string Rules() =>
        string.Join(
            '\n',
            [
                "What a column makes of a value; those that it rejects are named last.",
                .. OneOfEachKind().SelectMany(c => Told(c.Entity, c.Column)),
                "",
                "The columns, and what they are read from.",
                .. Catalog.Tables.SelectMany(t =>
                    t.Columns.Where(c => SourceOf(c) is not null)
                        .Select(c => $"{t.Name}.{c.Name}: {c.Type} of {SourceOf(c)}")
                ),
                "",
            ]
        );

    /// <summary>Of main tables, whose records can be told apart by their id alone.</summary>
    private static IEnumerable<(Entity Entity, Column Column)> OneOfEachKind() =>
        Catalog
            .All.Where(e => e.Endpoint is { Per: null, Unnest: null })
            .SelectMany(e => e.Main.Columns.Select(c => (Entity: e, Column: c)))
            .Where(c => PathOf(c.Column) is { } path && !path.Contains('.', StringComparison.Ordinal))
            .GroupBy(c =>
                (
                    c.Column.Source.GetType().Name,
                    c.Column.Type.Kind,
                    c.Column.Type.Precision,
                    c.Column.Type.Scale,
                    c.Column.Unit == "minutes"
                )
            )
            .Select(alike => alike.First())
            .OrderBy(c => c.Column.Type.Kind)
            .ThenBy(c => $"{c.Column.Type}", StringComparer.Ordinal)
            .ThenBy(c => c.Column.Unit == "minutes");

    private static IEnumerable<string> Told(Entity entity, Column column)
    {
        var values = Probes.Select(probe => (Probe: probe, Value: Made(entity, column, probe))).ToList();
        return
        [
            "",
            $"{column.Source.GetType().Name} as {(column.Type.Kind == ColumnKind.Text ? "Text" : column.Type)}{(column.Unit == "minutes" ? " of minutes" : "")}",
            .. values.Where(v => v.Value is not null).Select(v => $"  {v.Probe} -> {v.Value}"),
            $"  rejected: {string.Join("  ", values.Where(v => v.Value is null).Select(v => v.Probe))}",
        ];
    }

    /// <summary>As JSON; null when the record is rejected.</summary>
    private static string? Made(Entity entity, Column column, string probe)
    {
        var id = PathOf(column) == "id" ? "" : "\"id\":\"a\",";
        var reading = ParsedRecords.Of(entity, $$"""{{{id}}"{{PathOf(column)}}":{{probe}}}""");
        return reading.Reader.Rejects.Count > 0
            ? null
            : JsonSerializer.Serialize(reading.Row(entity.Main)[column.Name]);
    }

    private static string? PathOf(Column column) =>
        column.Source switch
        {
            Source.Json json => json.Path,
            Source.BusinessDate date => date.Path,
            Source.Label label => label.Path,
            Source.KeyOf { Paths: [var path] } => path,
            _ => null,
        };

    private static string? SourceOf(Column column) =>
        column.Source switch
        {
            Source.Json json => json.Or is null ? json.Path : $"{json.Path} or {json.Or}",
            Source.Label label => label.Or is null ? label.Path : $"{label.Path} or {label.Or}",
            Source.BusinessDate date => date.Path,
            Source.IsPresent present => present.Path,
            Source.KeyOf key => string.Join(" and ", key.Paths) + (key.Or is null ? "" : $" or {key.Or}"),
            _ => null,
        };
}
