using VPlanExport.Transform.Derived;

namespace VPlanExport.Tests.Transform;

[Trait("Tier", "unit")]
public class PlanSpreadTests
{
    private static readonly DateOnly Friday = new(2026, 10, 2);
    private static readonly DateOnly Saturday = new(2026, 10, 3);
    private static readonly DateOnly Monday = new(2026, 10, 5);
    private static readonly DateOnly Tuesday = new(2026, 10, 6);

    [Fact]
    public void An_activity_is_shared_by_the_resources_of_its_type_over_the_workdays_and_adds_up() =>
        Spread(
                Friday,
                Tuesday,
                [new PlannedWork(7, "machine", 100)],
                [
                    new AssignedResource(2, "machine"),
                    new AssignedResource(1, "machine"),
                    new AssignedResource(3, "employee"),
                ]
            )
            .Should()
            .Equal(
                new PlannedDay(1, 7, Friday, 17, "resource_workdays"),
                new PlannedDay(1, 7, Monday, 17, "resource_workdays"),
                new PlannedDay(1, 7, Tuesday, 16, "resource_workdays"),
                new PlannedDay(2, 7, Friday, 17, "resource_workdays"),
                new PlannedDay(2, 7, Monday, 17, "resource_workdays"),
                new PlannedDay(2, 7, Tuesday, 16, "resource_workdays")
            );

    [Fact]
    public void Days_on_which_the_resource_has_no_hours_are_left_out() =>
        Spread(Friday, Tuesday, [new PlannedWork(7, null, 60)], [new AssignedResource(1, "employee")], off: [Friday])
            .Should()
            .Equal(
                new PlannedDay(1, 7, Monday, 30, "resource_workdays"),
                new PlannedDay(1, 7, Tuesday, 30, "resource_workdays")
            );

    [Fact]
    public void Where_the_resource_never_has_hours_the_boards_workdays_count() =>
        Spread(
                Friday,
                Monday,
                [new PlannedWork(7, null, 61)],
                [new AssignedResource(1, "employee")],
                off: [Friday, Monday]
            )
            .Should()
            .Equal(
                new PlannedDay(1, 7, Friday, 31, "board_workdays"),
                new PlannedDay(1, 7, Monday, 30, "board_workdays")
            );

    [Fact]
    public void A_plan_on_a_weekend_stays_there() =>
        Spread(Saturday, null, [new PlannedWork(7, null, 60)], [new AssignedResource(1, "employee")])
            .Should()
            .Equal(new PlannedDay(1, 7, Saturday, 60, "all_days"));

    [Fact]
    public void What_nobody_of_its_type_does_stays_with_the_unknown_resource() =>
        Spread(
                Monday,
                Monday,
                [new PlannedWork(7, "cell", 60), new PlannedWork(8, "employee", 5)],
                [new AssignedResource(1, "employee")]
            )
            .Should()
            .Equal(
                new PlannedDay(-1, 7, Monday, 60, "board_workdays"),
                new PlannedDay(1, 8, Monday, 5, "resource_workdays")
            );

    [Fact]
    public void Fewer_minutes_than_days_give_no_rows_of_nothing() =>
        Spread(Friday, Tuesday, [new PlannedWork(7, null, 2), new PlannedWork(8, null, 0)], [])
            .Should()
            .Equal(
                new PlannedDay(-1, 7, Friday, 1, "board_workdays"),
                new PlannedDay(-1, 7, Monday, 1, "board_workdays")
            );

    [Fact]
    public void An_end_before_the_start_is_a_plan_of_one_day_and_one_centuries_away_stays_on_the_first() =>
        Spread(Monday, Friday, [new PlannedWork(7, null, 60)], [])
            .Concat(Spread(Monday, new DateOnly(9999, 12, 31), [new PlannedWork(7, null, 60)], []))
            .Should()
            .Equal(new PlannedDay(-1, 7, Monday, 60, "board_workdays"), new PlannedDay(-1, 7, Monday, 60, "start_day"));

    [Fact]
    public void Whatever_the_card_its_minutes_add_up()
    {
        var random = new Random(11);
        for (var i = 0; i < 500; i++)
        {
            var work = Enumerable
                .Range(0, random.Next(4))
                .Select(n => new PlannedWork(n, random.Next(3) == 0 ? null : "employee", random.Next(-50, 3000)))
                .ToList();
            var assigned = Enumerable
                .Range(0, random.Next(5))
                .Select(n => new AssignedResource(n, random.Next(2) == 0 ? "employee" : "machine"))
                .ToList();
            var off = Enumerable.Range(0, 40).Where(_ => random.Next(3) == 0).Select(Friday.AddDays).ToArray();
            var days = Spread(Friday, Friday.AddDays(random.Next(40)), work, assigned, off);
            foreach (var activity in work)
                days.Where(d => d.Activity == activity.Activity).Sum(d => d.Minutes).Should().Be(activity.Minutes);
            days.Select(d => (d.Resource, d.Activity, d.Date)).Should().OnlyHaveUniqueItems();
        }
    }

    private static List<PlannedDay> Spread(
        DateOnly start,
        DateOnly? end,
        IEnumerable<PlannedWork> work,
        IReadOnlyList<AssignedResource> assigned,
        params DateOnly[] off
    ) =>
        [
            .. new PlanSpread(
                day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
                (resource, day) => resource == -1 ? null : !off.Contains(day)
            ).Of(start, end, work, assigned),
        ];
}
