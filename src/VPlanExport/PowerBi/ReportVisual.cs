using VPlanExport.Model;

namespace VPlanExport.PowerBi;

/// <summary>Text in both languages.</summary>
internal readonly record struct Words(string English, string Dutch)
{
    public static implicit operator Words((string English, string Dutch) words) => new(words.English, words.Dutch);

    public string In(ModelNames names) => names.IsDutch ? Dutch : English;
}

/// <summary>What a visual shows in one of its roles: a column, or a measure.</summary>
internal sealed record VisualField(string Table, string? Column, Measure? Measure)
{
    public static VisualField Of(string table, string column) => new(table, column, null);

    public static implicit operator VisualField(Measure measure) => new(measure.Table, null, measure);
}

/// <summary>The fields of one role, such as <c>Category</c> or <c>Values</c>.</summary>
internal sealed record VisualRole(string Name, params IReadOnlyList<VisualField> Fields);

/// <summary>A box on a page, in pixels.</summary>
internal readonly record struct Box(int X, int Y, int Width, int Height);

/// <summary>A visual of a page.</summary>
/// <param name="Name">Letters, digits and <c>_</c>: its folder.</param>
/// <param name="Title">What people and screen readers are told that it shows.</param>
internal sealed record ReportVisual(
    string Name,
    string Type,
    Box Box,
    Words Title,
    params IReadOnlyList<VisualRole> Roles
)
{
    /// <summary>Of a slicer: Between or Dropdown.</summary>
    public string? Mode { get; init; }

    /// <summary>Rows of which this figure is more than nothing, and no others.</summary>
    public Measure? Only { get; init; }

    /// <summary>More about it than the title says, for those who do not see it.</summary>
    public Words? Alternative { get; init; }

    public bool IsText => Type == "textbox";

    /// <summary>Leads back to the page that the reader came from.</summary>
    public bool IsBack => Type == "actionButton";
}

/// <summary>A page of the report.</summary>
/// <param name="DrillsBy">Not empty on the page that others lead to: the columns by which they do.</param>
internal sealed record ReportPage(
    string Name,
    Words Title,
    IReadOnlyList<ReportVisual> Visuals,
    params IReadOnlyList<VisualField> DrillsBy
)
{
    public const int Width = 1280;
    public const int Height = 720;
}
