using System.Reflection;

namespace VPlanExport.Commands.Init;

/// <summary>What runs the export every night, and reads everything once a week, on each platform. What Kubernetes and
/// Azure DevOps take is what the pipelines folder ships.</summary>
internal static class Schedules
{
    private const string Folder = "schedules";

    /// <summary>A run that used up the day's requests, or met another one, passes with the next.</summary>
    private const string Passing = "4 7";

    private static readonly Job[] Jobs =
    [
        new("vplan-export", "the nightly run: what changed", "run", "03:00", IsWeekly: false),
        new("vplan-export-weekly", "the weekly read of everything", "run --full", "07:00", IsWeekly: true),
    ];

    /// <param name="program">Path of this program.</param>
    /// <param name="folder">The one that holds the settings.</param>
    /// <param name="zone">The zone of the hours.</param>
    public static IEnumerable<InitFile> Files(string program, string folder, string zone, bool usesOAuth)
    {
        zone = TimeZoneInfo.TryConvertWindowsIdToIanaId(zone, out var iana) ? iana : zone;
        foreach (var job in Jobs)
        {
            yield return new InitFile($"{Folder}/systemd/{job.Name}.service", Service(job, program, folder));
            yield return new InitFile($"{Folder}/systemd/{job.Name}.timer", Timer(job, zone));
            yield return new InitFile(
                $"{Folder}/windows/{job.Name}.xml",
                WindowsTask.Render(job, program, folder),
                true
            );
        }
        yield return new InitFile($"{Folder}/cron/vplan-export", Cron(program, folder, zone));
        foreach (var file in (string[])["kubernetes-cronjob.yml", "kubernetes-cronjob-weekly.yml"])
            yield return new InitFile(
                $"{Folder}/kubernetes/{file}",
                Shipped(file).Replace("timeZone: Europe/Amsterdam", $"timeZone: {zone}", StringComparison.Ordinal)
            );
        foreach (var file in (string[])["nightly.yml", "weekly-full.yml", "steps/install.yml", "steps/run.yml"])
            yield return new InitFile($"{Folder}/azure-devops/{file}", Shipped(file));
        yield return new InitFile($"{Folder}/README.md", SchedulesReadme.Render(folder, usesOAuth));
    }

    private static string Service(Job job, string program, string folder) =>
        $"""
            [Unit]
            Description=vPlan export, {job.Meaning}
            Wants=network-online.target
            After=network-online.target

            [Service]
            Type=oneshot
            User={Environment.UserName}
            UMask=0077
            ExecStart={Quoted(program)} {job.Words} --folder {Quoted(folder)}
            # The request budget is used up, or another run is at work: the next run goes on.
            SuccessExitStatus={Passing}
            # A signal waits until tokens that were asked for are stored.
            TimeoutStopSec=45

            """.ReplaceLineEndings("\n");

    private static string Timer(Job job, string zone) =>
        $"""
            [Unit]
            Description=vPlan export, {job.Meaning}

            [Timer]
            OnCalendar={(job.IsWeekly ? "Sun " : "")}*-*-* {job.At}:00 {zone}
            # A night that this machine was off for is made up for.
            Persistent=true

            [Install]
            WantedBy=timers.target

            """.ReplaceLineEndings("\n");

    /// <summary>A percent sign would be the end of a command.</summary>
    private static string Cron(string program, string folder, string zone) =>
        string.Concat([
            $"# vPlan export. cron counts by this machine's clock; the hours are meant for {zone}.\n",
            "# cron mails what a command writes: MAILTO=someone@example.com\n",
            .. Jobs.Select(job =>
                $"{job.At[3..]} {job.At[..2].TrimStart('0')} * * {(job.IsWeekly ? "0" : "*")} "
                + $"{ShellQuoted(program)} {job.Words} --folder {ShellQuoted(folder)}".Replace(
                    "%",
                    @"\%",
                    StringComparison.Ordinal
                )
                + "\n"
            ),
        ]);

    /// <summary>For systemd, which gives a meaning to the percent sign, the dollar sign and the backslash.</summary>
    private static string Quoted(string text) =>
        '"'
        + text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal)
            .Replace("$", "$$", StringComparison.Ordinal)
        + '"';

    private static string ShellQuoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string Shipped(string file)
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream($"pipelines/{file}")!
        );
        return reader.ReadToEnd();
    }

    /// <param name="Words">Of the command line.</param>
    /// <param name="At">Hour and minute.</param>
    internal sealed record Job(string Name, string Meaning, string Words, string At, bool IsWeekly);
}
