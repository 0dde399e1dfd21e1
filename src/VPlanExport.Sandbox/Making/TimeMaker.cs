namespace VPlanExport.Sandbox;

/// <summary>
/// Time entries on workdays in the past, one after another from six in the morning, some in a late shift that passes
/// 22:00 UTC, and a few that run now. The oldest were imported in one go and share one second.
/// </summary>
internal sealed class TimeMaker(Workshop shop)
{
    private readonly CardCalendar calendar = new(shop);
    private int made;

    public void Make()
    {
        var workers = WorkersOf();
        var running = Math.Max(1, workers.Count / 8);
        var shifts = ShiftsOf(workers);
        long entries = shop.Sizes.TimeEntries - running;
        for (var i = 0; i < shifts.Count; i++)
        {
            var count = (int)((i + 1) * entries / shifts.Count - i * entries / shifts.Count);
            if (count > 0)
                MakeShift(shifts[i], count);
        }
        StampImported();
        for (var i = 0; i < running; i++)
            MakeRunning(workers[i * 5 % workers.Count]);
    }

    private List<Worker> WorkersOf() =>
        [
            .. from user in shop.All(Users.Schema)
            where user[Users.ResourceId].Text is not null
            let resource = shop.All(Resources.Schema).First(resource => resource.Id == user[Users.ResourceId].Text)
            let end = resource[Resources.EndDate]
            select new Worker(user, DaysOf(resource, end.IsNull ? shop.Time.Today.DayNumber : (int)end.Number)),
        ];

    private HashSet<int> DaysOf(SandboxRecord resource, int end) =>
        [
            .. shop.Children(Schedules.Schema, "resource_id", resource.Id)
                .Where(day => day[Schedules.HoursAvailable].Number > 0 && day[Schedules.Date].Number < end)
                .Select(day => (int)day[Schedules.Date].Number),
        ];

    private List<Shift> ShiftsOf(List<Worker> workers)
    {
        var shifts = new List<Shift>();
        for (var day = shop.Time.First; day < shop.Time.Today; day = day.AddDays(1))
        for (var i = 0; i < workers.Count; i++)
            if (workers[i].Days.Contains(day.DayNumber))
                shifts.Add(new Shift(workers[i], i, day));
        return shifts;
    }

    private void MakeShift(Shift shift, int count)
    {
        var late = count <= 8 && shop.Chance(4);
        var minute = late ? 20 * 60 + shop.Random.Next(150) : 6 * 60 + shop.Random.Next(90);
        var close = late ? minute + 480 : 17 * 60;
        for (var left = count; left > 0; left--)
        {
            var room = close - minute - 15 * (left - 1);
            var share = Math.Max(15, (close - minute) / left);
            var minutes = Math.Clamp(share * shop.Random.Next(50, 110) / 100, 15, Math.Min(480, room));
            MakeEntry(shift, DutchTime.ToUtc(shift.Day, minute) + shop.Random.Next(20), minutes);
            minute += minutes;
        }
    }

    private void MakeEntry(Shift shift, long start, int minutes)
    {
        var end = Math.Min(start + minutes * 60L - shop.Random.Next(1, 40), shop.Time.Cutoff);
        var entry = shop.New(TimeEntries.Schema, end + shop.Random.Next(3));
        entry[TimeEntries.UserId] = shift.Worker.User.Id;
        SetWork(entry, shop.Chance(4) ? null : calendar.On(shift.Day));
        entry[TimeEntries.Start] = start;
        entry[TimeEntries.End] = end;
        entry[TimeEntries.Duration] = minutes;
        entry[TimeEntries.Note] = DutchNames.Note(shop.Random);
        Approval.Decide(shop, entry, shift);
        shop.Add(entry);
        made++;
    }

    private void SetWork(SandboxRecord entry, SandboxRecord? card)
    {
        entry[TimeEntries.CardId] = card?.Id;
        entry[TimeEntries.ActivityId] = card is null
            ? shop.Pick(shop.All(Activities.Schema)).Id
            : card.Links[0].TargetId;
    }

    /// <summary>The import at go-live: the oldest entries bear one `created_at` and `updated_at`.</summary>
    private void StampImported()
    {
        var imported = shop.All(TimeEntries.Schema).Take(Math.Min(made, shop.Sizes.Imported)).ToList();
        var stamp = imported.Max(entry => entry.Created) + 3600;
        for (var i = 0; i < imported.Count; i++)
        {
            imported[i].Created = imported[i].Updated = stamp;
            imported[i][TimeEntries.ExternalRef] = $"IMP-{i + 1:D6}";
        }
    }

    private void MakeRunning(Worker worker)
    {
        var start = shop.Time.Cutoff - shop.Random.Next(300, 6_600);
        var entry = shop.New(TimeEntries.Schema, start);
        var card = calendar.On(shop.Time.Today);
        entry[TimeEntries.UserId] = worker.User.Id;
        SetWork(entry, card);
        entry[TimeEntries.Start] = start;
        entry[TimeEntries.Running] = true;
        shop.Add(entry);
        if (card is null)
            return;
        card[Cards.TimeTrackingRunning] = true;
        card.Updated = Math.Max(card.Updated, start);
    }
}

/// <summary>Someone who writes time, and the day numbers on which he or she works.</summary>
internal sealed record Worker(SandboxRecord User, HashSet<int> Days);

/// <summary>One worker on one day.</summary>
internal sealed record Shift(Worker Worker, int Number, DateOnly Day);
