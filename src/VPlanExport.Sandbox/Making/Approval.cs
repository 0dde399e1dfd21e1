namespace VPlanExport.Sandbox;

/// <summary>
/// The approval flow: draft, pending, approved, rejected (S:`153240`). A worker's week is approved in one second on
/// Friday, but for a few entries that wait, and every other week the payroll link marks all of it in one second on
/// Sunday, so that many entries share an `updated_at`.
/// </summary>
internal static class Approval
{
    /// <summary>What nobody has looked at for longer is paid out, and so approved.</summary>
    private const long LongestDoubt = 14 * 86_400;

    public static void Decide(Workshop shop, SandboxRecord entry, Shift shift)
    {
        var friday = shift.Day.AddDays(((int)DayOfWeek.Friday - (int)shift.Day.DayOfWeek + 7) % 7);
        var decided = Math.Max(DutchTime.ToUtc(friday, 16 * 60) + shift.Number * 7, entry.Created);
        if (decided > shop.Time.Cutoff)
        {
            entry[TimeEntries.Status] = shop.Chance(50) ? "draft" : "pending";
            return;
        }
        var isOld = decided < shop.Time.Cutoff - LongestDoubt;
        entry[TimeEntries.Status] = shop.Random.Next(100) switch
        {
            >= 94 and < 97 => "rejected",
            >= 97 and < 99 when !isOld => "pending",
            99 when !isOld => "draft",
            _ => "approved",
        };
        if (entry[TimeEntries.Status].Text is not ("approved" or "rejected"))
            return;
        entry.Updated = decided;
        if (entry[TimeEntries.Status].Text == "approved")
            Synchronize(shop, entry, friday);
    }

    private static void Synchronize(Workshop shop, SandboxRecord entry, DateOnly friday)
    {
        entry[TimeEntries.Locked] = true;
        var sunday = DutchTime.Midnight(friday.AddDays(2)) + 2 * 3600;
        if (friday.DayNumber / 7 % 2 == 0 || sunday > shop.Time.Cutoff)
            return;
        entry[TimeEntries.SynchronizedAt] = sunday;
        entry[TimeEntries.ExternalFailed] = shop.Random.Next(400) == 0;
        entry.Updated = Math.Max(sunday, entry.Updated);
    }
}
