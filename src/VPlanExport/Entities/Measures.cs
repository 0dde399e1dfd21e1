using System.Collections;
using VPlanExport.Model;

namespace VPlanExport.Entities;

/// <summary>
/// Every figure that the Power BI model and the views in <c>bi</c> have, declared once: the formulas of vPlan's own
/// dashboard, and those that a planner asks for beside them. A measure that another one uses stands before it. Timers
/// that run count nowhere.
/// </summary>
internal static class Measures
{
    /// <summary>In the order of the folders that the model shows.</summary>
    public static readonly IReadOnlyList<Measure> All =
    [
        .. TimeMeasures.All,
        .. PlanningMeasures.All,
        .. CapacityMeasures.All,
        .. CardMeasures.All,
        .. BacklogMeasures.All,
        .. DeliveryMeasures.All,
        .. PlanChangeMeasures.All,
        .. TrustMeasures.All,
        .. WeekMeasures.All,
    ];
}

/// <summary>The measures of one folder, in the order of declaration.</summary>
/// <param name="folder">Its English and Dutch name.</param>
internal sealed class MeasureList((string English, string Dutch) folder) : IEnumerable<Measure>
{
    private readonly List<Measure> _measures = [];

    /// <param name="view">See <see cref="Measure.View"/>.</param>
    public Measure Add(
        string table,
        string name,
        string dutch,
        string meaning,
        MeasureFormat format,
        Formula formula,
        string? view = null
    ) => Add(new Measure(table, folder, name, dutch, meaning, format, formula) { View = view });

    public Measure Add(Measure measure)
    {
        _measures.Add(measure);
        return measure;
    }

    public IEnumerator<Measure> GetEnumerator() => _measures.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
