namespace VPlanExport.Sandbox;

/// <summary>Cards by the days they are planned on.</summary>
internal sealed class CardCalendar
{
    private readonly Workshop shop;
    private readonly Dictionary<int, List<SandboxRecord>> byDay = [];

    public CardCalendar(Workshop shop)
    {
        this.shop = shop;
        foreach (var card in shop.All(Cards.Schema))
            for (var day = (int)card[Cards.StartDate].Number; day <= card[Cards.EndDate].Number; day++)
                (byDay.TryGetValue(day, out var list) ? list : byDay[day] = []).Add(card);
    }

    /// <summary>A card planned on the day or shortly before, or null.</summary>
    public SandboxRecord? On(DateOnly day)
    {
        for (var back = 0; back < 10; back++)
            if (byDay.TryGetValue(day.DayNumber - back, out var cards))
                return shop.Pick(cards);
        return null;
    }
}
