namespace VPlanExport.Model;

/// <summary>How much is done at the same time.</summary>
internal static class Parallelism
{
    /// <summary>Each piece of work holds memory, so a machine with more cores than four gets no more pieces.</summary>
    public static readonly int Most = Math.Min(Environment.ProcessorCount, 4);
}
