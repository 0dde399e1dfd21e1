using System.Globalization;
using System.Text.Json.Nodes;

namespace VPlanExport.Sandbox;

/// <summary>How many minutes each resource has on a day: as its schedule says and, where that does not reach, as its
/// week says.</summary>
internal sealed class Roster
{
    private const int DaysBeyond = 60;
    private readonly int first;
    private readonly Dictionary<string, int[]> minutes = [];

    public Roster(Workshop shop)
    {
        first = shop.Time.First.DayNumber;
        foreach (var resource in shop.All(Resources.Schema))
        {
            var week = WeekOf(resource);
            var days = minutes[resource.Id] = new int[shop.Time.Days + DaysBeyond];
            for (var i = 0; i < days.Length; i++)
            {
                var day = shop.Time.First.AddDays(i);
                days[i] =
                    DutchCalendar.IsWorkday(day) && !HasLeft(resource, day) ? (int)(week[(int)day.DayOfWeek] * 60) : 0;
            }
            foreach (var row in shop.Children(Schedules.Schema, "resource_id", resource.Id))
                if (row[Schedules.Date].Number - first is var i and >= 0 && i < days.Length)
                    days[i] = (int)(row[Schedules.HoursAvailable].Number * 60 / 1000);
        }
    }

    /// <summary>Hours by day of the week, Sunday first.</summary>
    public static decimal[] WeekOf(SandboxRecord resource)
    {
        var week = JsonNode.Parse(resource[Resources.Workdays].Text!)!.AsObject();
        return
        [
            .. Enumerable
                .Range(0, 7)
                .Select(day => week[(day == 0 ? 7 : day).ToString(CultureInfo.InvariantCulture)]!.GetValue<decimal>()),
        ];
    }

    public static bool HasLeft(SandboxRecord resource, DateOnly day) =>
        resource[Resources.EndDate] is { IsNull: false } end && day.DayNumber >= end.Number;

    /// <summary>Minutes from one day number to another, both included.</summary>
    public int Minutes(string resource, int from, int to)
    {
        var days = minutes[resource];
        var sum = 0;
        for (var i = Math.Max(0, from - first); i <= Math.Min(to - first, days.Length - 1); i++)
            sum += days[i];
        return sum;
    }
}
