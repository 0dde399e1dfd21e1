using CsCheck;
using VPlanExport.Extract.Paging;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Tests.Extract;

/// <summary>Thousands of random schedules: rows are edited, added and deleted between any two questions.</summary>
[Trait("Tier", "unit")]
public class PagerPropertyTests
{
    private static readonly Gen<Schedule> AnySchedule = Gen.Select(
        Gen.Int[0, 80],
        Gen.Int[1, 20],
        Gen.Int[1, 40],
        Gen.Int[0, 6],
        Gen.Bool,
        Gen.Int[0, int.MaxValue - 1],
        (rows, limit, burst, changes, isSince, seed) => new Schedule(rows, limit, burst, changes, isSince, seed)
    );

    private static readonly Gen<Quirks> AnyQuirk = Gen.OneOfConst(Enum.GetValues<Quirks>());

    public record Schedule(int Rows, int Limit, int Burst, int Changes, bool IsSince, int Seed);

    /// <summary>Pages of one row cannot overlap: where reading by timestamp does not come out, such a reading is
    /// refused.</summary>
    [Fact]
    public async Task Rows_that_are_there_throughout_are_never_lost() =>
        await AnySchedule.SampleAsync(
            async schedule =>
            {
                var read = await ReadAsync(schedule);
                if (schedule.Limit == 1)
                    read.ShouldBeCompleteOrRefused();
                else
                    read.ShouldBeComplete();
            },
            iter: 2_500,
            threads: 1
        );

    /// <summary>Found by the property above.</summary>
    [Fact]
    public async Task Rows_that_leave_a_tie_between_its_pages_do_not_end_the_reading_by_timestamp()
    {
        var read = await ReadAsync(
            new Schedule(Rows: 42, Limit: 3, Burst: 27, Changes: 3, IsSince: true, Seed: 1554889655)
        );
        read.ShouldBeComplete();
        read.Warnings.Should().NotContain(warning => warning.Contains("offsets"));
    }

    [Fact]
    public async Task Backdated_rows_do_not_hide_others_and_are_caught_by_the_certificate() =>
        await AnySchedule.SampleAsync(
            async schedule => (await ReadAsync(schedule, backdates: true)).ShouldBeCompleteOrRefused(),
            iter: 1_000,
            threads: 1
        );

    /// <summary>As long as no row leaves, the certificate alone is a proof: no assumption about the API but its count.</summary>
    [Fact]
    public async Task An_unruly_api_loses_no_row_silently() =>
        await Gen.Select(AnySchedule, AnyQuirk)
            .SampleAsync(
                async (schedule, quirk) =>
                    (await ReadAsync(schedule, quirk, deletes: false)).ShouldBeCompleteOrRefused(),
                iter: 1_500,
                threads: 1
            );

    /// <summary>Rows that leave could hide rows that were missed, so these quirks must be seen in the answers themselves.</summary>
    [Fact]
    public async Task An_unruly_api_loses_no_row_silently_while_others_are_deleted() =>
        await Gen.Select(AnySchedule, Gen.OneOfConst(Enum.GetValues<Quirks>().Except([Quirks.IgnoresSort]).ToArray()))
            .SampleAsync(
                async (schedule, quirk) =>
                    (await ReadAsync(schedule with { Limit = schedule.Limit + 1 }, quirk)).ShouldBeCompleteOrRefused(),
                iter: 1_500,
                threads: 1
            );

    [Fact]
    public async Task A_quiet_and_unruly_api_is_read_completely() =>
        await Gen.Select(AnySchedule, AnyQuirk)
            .SampleAsync(
                async (schedule, quirk) =>
                    (
                        await ReadAsync(schedule with { Changes = 0, Limit = schedule.Limit + 1 }, quirk)
                    ).ShouldBeComplete(),
                iter: 600,
                threads: 1
            );

    [Fact]
    public async Task A_quiet_read_without_ties_costs_hardly_more_than_the_least_number_of_requests() =>
        await AnySchedule.SampleAsync(
            async schedule =>
            {
                var read = await ReadAsync(schedule with { Burst = 1, Changes = 0, Limit = schedule.Limit + 2 });
                read.ShouldBeComplete();
                var limit = schedule.Limit + 2;
                var pages = 1 + Math.Max(0, (int)Math.Ceiling((schedule.Rows - limit) / (double)(limit - 1)));
                read.VPlan.Answers.Count.Should().BeLessThanOrEqualTo(pages + 1);
            },
            iter: 500,
            threads: 1
        );

    [Fact]
    public async Task Rows_without_timestamps_are_read_too() =>
        await Gen.Select(AnySchedule, Gen.OneOfConst(Quirks.None, Quirks.EmptyTimestampsLast))
            .SampleAsync(
                async (schedule, quirk) =>
                    (
                        await ReadAsync(
                            schedule with
                            {
                                IsSince = false,
                                Changes = 0,
                                Limit = schedule.Limit + 1,
                            },
                            quirk,
                            withoutTimestamps: true
                        )
                    ).ShouldBeComplete(),
                iter: 600,
                threads: 1
            );

    private static async Task<Read> ReadAsync(
        Schedule schedule,
        Quirks quirks = Quirks.None,
        bool backdates = false,
        bool deletes = true,
        bool withoutTimestamps = false
    )
    {
        var vplan = new ChangingVPlan(new Random(schedule.Seed), quirks)
        {
            ChangesBetween = schedule.Changes,
            Backdates = backdates,
            Deletes = deletes,
        };
        vplan.Fill(schedule.Rows, schedule.Burst, withoutTimestamps);
        var from = schedule.IsSince ? Since(vplan) : null;
        var start = vplan.Rows.Values.Where(row => from is null || row.Updated >= from).ToList();
        var ledger = new SeenIds("card");
        var walk = new SeekRange(new ListRequest("/card"), schedule.IsSince ? "updated_at" : "created_at", from);
        var asker = new PageFetcher(vplan.AskAsync, ledger, schedule.Limit, CancellationToken.None);
        var warnings = new List<string>();
        try
        {
            await new Pager(walk, asker, ledger, new PagingFallbacks(new Endpoint("/card")), warnings.Add).RunAsync();
            return new Read(vplan, start, ledger, warnings, null);
        }
        catch (ExportException e)
        {
            return new Read(vplan, start, ledger, warnings, e);
        }
    }

    private static DateTime? Since(ChangingVPlan vplan)
    {
        var times = vplan.Rows.Values.Select(row => row.Updated!.Value).Order().ToList();
        var at = times.Count == 0 ? new DateTime(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc) : times[times.Count / 3];
        return new DateTime(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
    }

    private sealed record Read(
        ChangingVPlan VPlan,
        List<ChangingVPlan.Row> Start,
        SeenIds Ledger,
        List<string> Warnings,
        ExportException? Error
    )
    {
        public void ShouldBeCompleteOrRefused()
        {
            if (Error is null)
                ShouldBeComplete();
            else
                Error.ExitCode.Should().Be(ExitCode.Contract);
        }

        public void ShouldBeComplete()
        {
            Error.Should().BeNull(string.Join(" ", Warnings));
            var last = LastReadings();
            var lost = Start.Where(row =>
                !VPlan.Deleted.Contains(row.Id)
                && !(last.TryGetValue(SurrogateKey.Of("card", row.Id), out var read) && read.Version >= row.Version)
            );
            lost.Should().BeEmpty();
            var repeats = last.Where(pair => pair.Value.Times > 1)
                .Select(pair => (pair.Key, pair.Value.Place))
                .ToHashSet();
            repeats.SetEquals(Ledger.Repeats.Select(pair => (pair.Key, pair.Value))).Should().BeTrue();
            var certificate = Ledger.Certify();
            certificate.Seen.Should().Be(last.Count).And.BeGreaterThanOrEqualTo(certificate.Expected);
            certificate.Questions.Should().Be(VPlan.Answers.Count + VPlan.Refusals);
            certificate.Vanished.Should().Be(certificate.Seen - certificate.Expected);
        }

        private Dictionary<long, (RowPosition Place, int Version, int Times)> LastReadings()
        {
            var last = new Dictionary<long, (RowPosition Place, int Version, int Times)>();
            foreach (var answer in VPlan.Answers)
            {
                for (var row = 0; row < answer.Page.Rows.Count; row++)
                {
                    var id = answer.Page.Rows[row].Id;
                    var times = last.TryGetValue(SurrogateKey.Of("card", id), out var before) ? before.Times : 0;
                    last[SurrogateKey.Of("card", id)] = (
                        new RowPosition(answer.Number, row),
                        answer.Versions[id],
                        times + 1
                    );
                }
            }
            return last;
        }
    }
}
