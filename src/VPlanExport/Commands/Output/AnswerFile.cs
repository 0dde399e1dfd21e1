using System.Globalization;
using System.Text;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;
using VPlanExport.Storage;
using VPlanExport.Warehouse.DuckDb;

namespace VPlanExport.Commands.Output;

/// <summary>An answer in a file, in the format of the file's ending. It is only there when it is whole, and only its
/// owner may read it.</summary>
internal static class AnswerFile
{
    private static readonly string[] Endings = [".csv", ".json", ".parquet", ".xlsx"];

    /// <summary>A cell takes so many digits; a longer number is text.</summary>
    private const long LongestNumber = 999_999_999_999_999;

    private const int MostRows = 1_048_575;

    /// <exception cref="ConfigurationException">No format has that ending.</exception>
    public static string FormatOf(string path) =>
        Endings.FirstOrDefault(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase))
        ?? throw new ConfigurationException(
            $"--out is '{path}', whose ending names no format: it takes a file that ends with "
                + $"{string.Join(", ", Endings[..^1])} or {Endings[^1]}."
        );

    /// <summary>A new file, for its owner alone.</summary>
    public static FileStream Create(string path, bool force)
    {
        RefuseThere(path, force);
        return GivenFile.Open(
            "--out",
            path,
            () =>
            {
                if (force)
                    File.Delete(path);
                return PrivateFiles.Open(path, FileMode.CreateNew);
            }
        );
    }

    private static void RefuseThere(string path, bool force)
    {
        if (File.Exists(path) && !force)
            throw new ConfigurationException(
                $"--out is '{path}', which is there already. Name another file, or replace it with --force."
            );
    }

    /// <summary>Lets a file be written under another name, and gives it its own when it is whole.</summary>
    /// <param name="write">Told where to write to.</param>
    public static async Task<long> WriteAsync(string path, bool force, Func<string, Task<long>> write)
    {
        var part = path + ".part";
        RefuseThere(path, force);
        await Create(part, force: true).DisposeAsync();
        try
        {
            var rows = await write(part);
            File.Move(part, path, overwrite: force);
            return rows;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>One array, a row a line.</summary>
    public static async Task<long> WriteJsonAsync(string file, IReadOnlyList<string> names, IEnumerable<object?[]> rows)
    {
        await using var text = new StreamWriter(file, append: false, new UTF8Encoding(false));
        var count = 0L;
        foreach (var row in rows)
            await text.WriteAsync((count++ == 0 ? "[\n" : ",\n") + ValueText.Row(names, row));
        await text.WriteAsync(count == 0 ? "[]\n" : "\n]\n");
        return count;
    }

    /// <summary>Text is never computed; keys, which are longer than a cell's number, are text.</summary>
    public static async Task<long> WriteExcelAsync(
        string file,
        IReadOnlyList<QueryColumn> columns,
        IReadOnlyList<string> names,
        IEnumerable<object?[]> rows,
        CancellationToken cancellationToken
    )
    {
        var count = 0L;
        await using var stream = new FileStream(file, FileMode.Create, FileAccess.ReadWrite);
        await stream.SaveAsAsync(
            rows.Select(row => Cells(row)),
            configuration: new OpenXmlConfiguration
            {
                TableStyles = TableStyles.None,
                FastMode = true,
                DynamicColumns =
                [
                    .. columns
                        .Index()
                        .Where(c => c.Item.Type == "DATE")
                        .Select(c => new DynamicExcelColumn(names[c.Index]) { Format = "yyyy-mm-dd" }),
                ],
            },
            cancellationToken: cancellationToken
        );
        return count;

        Dictionary<string, object?> Cells(object?[] row) =>
            ++count > MostRows
                ? throw new ConfigurationException(
                    $"The answer has more than {MostRows:N0} rows, which a sheet of Excel does not take: ask for fewer "
                        + "with --limit, or write a file that ends with .csv or .parquet."
                )
                : names.Index().ToDictionary(n => n.Item, n => Cell(row[n.Index], columns[n.Index].Type));
    }

    private static object? Cell(object? value, string type) =>
        value switch
        {
            long number when Math.Abs(number) > LongestNumber => ValueText.Text(value),
            System.Numerics.BigInteger or Int128 or UInt128 or ulong => ValueText.Text(value),
            string text when type == "DATE" || type.StartsWith("TIMESTAMP", StringComparison.Ordinal) => Time(text),
            double.NaN or double.PositiveInfinity or double.NegativeInfinity => ValueText.Text(value),
            float.NaN or float.PositiveInfinity or float.NegativeInfinity => ValueText.Text(value),
            _ => value,
        };

    private static object Time(string text) =>
        DateTime.TryParseExact(
            text.TrimEnd('Z'),
            ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time
        )
            ? time
            : text;
}
