using VPlanExport.Storage;

namespace VPlanExport.Configuration;

/// <summary>What a start needs to leave a trace. Each is read for itself, so that a setting that is wrong is seen and
/// told like any other failure.</summary>
/// <param name="WorkFolder">Null when the settings name none that can be understood.</param>
/// <param name="Keep">How long traces are kept.</param>
internal sealed record WatchSettings(StoreLocation? WorkFolder, TimeSpan Keep);
