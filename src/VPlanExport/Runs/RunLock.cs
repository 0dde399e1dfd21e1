using System.Text.Json;
using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>
/// One run at a time in a work folder. The operating system lets go of the lock when its process ends, however it ends; a file beside it
/// names the holder.
/// </summary>
public sealed class RunLock : IDisposable
{
    private const int Attempts = 10;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Waits two seconds for a holder that only looks.</summary>
    /// <exception cref="LockedException">Another process holds the lock; the message names it.</exception>
    public static RunLock Acquire(string workFolder, string command, TimeProvider clock)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return AcquireNow(workFolder, command, clock);
            }
            catch (LockedException) when (attempt < Attempts)
            {
                Task.Delay(Wait, clock).GetAwaiter().GetResult();
            }
        }
    }

    private static RunLock AcquireNow(string workFolder, string command, TimeProvider clock)
    {
        var (path, holder) = (Path.Combine(workFolder, "run.lock"), Path.Combine(workFolder, "run.lock.json"));
        try
        {
            Directory.CreateDirectory(workFolder);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return Signed(file, holder, new Holder(Environment.ProcessId, Environment.MachineName, command, clock.GetUtcNow().UtcDateTime));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new SinkException($"The work folder {workFolder} cannot be written: {e.Message} Make it writable, or set Runs:WorkFolder to a folder that is.", e);
        }
        catch (IOException e) when (File.Exists(path) && !IsFull(e))
        {
            throw new LockedException($"Another run holds {path}: {Describe(holder)}. Wait until it has ended, then run again.");
        }
        catch (IOException e)
        {
            throw new SinkException($"The work folder {workFolder} cannot be written: {e.Message} Free disk space or set Runs:WorkFolder to another folder.", e);
        }
    }

    public void Dispose() => _file.Dispose();

    private static RunLock Signed(FileStream file, string path, Holder holder)
    {
        try
        {
            File.WriteAllText(path, JsonSerializer.Serialize(holder));
            return new RunLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static bool IsFull(IOException e) => (e.HResult & 0xFFFF) is 28 or 30;

    private static string Describe(string path)
    {
        try
        {
            var holder = JsonSerializer.Deserialize<Holder>(File.ReadAllText(path))!;
            return FormattableString.Invariant($"process {holder.Process} on {holder.Machine}, '{holder.Command}', since {holder.Since:yyyy-MM-dd HH:mm:ss}Z");
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return "its holder is not known";
        }
    }

    private sealed record Holder(int Process, string Machine, string Command, DateTime Since);
}
