using System.Globalization;
using Spectre.Console;
using VPlanExport.Runs;

namespace VPlanExport.Commands.Output;

/// <summary>A table on the terminal that grows while pages arrive: entity, pages, rows, share, requests left.</summary>
/// <remarks>The time that has passed moves each second, also while nothing else does.</remarks>
/// <param name="mask">A text without its secrets: the terminal breaks lines where they would no longer be
/// found.</param>
internal sealed class LiveReporter(
    IAnsiConsole console,
    TextWriter output,
    TimeProvider clock,
    Func<string, string> mask
) : Reporter
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The phases of a run, in order.</summary>
    private static readonly string[] Steps = ["extract", "transform", "derive", "publish", "load"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string[]> _rows = [];
    private LiveDisplayContext? _display;
    private string _phase = "starting";
    private long _began;
    private int _read;

    public override Task<T> DuringAsync<T>(Func<Task<T>> work) =>
        console
            .Live(Table())
            .AutoClear(true)
            .StartAsync(async display =>
            {
                lock (_lock)
                {
                    (_display, _phase, _began, _read) = (display, "starting", clock.GetTimestamp(), 0);
                    _rows.Clear();
                }
                await using var tick = clock.CreateTimer(_ => Refresh(), null, Second, Second);
                try
                {
                    return await work();
                }
                finally
                {
                    lock (_lock)
                        _display = null;
                }
            });

    private void Refresh()
    {
        lock (_lock)
            _display?.UpdateTarget(Table());
    }

    public override void Tell(RunEvent happened)
    {
        lock (_lock)
        {
            switch (happened)
            {
                case RunEvent.Started e:
                    _phase = $"{StepOf(e.Phase)}{e.Phase}: {e.Detail}";
                    break;
                case RunEvent.PagesRead e:
                    _rows[e.Progress.Entity] =
                    [
                        ValueText.Number(e.Progress.Pages),
                        ValueText.Number(e.Progress.Rows),
                        e.Progress.Share is { } share ? share.ToString("0 %", CultureInfo.InvariantCulture) : "",
                        ValueText.Number(e.Progress.RequestsLeft),
                        "reading",
                    ];
                    break;
                case RunEvent.Read e:
                    _read++;
                    _rows[e.Entity] = [.. (_rows.GetValueOrDefault(e.Entity) ?? ["", "", "", ""])[..4], e.Certificate];
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

    protected override int Width => console.Profile.Width;

    public override void Show<T>(string name, T fields, Action<TextWriter> asText) => asText(output);

    private Table Table()
    {
        var table = new Table()
            .Border(TableBorder.Simple)
            .Title(new TableTitle(Markup.Escape(Title())))
            .AddColumn(new TableColumn("entity").NoWrap())
            .AddColumn(new TableColumn("pages").RightAligned())
            .AddColumn(new TableColumn("rows").RightAligned())
            .AddColumn(new TableColumn("share").RightAligned())
            .AddColumn(new TableColumn("left today").RightAligned())
            .AddColumn("certificate");
        foreach (var (entity, cells) in _rows)
            table.AddRow([Markup.Escape(entity), .. cells.Select(Markup.Escape)]);
        return table;
    }

    private string Title()
    {
        var passed = clock.GetElapsedTime(_began).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
        return $"{_phase}{(_read == 0 ? "" : $", {ValueText.Count(_read, "entity", "entities")} read")}, {passed}";
    }

    private static string StepOf(string phase) =>
        Array.IndexOf(Steps, phase) is var step and >= 0 ? $"step {step + 1} of {Steps.Length}, " : "";
}
