using System.Globalization;

namespace VPlanExport.Sandbox;

/// <summary>Leave per resource, and one schedule row per resource per day, two thirds of them past.</summary>
internal sealed class ScheduleMaker(Workshop shop)
{
    public void Make()
    {
        foreach (var resource in shop.All(Resources.Schema))
        {
            var off = new Dictionary<DateOnly, int>();
            if (resource[Resources.Type].Text == "employee")
                MakeLeave(resource, off);
            else
                MakeDeviation(
                    resource,
                    off,
                    "maintenance",
                    "Onderhoud",
                    shop.Time.First.AddDays(shop.Random.Next(shop.Time.Days)),
                    1,
                    240
                );
            MakeClosures(resource, off);
            MakeDays(resource, off);
        }
    }

    private void MakeClosures(SandboxRecord resource, Dictionary<DateOnly, int> off)
    {
        for (var year = shop.Time.First.Year; year <= shop.Time.Last.Year; year++)
            foreach (var (name, first, last) in DutchCalendar.Closures(year))
                MakeDeviation(resource, off, "holiday", name, first, last.DayNumber - first.DayNumber + 1, 0);
    }

    private void MakeLeave(SandboxRecord resource, Dictionary<DateOnly, int> off)
    {
        for (var year = 0; year < 2; year++)
        {
            var closure = DutchCalendar.Closures(shop.Time.First.Year + year)[0];
            var summer = shop.Chance(50) ? closure.First.AddDays(-7) : closure.Last.AddDays(3);
            MakeDeviation(resource, off, "holiday", "Zomervakantie", summer, 5, 0);
        }
        for (var i = 0; i < 10; i++)
        {
            var day = DutchCalendar.NextWorkday(shop.Time.First.AddDays(shop.Random.Next(shop.Time.Days)));
            var (type, text, minutes) = (i % 4) switch
            {
                0 => ("leave", "Tandarts", 120),
                1 => ("other", shop.HasOddTexts ? "Cursus \"veilig lassen\", VCA" : "Cursus veilig lassen", 240),
                2 => ("leave", "Vrije dag", 0),
                _ => ("leave", "Ziek", 0),
            };
            MakeDeviation(resource, off, type, text, day, 1, minutes);
        }
    }

    /// <summary>`time` is minutes a day, 0 means whole days (inferred,
    /// A:`retrieve-deviation-list-3809785e0`).</summary>
    private void MakeDeviation(
        SandboxRecord resource,
        Dictionary<DateOnly, int> off,
        string type,
        string text,
        DateOnly start,
        int days,
        int minutes
    )
    {
        var deviation = shop.New(Deviations.Schema, shop.OfficeHour(start.AddDays(-14 - shop.Random.Next(30))));
        deviation[Deviations.ResourceId] = resource.Id;
        deviation[Deviations.Type] = type;
        deviation[Deviations.Description] = text;
        deviation[Deviations.StartDate] = start;
        deviation[Deviations.EndDate] = start.AddDays(days - 1);
        deviation[Deviations.Time] = minutes;
        deviation[Deviations.ExternalRef] = string.Create(
            CultureInfo.InvariantCulture,
            $"hr_{resource[Resources.ExternalRef].Text}_{start:yyyy-MM-dd}_{shop.Random.Next(1000)}"
        );
        deviation[Deviations.Icon] = "calendar";
        deviation[Deviations.Color] = "orange";
        shop.Add(deviation);
        for (var i = 0; i < days; i++)
            off[start.AddDays(i)] = minutes == 0 ? int.MaxValue : minutes;
    }

    private void MakeDays(SandboxRecord resource, Dictionary<DateOnly, int> off)
    {
        var hours = Roster.WeekOf(resource);
        var first = shop.Time.Today.AddDays(-shop.Sizes.ScheduleDays * 2 / 3);
        for (var i = 0; i < shop.Sizes.ScheduleDays; i++)
        {
            var day = first.AddDays(i);
            var holiday = DutchCalendar.HolidayName(day) is not null;
            var work = holiday || Roster.HasLeft(resource, day) ? 0 : hours[(int)day.DayOfWeek];
            var leave = Math.Min(work, off.GetValueOrDefault(day) / 60m);
            var absence = work > leave && i % 173 == 42 ? 1 : 0;
            MakeDay(resource, day, work, leave, Math.Min(absence, work - leave));
        }
    }

    private void MakeDay(SandboxRecord resource, DateOnly day, decimal work, decimal leave, decimal absence)
    {
        var row = shop.New(
            Schedules.Schema,
            shop.Time.GoLive,
            leave > 0 ? DutchTime.ToUtc(day.AddDays(-14), 480) : shop.Time.GoLive
        );
        row[Schedules.ResourceId] = resource.Id;
        row[Schedules.Date] = day;
        row[Schedules.HoursWork] = Cell.Decimal(work);
        row[Schedules.HoursLeave] = Cell.Decimal(leave);
        row[Schedules.HoursAbsence] = Cell.Decimal(absence);
        row[Schedules.HoursAvailable] = Cell.Decimal(work - leave - absence);
        shop.Add(row);
    }
}
