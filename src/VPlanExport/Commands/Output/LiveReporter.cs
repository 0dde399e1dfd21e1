using Spectre.Console;
using VPlanExport.Runs;

namespace VPlanExport.Commands.Output;

/// <summary>A table on the terminal that grows while pages arrive: entity, pages, rows, requests left.</summary>
/// <param name="mask">A text without its secrets: the terminal breaks lines where they would no longer be
/// found.</param>
internal sealed class LiveReporter(IAnsiConsole console, TextWriter output, Func<string, string> mask) : Reporter
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string[]> _rows = [];
    private LiveDisplayContext? _display;
    private string _phase = "starting";

    public override Task<T> DuringAsync<T>(Func<Task<T>> work) =>
        console
            .Live(Table())
            .AutoClear(true)
            .StartAsync(async display =>
            {
                (_display, _phase) = (display, "starting");
                _rows.Clear();
                try
                {
                    return await work();
                }
                finally
                {
                    _display = null;
                }
            });

    public override void Tell(RunEvent happened)
    {
        lock (_lock)
        {
            switch (happened)
            {
                case RunEvent.Started e:
                    _phase = $"{e.Phase}: {e.Detail}";
                    break;
                case RunEvent.PagesRead e:
                    _rows[e.Progress.Entity] =
                    [
                        ValueText.Number(e.Progress.Pages),
                        ValueText.Number(e.Progress.Rows),
                        ValueText.Number(e.Progress.RequestsLeft),
                        "reading",
                    ];
                    break;
                case RunEvent.Read e:
                    _rows[e.Entity] = [.. (_rows.GetValueOrDefault(e.Entity) ?? ["", "", "", ""])[..3], e.Certificate];
                    break;
                case RunEvent.Info e:
                    console.WriteLine(mask(e.Message));
                    break;
                case RunEvent.Warning e:
                    console.MarkupLineInterpolated($"[yellow]warning:[/] {mask(e.Message)}");
                    break;
            }
            _display?.UpdateTarget(Table());
        }
    }

    public override void Show<T>(string name, T fields, Action<TextWriter> asText) => asText(output);

    private Table Table()
    {
        var table = new Table()
            .Border(TableBorder.Simple)
            .Title(new TableTitle(Markup.Escape(_phase)))
            .AddColumn("entity")
            .AddColumn(new TableColumn("pages").RightAligned())
            .AddColumn(new TableColumn("rows").RightAligned())
            .AddColumn(new TableColumn("requests left").RightAligned())
            .AddColumn("certificate");
        foreach (var (entity, cells) in _rows)
            table.AddRow([Markup.Escape(entity), .. cells.Select(Markup.Escape)]);
        return table;
    }
}
