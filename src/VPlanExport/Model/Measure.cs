namespace VPlanExport.Model;

/// <summary>How a figure is written, and in which unit it is.</summary>
internal enum MeasureFormat
{
    Hours,
    Count,
    Days,
    Percent,
    Amount,
    Date,

    /// <summary>A date with its time, in UTC.</summary>
    Moment,
}

/// <summary>
/// A figure of the business, declared once: the DAX measure of the Power BI model and the SQL over the views in
/// <c>bi</c> are both generated from its formula.
/// </summary>
/// <param name="Table">The table of the star that Power BI shows it under.</param>
/// <param name="Folder">English and Dutch name of the folder that it stands in.</param>
internal sealed record Measure(
    string Table,
    (string English, string Dutch) Folder,
    string Name,
    string Dutch,
    string Meaning,
    MeasureFormat Format,
    Formula Formula
)
{
    /// <summary>What gives the same figure of a view for people, as SQL after SELECT; null where no view has
    /// it.</summary>
    public string? View { get; init; }

    public string Unit =>
        Format switch
        {
            MeasureFormat.Hours => "hours",
            MeasureFormat.Days => "days",
            MeasureFormat.Percent => "share",
            MeasureFormat.Date => "date",
            MeasureFormat.Moment => "UTC",
            MeasureFormat.Count or MeasureFormat.Amount => "",
        };

    /// <summary>Refers to this measure in another's formula.</summary>
    public static implicit operator Formula(Measure measure) => new Formula.Of(measure);
}
