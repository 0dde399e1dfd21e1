using System.Globalization;
using VPlanExport.Model;

namespace VPlanExport.Extract.Http;

/// <summary>Warns once when the dates of answers and this machine's clock differ by more than the overlap of
/// incremental reads.</summary>
internal sealed class ClockSkew(VPlanSettings settings, Action<string> warn)
{
    private int _hasWarned;

    public void Note(string path, ApiResponse reply)
    {
        if (
            reply.Date is not { } date
            || (date - reply.ReceivedAt).Duration() <= settings.Overlap
            || Interlocked.Exchange(ref _hasWarned, 1) == 1
        )
            return;
        warn(
            string.Create(
                CultureInfo.InvariantCulture,
                $"vPlan's answer to {path} is dated {VPlanStamp.Text(date)}, and this machine's clock says "
                    + $"{VPlanStamp.Text(reply.ReceivedAt)}: they differ by {Text(date - reply.ReceivedAt)}, more than "
                    + $"VPlan:OverlapMinutes ({settings.Overlap.TotalMinutes:N0}). The next read starts from the "
                    + $"earlier one, so no change is missed. Correct the clock that is wrong: this machine's, vPlan's "
                    + $"or a proxy's."
            )
        );
    }

    private static string Text(TimeSpan apart) =>
        apart.Duration() is var length && length.TotalDays >= 2
            ? string.Create(CultureInfo.InvariantCulture, $"{length.TotalDays:N0} days")
            : string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes:N0} minutes");
}
