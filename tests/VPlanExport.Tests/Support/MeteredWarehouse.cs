using System.Diagnostics.Metrics;
using VPlanExport.Warehouse;

namespace VPlanExport.Tests.Support;

/// <summary>What one warehouse is asked while this is not disposed.</summary>
internal sealed class MeteredWarehouse : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _statements;
    private long _sessions;

    /// <param name="location">As the warehouse calls itself.</param>
    public MeteredWarehouse(string location)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument == WarehouseMetrics.Statements || instrument == WarehouseMetrics.Sessions)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(
            (instrument, count, tags, _) =>
            {
                foreach (var (name, value) in tags)
                {
                    if (name == WarehouseMetrics.Location && (string?)value == location)
                        Interlocked.Add(
                            ref instrument == WarehouseMetrics.Statements ? ref _statements : ref _sessions,
                            count
                        );
                }
            }
        );
        _listener.Start();
    }

    public long Statements => _statements;

    public long Sessions => _sessions;

    public void Dispose() => _listener.Dispose();
}
