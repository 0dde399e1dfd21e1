using System.CommandLine;
using System.Globalization;
using VPlanExport.Commands.Output;
using VPlanExport.Model;

namespace VPlanExport.Commands;

/// <summary>A question that people ask, and the command line that answers it.</summary>
internal sealed record Question(string Text, string Command)
{
    private const string Program = "vplan-export";

    /// <summary>The questions, with the days that they mean.</summary>
    public static IReadOnlyList<Question> All(DateOnly today)
    {
        var quarter = new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1);
        var (from, to) = (quarter.AddMonths(-3), quarter.AddDays(-1));
        var month = new DateOnly(today.Year, today.Month, 1);
        return
        [
            new("Is last night good?", $"{Program} status"),
            new("How old is the data?", $"{Program} status --max-age 26h"),
            new("What changed in the plan since Monday?", $"{Program} changes --since monday"),
            new(
                "Which cards slipped more than five days?",
                Sql(
                    "SELECT changed_on, collection, card, old_end_date, new_end_date, slip_days FROM bi.plan_slip "
                        + "WHERE slip_days > 5 ORDER BY slip_days DESC"
                )
            ),
            new(
                "Who is over 100 % next week?",
                Sql(
                    "SELECT resource, round(100.0 * sum(planned_minutes) / sum(available_minutes)) AS percent FROM "
                        + $"bi.utilisation_day WHERE iso_year_week = '{IsoWeek.NameOf(today.AddDays(7))}' "
                        + "GROUP BY resource HAVING sum(planned_minutes) > sum(available_minutes) ORDER BY percent DESC"
                )
            ),
            new(
                "Which orders are late?",
                Sql(
                    "SELECT name, relation, due_date, done_date, days_late FROM bi.delivery WHERE subject = 'order' "
                        + "AND NOT is_on_time ORDER BY days_late DESC"
                )
            ),
            new(
                $"What did the plan say on {Day(month)}?",
                Sql(
                    "SELECT c.name, h.start_date, h.end_date, h.due_date, h.planned_minutes FROM bi.hist_card h JOIN "
                        + $"bi.dim_card c USING (card_key) WHERE h.valid_from < '{Day(month.AddDays(1))}' AND "
                        + $"coalesce(h.valid_to, 'infinity') >= '{Day(month.AddDays(1))}'"
                )
            ),
            new(
                "How many hours wait for approval?",
                Sql("SELECT status, round(sum(minutes) / 60.0, 1) AS hours FROM bi.approval_backlog GROUP BY status")
            ),
            new("What was rejected, and why?", $"{Program} rejects list"),
            new(
                "What will a backfill of last quarter cost and change?",
                $"{Program} backfill --from {Day(from)} --to {Day(to)} --dry-run"
            ),
            new("Which settings are in force, and where do they come from?", $"{Program} settings"),
            new("Which tables should I take into Power BI?", $"{Program} query --list"),
        ];
    }

    private static string Sql(string sql) => $"{Program} query \"{sql}\"";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What people ask most, each with its command.</summary>
internal sealed class QuestionsCommand : CliCommand
{
    public override Command Command { get; } =
        new(
            "questions",
            "The questions that people ask most, each with the command that answers it: is last night good, what "
                + "changed in the plan, which cards slipped, who is over 100 %, which orders are late, what waits for "
                + "approval."
        );

    public override string Example => "vplan-export questions";

    public override Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var zone = new BusinessZone(context.ReadSettings().TimeZone);
        var questions = Question.All(zone.DateOf(context.Clock.GetUtcNow().UtcDateTime));
        context.Reporter.Show(
            "questions",
            new { questions },
            output =>
            {
                foreach (var question in questions)
                    output.WriteLine($"{question.Text}{Environment.NewLine}  {question.Command}");
            }
        );
        return Task.FromResult(ExitCode.Ok);
    }
}
