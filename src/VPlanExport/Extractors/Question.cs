using System.Globalization;
using System.Text;
using VPlanExport.Model;

namespace VPlanExport.Extractors;

/// <summary>One GET of a list, as a value: what the pager asks, the client sends and the journal remembers.</summary>
/// <param name="Path">Path below the base URL, such as <c>/card</c>.</param>
internal sealed record Question(string Path)
{
    public IReadOnlyList<string> With { get; init; } = [];

    public IReadOnlyList<string> Hide { get; init; } = [];

    /// <summary>The only properties to send; all when empty. Never with <see cref="With"/> (gaps P16).</summary>
    public IReadOnlyList<string> Show { get; init; } = [];

    /// <summary>Asks for the archive (A:`external-reference-344708m0`).</summary>
    public bool Archived { get; init; }

    /// <summary>What is read: the condition that stays the same over the walk.</summary>
    public string? Filter { get; init; }

    /// <summary>Where the walk is: the condition that moves.</summary>
    public string? Seek { get; init; }

    /// <summary>Such as <c>created_at:asc,id:asc</c>.</summary>
    public string? Sort { get; init; }

    /// <summary>Rows a page, 1 to 1000. Always sent: older versions of the API have other defaults.</summary>
    public int Limit { get; init; } = 1000;

    public int Offset { get; init; }

    /// <summary>Set on questions that are answered whole: the days asked for, both included (A:`capacity-stage-3589178e0`).</summary>
    public (DateOnly From, DateOnly To)? Days { get; init; }

    public static Question Of(Endpoint endpoint, Window window, string? path = null) => new(path ?? endpoint.Path)
    {
        With = [.. endpoint.With.Select(w => w.Name)],
        Hide = endpoint.Hide,
        Filter = Filters.Of(endpoint, window),
    };

    /// <summary>Path and query, each value encoded once.</summary>
    public string Url
    {
        get
        {
            if (Days is { } days)
                return string.Create(CultureInfo.InvariantCulture, $"{Path}?date_range_start={days.From:yyyy-MM-dd}&date_range_end={days.To:yyyy-MM-dd}&time_frame=day");
            var url = new StringBuilder(Path)
                .Append(CultureInfo.InvariantCulture, $"?limit={Limit}&offset={Offset}");
            Add(url, "filter", Filters.All(Filter, Seek));
            Add(url, "sort", Sort);
            Add(url, "with", Join(With));
            Add(url, "hide", Join(Hide));
            Add(url, "show", Join(Show));
            Add(url, "archived", Archived ? "true" : null);
            return url.ToString();
        }
    }

    private static void Add(StringBuilder url, string name, string? value)
    {
        if (value is not null)
            url.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    private static string? Join(IReadOnlyList<string> names) => names.Count == 0 ? null : string.Join(',', names);
}
