using System.CommandLine;
using CsvHelper;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Warehouse.DuckDb;

namespace VPlanExport.Commands;

/// <summary>Read-only SQL on the embedded warehouse.</summary>
internal sealed class QueryCommand : CliCommand
{
    private readonly Argument<string> _sql = new("sql") { Description = "One SELECT statement." };
    private readonly Option<string> _format = SharedOptions.Format("table", "csv", "json");

    public QueryCommand() =>
        Command = new Command(
            "query",
            "Asks the embedded warehouse a question in SQL; nothing can be changed. CSV is for programs: no cell "
                + "is changed, not even one that a spreadsheet would take for a formula, and there is no UTF-8 mark."
        )
        {
            _sql,
            _format,
        };

    public override Command Command { get; }

    public override string Example =>
        "vplan-export query \"SELECT activity, sum(planned_minutes) AS planned, sum(tracked_minutes) AS tracked "
        + "FROM bi.planned_vs_actual GROUP BY activity\" --format csv";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = context.ReadSettings();
        if (settings.Warehouse.Kind != WarehouseSettings.DuckDb)
            throw new ConfigurationException(
                $"query asks the embedded warehouse, and Warehouse:Kind is '{settings.Warehouse.Kind}': ask that "
                    + "one with a tool of its own."
            );
        var format = context.Parsed.GetValue(_format)!;
        using var result = new DuckDbWarehouse(settings.Warehouse.ConnectionString, context.Clock).Query(
            context.Parsed.GetRequiredValue(_sql),
            format == "json",
            cancellationToken
        );
        await WriteAsync(result, format, context);
        return ExitCode.Ok;
    }

    /// <summary>Ends early when nobody reads on, as behind <c>| head</c>.</summary>
    private static async Task WriteAsync(QueryResult result, string format, CommandContext context)
    {
        var output = context.Output;
        var names = result.Columns.Select(c => c.Name).ToList();
        var rows = result.Rows().TakeWhile(_ => !context.IsOutputLost());
        switch (format)
        {
            case "csv":
                await WriteCsvAsync(names, rows, output);
                break;
            case "json":
                var distinct = Distinct(names);
                foreach (var row in rows)
                    output.WriteLine(ValueText.Row(distinct, row));
                break;
            default:
                WriteTable(result.Columns, rows, output);
                break;
        }
    }

    internal static void WriteTable(
        IReadOnlyList<QueryColumn> columns,
        IEnumerable<object?[]> rows,
        TextWriter output
    ) =>
        TextTable.Write(
            output,
            [.. columns.Select(c => IsNumber(c) ? ">" + c.Name : c.Name)],
            rows.Select(r => r.Select(ValueText.Text).ToArray())
        );

    private static bool IsNumber(QueryColumn column) =>
        column.Type.Split('(')[0]
            is "TINYINT"
                or "SMALLINT"
                or "INTEGER"
                or "BIGINT"
                or "HUGEINT"
                or "UTINYINT"
                or "USMALLINT"
                or "UINTEGER"
                or "UBIGINT"
                or "UHUGEINT"
                or "DECIMAL"
                or "DOUBLE"
                or "FLOAT";

    /// <summary>A JSON object has each name once: the second <c>id</c> is <c>id_2</c>.</summary>
    private static List<string> Distinct(IEnumerable<string> names)
    {
        var distinct = new List<string>();
        foreach (var name in names)
            distinct.Add(
                Enumerable
                    .Range(1, int.MaxValue)
                    .Select(n => n == 1 ? name : $"{name}_{n}")
                    .First(n => !distinct.Contains(n))
            );
        return distinct;
    }

    private static async Task WriteCsvAsync(IReadOnlyList<string> names, IEnumerable<object?[]> rows, TextWriter output)
    {
        await using var csv = CsvWriter.Create(output, leaveOpen: true);
        await csv.WriteRecordAsync([.. names]);
        foreach (var row in rows)
            await csv.WriteRecordAsync([.. row.Select(ValueText.Text)]);
    }
}
