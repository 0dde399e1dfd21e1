using System.Text;
using CsvHelper;
using VPlanExport.Commands.Output;
using VPlanExport.Runs.Backfill;
using VPlanExport.Storage;

namespace VPlanExport.Commands;

/// <summary>The rows that a backfill would change, as CSV for people that only its owner may read: a line for each
/// column that would.</summary>
internal sealed class DiffRowsFile : IDisposable
{
    public static readonly string[] Headings = ["change", "table", "id", "name", "column", "old", "new"];

    private readonly StreamWriter _text;
    private readonly CsvWriter _csv;
    private readonly List<DiffRow> _first = [];

    private DiffRowsFile(string path)
    {
        Path = path;
        _text = new StreamWriter(
            PrivateFiles.Open(path, FileMode.Create),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)
        );
        _csv = CsvWriter.Create(_text, leaveOpen: true);
        _csv.WriteRecord(Headings);
    }

    public string Path { get; }

    /// <summary>The first rows, for a summary.</summary>
    public IReadOnlyList<DiffRow> First => _first;

    /// <exception cref="ConfigurationException">The file cannot be written.</exception>
    public static DiffRowsFile Open(string path) => GivenFile.Open("--rows", path, () => new DiffRowsFile(path));

    public void Add(DiffRow row)
    {
        if (_first.Count < BackfillDiff.MostFirst)
            _first.Add(row);
        _csv.WriteRecord([.. Cells(row).Select(CsvText.Harmless)]);
    }

    public static string[] Cells(DiffRow row) =>
        [row.Change, row.Table, row.Id, row.Name, row.Column, ValueText.Text(row.Old), ValueText.Text(row.New)];

    public void Dispose()
    {
        _csv.Dispose();
        _text.Dispose();
    }
}
