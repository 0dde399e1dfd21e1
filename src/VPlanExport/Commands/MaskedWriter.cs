using System.Text;

namespace VPlanExport.Commands;

/// <summary>Output in which no secret is shown. A line goes on when it is whole, so that a secret that is written in two pieces is found, too.</summary>
/// <param name="mask">The text without its secrets.</param>
internal sealed class MaskedWriter(TextWriter output, Func<string, string> mask) : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => output.Encoding;

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
            Pass();
        output.Flush();
    }

    private void Pass()
    {
        output.Write(mask(_line.ToString()));
        _line.Clear();
    }
}
