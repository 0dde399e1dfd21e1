using System.CommandLine;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Extract.Http;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Storage;

namespace VPlanExport.Commands;

/// <summary>Is everything there that a run needs?</summary>
internal sealed class CheckCommand : CliCommand
{
    private static readonly TimeSpan NearTheEnd = TimeSpan.FromDays(14);

    public override Command Command { get; } =
        new(
            "check",
            "Tests the settings, the connection, the rights per entity, the age of the API key, the lake and the "
                + "warehouse: one line each. Exit code 0 only when all hold."
        );

    public override string Example => "vplan-export check";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var checks = new Checks(context.Reporter, context.HasColour, context.Width, cancellationToken);
        Settings? settings = null;
        if (
            !await checks.TryAsync(
                "settings",
                () => Task.FromResult(Describe(settings = context.ReadSettings(), context.Clock))
            )
        )
        {
            checks.Sum();
            return checks.Code;
        }
        foreach (var warning in settings!.Misspelt)
            context.Reporter.Tell(new RunEvent.Warning(warning));
        await TrySinksAsync(checks, settings, context, cancellationToken);
        await TryVPlanAsync(checks, settings, context, cancellationToken);
        checks.Sum();
        return checks.Code;
    }

    /// <summary>The work folder, the last run, the lake and the warehouse.</summary>
    internal static async Task TrySinksAsync(
        Checks checks,
        Settings settings,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var runs = new RunStore(settings.Runs.WorkFolder, context.Clock);
        await checks.TryAsync(
            "work folder",
            async () =>
            {
                await using var only = await RunLock.AcquireAsync(
                    runs.Store,
                    "vplan-export check",
                    context.Clock,
                    cancellationToken
                );
                var use = await WorkFolderUse.MakeAsync(
                    runs,
                    settings.Runs.Keep,
                    context.Clock.GetUtcNow(),
                    cancellationToken
                );
                foreach (var warning in use.Warnings)
                    context.Reporter.Tell(new RunEvent.Warning(warning));
                return $"{runs.Store.Location} can be written, and no run is at work; {use}";
            }
        );
        await checks.TryAsync(
            "last run",
            async () =>
            {
                var last = await runs.LastManifestAsync(cancellationToken);
                Environments.Ensure(settings, "work folder", last?.Environment);
                if (Zones.Mix(last, Catalog.All.Select(e => e.Name), settings) is { } mix)
                    context.Reporter.Tell(new RunEvent.Warning($"{mix}: the next run reads all of them again."));
                return last is null ? "none yet" : $"{last.RunId} is committed";
            }
        );
        await checks.TryAsync(
            "lake",
            async () =>
            {
                await using var sinks = Sinks.Open(settings, context.Clock);
                Environments.Ensure(settings, "lake", await sinks.Lake.EnvironmentAsync(cancellationToken));
                await sinks.Lake.CheckWritableAsync(Catalog.Tables, cancellationToken);
                return $"{settings.Lake.Location} can be "
                    + $"written{Describe((settings.Lake.Location as StoreLocation.Blob)?.Signature, context)}";
            }
        );
        await checks.TryAsync(
            "warehouse",
            async () =>
            {
                await using var sinks = Sinks.Open(settings, context.Clock);
                var prepared = await sinks.Warehouse.PrepareAsync(Catalog.Tables, cancellationToken);
                Environments.Ensure(settings, "warehouse", prepared.Environment);
                return $"{sinks.Warehouse.Location} can be "
                    + $"written{(prepared.Advice is null ? "" : $". {prepared.Advice}")}";
            }
        );
    }

    /// <summary>Whether vPlan answers to what signs in.</summary>
    internal static async Task TryKeyAsync(
        Checks checks,
        Settings settings,
        CommandContext context,
        CancellationToken cancellationToken
    ) => (await SourceAsync(checks, settings, context, cancellationToken))?.Dispose();

    /// <summary>vPlan, when it answers; null when it does not.</summary>
    private static async Task<VPlanSource?> SourceAsync(
        Checks checks,
        Settings settings,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        VPlanSource? source = null;
        var isThere = await checks.TryAsync(
            "vPlan",
            async () =>
            {
                source = await OpenAsync(settings, context, cancellationToken);
                return Describe(
                    await source.Extractor.MeAsync(cancellationToken),
                    settings,
                    context.Clock.GetUtcNow().UtcDateTime
                );
            }
        );
        if (isThere)
            return source;
        source?.Dispose();
        return null;
    }

    private static Task<VPlanSource> OpenAsync(
        Settings settings,
        CommandContext context,
        CancellationToken cancellationToken
    ) =>
        VPlanSource.OpenAsync(
            settings,
            settings.Runs.WorkFolder.Open(context.Clock),
            context.Clock,
            context.Reporter.Tell,
            cancellationToken
        );

    private static async Task TryVPlanAsync(
        Checks checks,
        Settings settings,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var source = await SourceAsync(checks, settings, context, cancellationToken);
        using (source)
        {
            foreach (var entity in source is null ? [] : Catalog.All)
                await checks.TryAsync(
                    $"entity {entity.Name}",
                    async () =>
                        entity.Endpoint.Per is { } per
                            ? $"a list for each {per.Entity}, which a run reads last"
                            : Describe(
                                entity.Endpoint,
                                await source!.Extractor.CountAllAsync(entity, cancellationToken)
                            )
                );
        }
        await TrySignInAsync(checks, settings, context, source is not null, cancellationToken);
    }

    /// <param name="isThere">Whether vPlan has answered; otherwise the check before says why not.</param>
    private static async Task TrySignInAsync(
        Checks checks,
        Settings settings,
        CommandContext context,
        bool isThere,
        CancellationToken cancellationToken
    )
    {
        var workFolder = settings.Runs.WorkFolder.Open(context.Clock);
        if (settings.VPlan.UsesOAuth)
        {
            if (isThere)
                await checks.TryAsync("sign-in", () => SignInAsync(settings, context, cancellationToken));
            return;
        }
        await checks.TryAsync(
            "API key",
            async () =>
                Describe(
                    await new ApiKeyAges(workFolder, context.Clock).InUseAsync(settings.VPlan, cancellationToken),
                    context.Reporter
                )
        );
        if (isThere && KeyRotation.IsUnderWay(settings.VPlan))
            await checks.TryAsync(
                "two API keys",
                () => new KeyRotation(settings, workFolder, context.Clock).AdviseAsync(cancellationToken)
            );
    }

    private static async Task<string> SignInAsync(
        Settings settings,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var signIn = await SignIn.ReadAsync(
            settings,
            settings.Runs.WorkFolder.Open(context.Clock),
            context.Clock,
            cancellationToken
        );
        if (signIn!.Warning is { } warning)
            context.Reporter.Tell(new RunEvent.Warning(warning));
        return signIn.Describe(context.Clock.GetUtcNow().UtcDateTime);
    }

    /// <summary>A signature still works until it has expired, so that is told before.</summary>
    private static string Describe(SharedSignature? signature, CommandContext context)
    {
        if (signature?.Expires is not { } end)
            return "";
        var expires = FormattableString.Invariant(
            $"expires on {end.UtcDateTime:yyyy-MM-dd}, in {(int)(end - context.Clock.GetUtcNow()).TotalDays:N0} days"
        );
        if (end - context.Clock.GetUtcNow() < NearTheEnd)
            context.Reporter.Tell(
                new RunEvent.Warning(
                    $"The signature in Lake:ConnectionString {expires}: make a new one, and put it there before."
                )
            );
        return $"; its signature {expires}";
    }

    /// <summary>An old key still works, so it is told as a warning.</summary>
    private static string Describe(ApiKeyAge? key, Reporter reporter)
    {
        if (key?.Warning is { } warning)
            reporter.Tell(new RunEvent.Warning(warning));
        return key is null
            ? "not used yet"
            : FormattableString.Invariant($"first used on {key.FirstUsedAt:yyyy-MM-dd}, {key.Days:N0} days ago");
    }

    /// <summary>Where vPlan is not asked below its version, no list is there either: that is one fault.</summary>
    private static string Describe(EnvironmentInfo me, Settings settings, DateTime here) =>
        me.Warning is not null && settings.VPlan.WithoutVersion is { } advice
            ? throw new ConfigurationException($"{advice} ({me.Warning})")
            : Describe(me, here);

    private static string Describe(EnvironmentInfo me, DateTime here) =>
        me.Warning
        ?? $"environment {me.Name ?? "(not named)"}, {me.Features.Count} features, {Clock(me.ServerTime, here)}";

    private static string Clock(DateTime? vplan, DateTime here) =>
        vplan is { } there
            ? $"clock {ValueText.Text(there)}, here {ValueText.Second(here)}"
            : $"no clock (no Date header), so that of this machine counts alone: {ValueText.Second(here)}";

    private static string Describe(Endpoint endpoint, long? rows) =>
        rows is { } count
            ? ValueText.Count(count, "row", "rows")
            : throw new SourceUnavailableException(
                $"vPlan does not give {endpoint.Path} to this key (403 or 404): a run leaves it out with a "
                    + "warning. Give the key the right, or ignore this line."
            );

    private static string Describe(Settings settings, TimeProvider clock) =>
        $"{settings.VPlan.BaseUrl}, environment '{settings.VPlan.ApiEnv}', time zone {settings.TimeZone.Id}"
        + $", settings file: {UsedPlaces.Of(settings, clock).Settings}";
}
