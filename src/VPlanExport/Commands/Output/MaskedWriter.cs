using System.Runtime.InteropServices;
using System.Text;

namespace VPlanExport.Commands.Output;

/// <summary>
/// Output in which no secret is shown. A line goes on when it is whole, so that a secret that is written in two pieces
/// is found, too. Where nothing can be written, because the disk is full or nobody reads, the work goes on: what could
/// not be shown is remembered and not thrown.
/// </summary>
/// <param name="mask">The text without its secrets.</param>
/// <param name="isClosed">Whether nobody reads what is written.</param>
internal sealed class MaskedWriter(TextWriter output, Func<string, string> mask, Func<bool> isClosed) : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => output.Encoding;

    /// <summary>Why something could not be written; null while all was. A reader who went away is no reason.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Whether what is written from here on is in vain.</summary>
    public bool IsLost => Fault is not null || isClosed();

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_lock)
        {
            var end = buffer.LastIndexOf('\n') + 1;
            _line.Append(buffer[..end]);
            if (end > 0)
                Pass();
            _line.Append(buffer[end..]);
        }
    }

    public override void Flush()
    {
        lock (_lock)
        {
            Pass();
            Try(output.Flush);
        }
    }

    private void Pass()
    {
        var text = mask(_line.ToString());
        _line.Clear();
        if (text.Length > 0)
            Try(() => output.Write(text));
    }

    /// <summary>A later line may find room again, so each is tried.</summary>
    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!isClosed())
                Fault ??= e;
        }
    }
}

/// <summary>
/// Whether a standard stream leads to a program that has ended, as <c>head</c> does after its lines. On Unix .NET drops
/// what is written to it, without an error, so the system is asked: poll(2). On Windows nothing tells.
/// </summary>
internal static class ClosedPipe
{
    private const short Output = 4;
    private const short Error = 8;
    private const short HungUp = 16;

    /// <param name="file">1 for the output, 2 for the errors.</param>
    public static bool Is(int file)
    {
        if (OperatingSystem.IsWindows())
            return false;
        var asked = new Asked { File = file, Events = Output };
        return Poll(ref asked, 1, 0) > 0 && (asked.Found & (Error | HungUp)) != 0;
    }

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref Asked asked, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Asked
    {
        public int File;
        public short Events;
        public short Found;
    }
}
