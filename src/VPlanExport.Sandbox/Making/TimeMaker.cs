namespace VPlanExport.Sandbox;

/// <summary>
/// Time entries on workdays in the past, on the work that is planned, one after another from six in the morning, some
/// in a late shift that passes 22:00 UTC, and a few that run now. The oldest were imported in one go and share one
/// second.
/// </summary>
internal sealed class TimeMaker(Workshop shop)
{
    private readonly CardCalendar calendar = new(shop);
    private readonly Roster roster = new(shop);
    private readonly WorkPool pool = new(shop);
    private readonly Dictionary<string, List<SandboxRecord>> activities = shop.All(Activities.Schema)
        .Where(activity => activity[Activities.Schema.ArchivedAt!].IsNull)
        .GroupBy(activity => activity[Activities.ResourceType].Text!)
        .ToDictionary(group => group.Key, group => group.ToList());
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
        foreach (var work in pool.All.Where(work => work.Done > 0 && work.Card[Cards.CompletedAt].IsNull))
            LeaveRest(work);
    }

    private List<Worker> WorkersOf() =>
        [
            .. from user in shop.All(Users.Schema)
            where user[Users.ResourceId].Text is not null
            let resource = shop.All(Resources.Schema).First(resource => resource.Id == user[Users.ResourceId].Text)
            let end = resource[Resources.EndDate]
            select new Worker(
                user,
                resource,
                DaysOf(resource, end.IsNull ? shop.Time.Today.DayNumber : (int)end.Number)
            ),
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
        var day = shift.Day.DayNumber;
        var rest = roster.Minutes(shift.Worker.Resource.Id, day, day) * shop.Random.Next(86, 99) / 100;
        var minute = shop.Chance(4) ? 20 * 60 + shop.Random.Next(150) : 6 * 60 + shop.Random.Next(90);
        for (var left = count; left > 0; left--)
        {
            var share = left == 1 ? rest : rest / left * shop.Random.Next(60, 141) / 100;
            var minutes = MakeEntry(shift, DutchTime.ToUtc(shift.Day, minute), Math.Clamp(share, 15, 480));
            minute += minutes;
            rest -= minutes;
        }
    }

    /// <returns>Its minutes: fewer than wished where the work takes no longer.</returns>
    private int MakeEntry(Shift shift, long from, int wished)
    {
        var isOnNoCard = shop.Chance(3);
        var work = isOnNoCard ? null : WorkOn(shift.Worker, shift.Day);
        var minutes = work?.Take(wished) ?? wished;
        var start = from + shop.Random.Next(20);
        var end = Math.Min(start + minutes * 60L - shop.Random.Next(1, 40), shop.Time.Cutoff);
        var entry = shop.New(TimeEntries.Schema, end + shop.Random.Next(3));
        entry[TimeEntries.UserId] = shift.Worker.User.Id;
        SetWork(entry, shift.Worker, work, isOnNoCard ? null : work?.Card ?? calendar.On(shift.Day));
        entry[TimeEntries.Start] = start;
        entry[TimeEntries.End] = end;
        entry[TimeEntries.Duration] = minutes;
        entry[TimeEntries.Note] = shop.Chance(40) ? DutchNames.Note(shop) : null;
        Approval.Decide(shop, entry, shift);
        shop.Add(entry);
        made++;
        return minutes;
    }

    private Work? WorkOn(Worker worker, DateOnly day) =>
        pool.Next(worker.Resource.Id, worker.Resource[Resources.Type].Text!, day);

    /// <param name="card">The work's card, or one that is planned for others when there is no work; null for time on
    /// none.</param>
    private void SetWork(SandboxRecord entry, Worker worker, Work? work, SandboxRecord? card)
    {
        entry[TimeEntries.CardId] = card?.Id;
        entry[TimeEntries.ActivityId] =
            work?.Activity
            ?? card?.Links[0].TargetId
            ?? shop.Pick(activities[worker.Resource[Resources.Type].Text!]).Id;
    }

    /// <summary>What an open card still takes.</summary>
    private static void LeaveRest(Work work) =>
        work.Card.Links = [
            .. work.Card.Links.Select(link =>
                link.TargetId == work.Activity ? link with { Remaining = Math.Max(0, link.Time - work.Done) } : link
            ),
        ];

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
        var work = WorkOn(worker, shop.Time.Today);
        entry[TimeEntries.UserId] = worker.User.Id;
        SetWork(entry, worker, work, work?.Card ?? calendar.On(shop.Time.Today));
        entry[TimeEntries.Start] = start;
        entry[TimeEntries.Running] = true;
        shop.Add(entry);
        if (entry[TimeEntries.CardId].Text is null)
            return;
        var card = shop.Find(Cards.Schema, entry[TimeEntries.CardId].Text!);
        card[Cards.TimeTrackingRunning] = true;
        card.Updated = Math.Max(card.Updated, start);
    }
}

/// <summary>A person or machine that writes time, and the day numbers on which it works.</summary>
internal sealed record Worker(SandboxRecord User, SandboxRecord Resource, HashSet<int> Days);

/// <summary>One worker on one day.</summary>
internal sealed record Shift(Worker Worker, int Number, DateOnly Day);
