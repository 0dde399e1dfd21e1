namespace VPlanExport.Model;

/// <summary>The name that was probably meant by one that is not there.</summary>
internal static class NearestName
{
    /// <returns>Null when none is like it: about one letter of five may differ, and capitals and signs do not
    /// count.</returns>
    public static string? Of(string given, IEnumerable<string> names)
    {
        var letters = Letters(given);
        var (nearest, distance) = names
            .Select(name => (Name: name, Distance: Distance(letters, Letters(name))))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest is not null && distance <= Math.Max(1, given.Length / 5) ? nearest : null;
    }

    /// <summary>A question for the end of a message; empty when no name is like the one that was given.</summary>
    public static string Question(string given, IEnumerable<string> names) =>
        Of(given, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>So many letters are put in, left out, replaced, or changed places with the next (optimal string
    /// alignment).</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
                cost[i, j] = i == 0 || j == 0 ? i + j : Cheapest(i, j);
        }
        return cost[a.Length, b.Length];

        int Cheapest(int i, int j)
        {
            var least = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + Differs(i, j));
            return i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
                ? Math.Min(least, cost[i - 2, j - 2] + 1)
                : least;
        }

        int Differs(int i, int j) => a[i - 1] == b[j - 1] ? 0 : 1;
    }
}
