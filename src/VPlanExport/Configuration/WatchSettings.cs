using VPlanExport.Storage;

namespace VPlanExport.Configuration;

/// <summary>What a start needs to leave a trace and to be told of. Each part is read for itself, so that a setting that
/// is wrong is seen and told like any other failure.</summary>
/// <param name="WorkFolder">Null when the settings name none that can be understood.</param>
/// <param name="Keep">How long traces are kept.</param>
/// <param name="ApiEnv">The environment's identifier; empty when it is not set.</param>
internal sealed record WatchSettings(StoreLocation? WorkFolder, TimeSpan Keep, NotifySettings Notify, string ApiEnv);
