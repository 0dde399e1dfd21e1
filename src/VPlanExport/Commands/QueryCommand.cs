using System.CommandLine;
using System.CommandLine.Parsing;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Storage;
using VPlanExport.Warehouse.DuckDb;

namespace VPlanExport.Commands;

/// <summary>Read-only SQL on the embedded warehouse.</summary>
internal sealed class QueryCommand : CliCommand
{
    /// <summary>More than a person reads.</summary>
    private const int MostOnTerminal = 1000;

    private readonly Argument<string?> _sql = new("sql")
    {
        Description = "One SELECT statement.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string> _format = SharedOptions.Format("table", "csv", "json");
    private readonly Option<string?> _file = new("--file")
    {
        Description = "A file that holds the statement, or - for the standard input.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _out = new("--out")
    {
        Description = "A file for the answer; its ending says how it is written: .csv, .json, .parquet or .xlsx.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _force = new("--force") { Description = "--out: replaces a file that is there." };
    private readonly Option<bool> _list = new("--list")
    {
        Description = "Show the tables and views that can be asked, for whom each is, and what a row of it is.",
    };
    private readonly Option<bool> _excel = new("--excel")
    {
        Description =
            "CSV for people: with a UTF-8 mark, your country's separators, and an apostrophe before a cell that a "
            + "spreadsheet would take for a formula.",
    };
    private readonly Option<int?> _limit = new("--limit")
    {
        Description = $"Show so many rows at most; a table on a terminal has {MostOnTerminal} without it.",
        HelpName = "N",
    };

    public QueryCommand()
    {
        Command = new Command(
            "query",
            "Asks the embedded warehouse a question in SQL; nothing can be changed. CSV is for programs: no cell "
                + "is changed, not even one that a spreadsheet would take for a formula, and there is no UTF-8 mark. "
                + "--excel is for people. --list shows what can be asked."
        )
        {
            _sql,
            _file,
            _list,
            _format,
            _out,
            _force,
            _excel,
            _limit,
        };
        Command.Validators.Add(Validate);
    }

    public override Command Command { get; }

    public override string Example =>
        "vplan-export query \"SELECT activity, sum(planned_minutes) AS planned, sum(tracked_minutes) AS tracked "
        + "FROM bi.planned_vs_actual GROUP BY activity\" --format csv";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Parsed.GetValue(_list))
        {
            var objects = WarehouseList.All().Select(o => new object?[] { o.Name, o.For, o.Meaning });
            await ShowAsync(
                context,
                [.. WarehouseList.Headings.Select(h => new QueryColumn(h, "VARCHAR"))],
                objects,
                cancellationToken
            );
            return ExitCode.Ok;
        }
        var settings = context.ReadSettings();
        if (settings.Warehouse.Kind != WarehouseSettings.DuckDb)
            throw new ConfigurationException(
                $"query asks the embedded warehouse, and Warehouse:Kind is '{settings.Warehouse.Kind}': ask that "
                    + "one with a tool of its own."
            );
        var sql = context.Parsed.GetValue(_sql) ?? await ReadAsync(context, cancellationToken);
        var warehouse = new DuckDbWarehouse(settings.Warehouse.ConnectionString, context.Clock);
        if (context.Parsed.GetValue(_out) is { } file)
            await SaveAsync(context, warehouse, sql, Path.GetFullPath(HomeFolder.Expanded(file)), cancellationToken);
        else
        {
            using var result = warehouse.Query(sql, Format(context) == "json", cancellationToken);
            await ShowAsync(context, result.Columns, result.Rows(), cancellationToken);
        }
        return ExitCode.Ok;
    }

    private void Validate(CommandResult given)
    {
        var questions = new[] { given.GetResult(_sql)?.Tokens.Count > 0, IsThere(_file), IsThere(_list) };
        if (questions.Count(q => q) != 1)
            given.AddError(
                "'query' takes one question: a SELECT statement, or --file with one in it, or --list, which shows what "
                    + "can be asked."
            );
        foreach (var option in new Option[] { _format, _excel, _list }.Where(o => IsThere(_out) && IsThere(o)))
        {
            if (option != _excel || given.GetValue(_out)?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) != true)
                given.AddError(
                    $"{option.Name} does not go with --out '{given.GetValue(_out)}', whose ending says how it is "
                        + "written: leave one of them out."
                );
        }
        if (IsThere(_excel) && given.GetResult(_format) is { Implicit: false } && given.GetValue(_format) != "csv")
            given.AddError($"--excel is CSV, and --format is '{given.GetValue(_format)}': leave one of them out.");
        if (given.GetValue(_limit) < 0)
            given.AddError($"--limit is {given.GetValue(_limit)}; it takes a number of rows, such as 100.");

        bool IsThere(Option option) => given.GetResult(option) is { Implicit: false };
    }

    private string Format(CommandContext context) =>
        context.Parsed.GetValue(_excel) ? "csv" : context.Parsed.GetValue(_format)!;

    private async Task<string> ReadAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var file = context.Parsed.GetValue(_file)!;
        if (file == "-")
            return await context.Input.ReadToEndAsync(cancellationToken);
        try
        {
            return await File.ReadAllTextAsync(HomeFolder.Expanded(file), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConfigurationException(
                $"--file is '{file}', which cannot be read: {e.Message} Name a file that holds one SELECT statement.",
                e
            );
        }
    }

    private async Task SaveAsync(
        CommandContext context,
        DuckDbWarehouse warehouse,
        string sql,
        string path,
        CancellationToken cancellationToken
    )
    {
        var format = AnswerFile.FormatOf(path);
        var rows = await AnswerFile.WriteAsync(
            path,
            context.Parsed.GetValue(_force),
            part =>
                format == ".parquet"
                    ? Task.Run(() => warehouse.SaveAsParquet(Limited(context, sql), part, cancellationToken))
                    : SaveRowsAsync(context, warehouse, sql, part, format, cancellationToken)
        );
        context.Reporter.Show(
            "query",
            new { path, rows },
            output =>
                output.WriteLine($"{ValueText.Number(rows)} {(rows == 1 ? "row was" : "rows were")} written to {path}.")
        );
    }

    private string Limited(CommandContext context, string sql) =>
        context.Parsed.GetValue(_limit) is { } limit
            ? $"SELECT * FROM (\n{sql.TrimEnd().TrimEnd(';')}\n) LIMIT {ValueText.Text(limit)}"
            : sql;

    private async Task<long> SaveRowsAsync(
        CommandContext context,
        DuckDbWarehouse warehouse,
        string sql,
        string part,
        string format,
        CancellationToken cancellationToken
    )
    {
        using var result = warehouse.Query(sql, format == ".json", cancellationToken);
        var (names, rows) = (Distinct(result.Columns.Select(c => c.Name)), Limited(context, result.Rows()));
        if (format == ".json")
            return await AnswerFile.WriteJsonAsync(part, names, rows);
        if (format == ".xlsx")
            return await AnswerFile.WriteExcelAsync(part, result.Columns, names, rows, cancellationToken);
        var count = 0L;
        await using var text = new StreamWriter(part);
        await WriteCsvAsync(context, text, result.Columns, rows.Select(Counted));
        return count;

        object?[] Counted(object?[] row)
        {
            count++;
            return row;
        }
    }

    private IEnumerable<object?[]> Limited(CommandContext context, IEnumerable<object?[]> rows) =>
        context.Parsed.GetValue(_limit) is { } limit ? rows.Take(limit) : rows;

    /// <summary>Ends early when nobody reads on, as behind <c>| head</c>.</summary>
    private async Task ShowAsync(
        CommandContext context,
        IReadOnlyList<QueryColumn> columns,
        IEnumerable<object?[]> all,
        CancellationToken cancellationToken
    )
    {
        var rows = Limited(context, all).TakeWhile(_ => !context.IsOutputLost());
        switch (Format(context))
        {
            case "csv":
                await WriteCsvAsync(context, context.Output, columns, rows);
                break;
            case "json":
                var distinct = Distinct(columns.Select(c => c.Name));
                foreach (var row in rows)
                    context.Output.WriteLine(ValueText.Row(distinct, row));
                break;
            case var _ when context.Terminal is { } terminal:
                await PageAsync(context, columns, rows, terminal.Profile.Height, cancellationToken);
                break;
            default:
                WriteTable(columns, rows, context.Output);
                break;
        }
    }

    /// <summary>A screen at a time, and not more than a person reads.</summary>
    private async Task PageAsync(
        CommandContext context,
        IReadOnlyList<QueryColumn> columns,
        IEnumerable<object?[]> rows,
        int height,
        CancellationToken cancellationToken
    )
    {
        var most = context.Parsed.GetValue(_limit) ?? MostOnTerminal;
        var shown = rows.Take(most + 1).ToList();
        using var text = new StringWriter();
        WriteTable(columns, shown.Take(most), text);
        if (shown.Count > most)
            text.WriteLine(
                $"The first {ValueText.Number(most)} rows. More with --limit N, all of them with --out FILE."
            );
        if (!await Pager.ShowAsync(context.Secrets.Mask($"{text}"), height, Pager.Command, cancellationToken))
            await context.Output.WriteAsync(text.ToString());
    }

    private Task WriteCsvAsync(
        CommandContext context,
        TextWriter output,
        IReadOnlyList<QueryColumn> columns,
        IEnumerable<object?[]> rows
    )
    {
        string[] names = [.. columns.Select(c => c.Name)];
        return context.Parsed.GetValue(_excel)
            ? CsvText.WriteForPeopleAsync(output, names, rows, context.Culture)
            : CsvText.WriteAsync(output, names, rows.Select(row => row.Select(ValueText.Text).ToArray()));
    }

    internal static void WriteTable(
        IReadOnlyList<QueryColumn> columns,
        IEnumerable<object?[]> rows,
        TextWriter output
    ) =>
        TextTable.Write(
            output,
            [.. columns.Select(c => c.IsNumber ? ">" + c.Name : c.Name)],
            rows.Select(r => r.Select(ValueText.Text).ToArray())
        );

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
}
