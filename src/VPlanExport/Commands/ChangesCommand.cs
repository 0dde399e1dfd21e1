using System.CommandLine;
using System.Globalization;
using VPlanExport.Commands.Output;
using VPlanExport.Model;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>What changed in the plan.</summary>
internal sealed class ChangesCommand : CliCommand
{
    private const int UsualDays = 7;

    private readonly Option<string?> _since = new("--since")
    {
        Description =
            "The first day, yyyy-MM-dd, or a day of the week, such as monday: the last one. Without it, the last "
            + "seven days.",
        HelpName = "monday|D",
    };
    private readonly Option<string> _entity = new Option<string>("--entity")
    {
        Description = "By what the changes are told.",
        DefaultValueFactory = _ => "card",
    }.AcceptOnlyFromAmong("card", "collection", "order");
    private readonly Option<string> _format = SharedOptions.Format("table", "csv", "json");

    public ChangesCommand() =>
        Command = new Command(
            "changes",
            "What changed in the plan: by card each property with its old and new value, by collection or order its "
                + "plan then and now. From the history that the runs keep, so a change counts on the day of the run "
                + "that saw it."
        )
        {
            _since,
            _entity,
            _format,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export changes --since monday --entity collection";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = context.ReadSettings();
        var today = new BusinessZone(settings.TimeZone).DateOf(context.Clock.GetUtcNow().UtcDateTime);
        var since = Since(context.Parsed.GetValue(_since), today);
        var entity = context.Parsed.GetValue(_entity)!;
        await using var sinks = Sinks.Open(settings, context.Clock);
        var changes = new PlanChanges(sinks.Lake, settings.TimeZone);
        if (await changes.BeginAsync(cancellationToken) is not { } begin)
            throw new ConfigurationException(
                $"The lake in {settings.Lake.Location} has no history of the plan yet. Run the export first, or "
                    + "correct Lake:Location: vplan-export run"
            );
        var found =
            entity == "card"
                ? await changes.OfCardsAsync(since, cancellationToken)
                : await changes.OfJobsAsync(since, entity == "order", cancellationToken);
        await ShowAsync(context, entity, found);
        if (context.Parsed.GetValue(_format) == "table")
            Explain(context.Output, found.Count, since, begin);
        return ExitCode.Ok;
    }

    /// <summary>A day of the week is the last one, today included.</summary>
    private static DateOnly Since(string? text, DateOnly today)
    {
        if (text is null)
            return today.AddDays(-UsualDays);
        var day = Enum.GetValues<DayOfWeek>()
            .Where(d => string.Equals($"{d}", text, StringComparison.OrdinalIgnoreCase))
            .Select(d => (DayOfWeek?)d)
            .FirstOrDefault();
        if (day is { } named)
            return today.AddDays(-((today.DayOfWeek - named + UsualDays) % UsualDays));
        return DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
            ? date
            : throw new ConfigurationException(
                $"--since is '{text}'; it takes a date as yyyy-MM-dd, such as 2026-10-31, or a day of the week, such "
                    + "as monday."
                    + NearestName.Question(text, Enum.GetNames<DayOfWeek>().Select(n => n.ToLowerInvariant()))
            );
    }

    private async Task ShowAsync(CommandContext context, string entity, IReadOnlyList<PlanDifference> found)
    {
        var format = context.Parsed.GetValue(_format)!;
        if (found.Count == 0 && format == "table")
            return;
        await RowsText.WriteAsync(
            context.Output,
            format,
            ["changed_on", entity, entity == "card" ? "collection" : "cards", "what", "old", "new", ">days"],
            found.Select(d => new object?[] { d.ChangedOn, d.Name, d.Of, d.What, d.Old, d.New, d.Days })
        );
    }

    private static void Explain(TextWriter output, int count, DateOnly since, DateOnly begin)
    {
        if (count == 0)
            output.WriteLine($"Nothing changed in the plan since {ValueText.Text(since)}.");
        if (begin > since)
            output.WriteLine($"The history begins on {ValueText.Text(begin)}: what changed before is not known.");
    }
}
