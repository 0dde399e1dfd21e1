using System.Text;

namespace VPlanExport.PowerBi;

/// <summary>Writes TMDL: one tab a level, LF, names in quotes where they need them.</summary>
internal sealed class TmdlWriter
{
    private const int DescriptionWidth = 80;

    private readonly StringBuilder _text = new();

    public TmdlWriter Line(int level, string text)
    {
        _text.Append('\t', level).Append(text).Append('\n');
        return this;
    }

    public TmdlWriter Blank()
    {
        _text.Append('\n');
        return this;
    }

    /// <summary>A property; none where there is no value.</summary>
    public TmdlWriter Property(int level, string key, string? value) =>
        value is null ? this : Line(level, $"{key}: {value}");

    /// <summary>A property that is true by being there.</summary>
    public TmdlWriter Flag(int level, string key, bool isSet) => isSet ? Line(level, key) : this;

    /// <summary>What an object means, on the lines above it.</summary>
    public TmdlWriter Description(int level, string text)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length >= DescriptionWidth)
            {
                Line(level, $"/// {line.TrimEnd()}");
                line = "";
            }
            line += $"{word} ";
        }
        return Line(level, $"/// {line.TrimEnd()}");
    }

    /// <summary>An expression: on the same line, or two levels below its declaration.</summary>
    public TmdlWriter Expression(int level, string declaration, string expression)
    {
        if (!expression.Contains('\n', StringComparison.Ordinal))
            return Line(level, $"{declaration} = {expression}");
        Line(level, $"{declaration} =");
        foreach (var line in expression.Split('\n'))
            Line(level + 2, line);
        return this;
    }

    public static string Name(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0])
            ? name
            : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The file, which ends with one line end.</summary>
    public override string ToString() => _text.ToString().TrimEnd('\n') + "\n";
}
