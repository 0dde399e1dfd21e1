using System.Text;
using VPlanExport.Configuration;
using VPlanExport.Storage;

namespace VPlanExport.Commands;

/// <summary>Where a report goes: a file, or the place that Report:Location names.</summary>
internal static class ReportFile
{
    public const string Name = "report.html";
    private const string Dated = "report-";
    private const string DateForm = "yyyy-MM-dd";

    /// <summary>Before anything is done for it: there is a folder that the file can stand in.</summary>
    /// <exception cref="ConfigurationException">There is none.</exception>
    public static void EnsureWritable(string option, string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full) || !Directory.Exists(Path.GetDirectoryName(full)))
            throw new ConfigurationException(
                $"{option} is '{path}', which cannot be written: {(Directory.Exists(full)
                    ? "it is a folder"
                    : $"there is no folder {Path.GetDirectoryName(full)}")}. Name a file in a folder that is there."
            );
    }

    /// <summary>Writes it beside, then puts it in its place: nobody reads half a page.</summary>
    /// <returns>Where it is.</returns>
    /// <exception cref="SinkException">It cannot be written.</exception>
    public static string Write(string path, string html)
    {
        var full = Path.GetFullPath(path);
        var half = $"{full}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = PrivateFiles.Open(half, FileMode.Create))
                file.Write(Encoding.UTF8.GetBytes(html));
            File.Move(half, full, overwrite: true);
            return full;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(half);
            throw new SinkException(
                $"The report {full} cannot be written: {e.Message} Make room, or name another file.",
                e
            );
        }
    }

    /// <summary>Puts it into the store, and beside it under its date; removes those that are older than
    /// Runs:KeepDays.</summary>
    /// <returns>Where it is.</returns>
    public static async Task<string> PutAsync(
        StoreLocation place,
        string html,
        DateOnly day,
        TimeSpan keep,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var store = place.Open(clock);
        var bytes = Encoding.UTF8.GetBytes(html);
        foreach (var name in new[] { DatedName(day), Name })
            await store.PutAsync(
                name,
                stream => stream.WriteAsync(bytes, cancellationToken).AsTask(),
                cancellationToken
            );
        var oldest = DatedName(day.AddDays(-(int)keep.TotalDays));
        foreach (var file in await store.ListAsync(Dated, cancellationToken))
        {
            if (file.Path.Length == oldest.Length && string.CompareOrdinal(file.Path, oldest) < 0)
                await store.DeleteAsync(file.Path, cancellationToken);
        }
        place.ClearLocal();
        return $"{store.Location}/{Name}";
    }

    private static string DatedName(DateOnly day) =>
        Dated + day.ToString(DateForm, System.Globalization.CultureInfo.InvariantCulture) + ".html";
}
