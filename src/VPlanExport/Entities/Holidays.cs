using System.Globalization;
using CsvHelper;

namespace VPlanExport.Entities;

/// <summary>Holidays by day, from a CSV with the columns <c>date</c> (yyyy-MM-dd) and <c>name</c>.</summary>
internal sealed class Holidays
{
    private static readonly CsvReaderOptions Format = new()
    {
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MissingField = CsvMissingFieldHandling.ReturnEmpty,
    };

    private readonly Dictionary<DateOnly, (string Name, long Line)> _days = [];

    private Holidays(string file, Stream csv, string nameColumn = "name")
    {
        using var reader = CsvReader.Create(csv, Format);
        var (date, name) = (Column(reader, file, "date"), Column(reader, file, nameColumn));
        while (reader.Read())
            Add(file, reader.LineNumber, reader.GetString(date), reader.GetString(name));
    }

    /// <summary>The Dutch public holidays that are shipped, with English names.</summary>
    public static Holidays Dutch { get; } = Shipped("name");

    /// <summary>The same with Dutch names.</summary>
    public static Holidays DutchInDutch { get; } = Shipped("name_nl");

    /// <exception cref="ConfigurationException">The file cannot be read, or a line of it is no holiday.</exception>
    public static Holidays Read(string file)
    {
        try
        {
            using var csv = File.OpenRead(file);
            return new Holidays(file, csv);
        }
        catch (CsvFormatException e)
        {
            throw Wrong(file, e.LineNumber, $"the quotes do not match ({e.Message})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"Calendar:Holidays names '{file}', which cannot be read: {e.Message} Correct the name or the "
                    + "file's rights, or leave the setting empty for the Dutch public holidays.",
                e
            );
        }
    }

    /// <summary>The holiday's name; null on any other day.</summary>
    public string? NameOf(DateOnly day) => _days.TryGetValue(day, out var holiday) ? holiday.Name : null;

    private static Holidays Shipped(string nameColumn)
    {
        const string File = "holidays-nl.csv";
        return new Holidays(File, typeof(Holidays).Assembly.GetManifestResourceStream(File)!, nameColumn);
    }

    private void Add(string file, long line, string date, string name)
    {
        var longest = Calendar.Dim["holiday_name"].Type.Length;
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw Wrong(file, line, $"date is '{date}'; it takes a day as yyyy-MM-dd, such as 2026-04-27");
        if (name.Length == 0 || name.Length > longest)
            throw Wrong(file, line, $"name is '{name}'; it takes 1 to {longest} characters");
        if (!_days.TryAdd(day, (name, line)))
            throw Wrong(file, line, $"date is '{date}', as on line {_days[day].Line}; a day stands in the file once");
    }

    private static int Column(CsvReader reader, string file, string name) =>
        reader.TryGetFieldIndex(name, out var index)
            ? index
            : throw Wrong(file, 1, $"there is no column '{name}'; the first line takes date,name");

    private static ConfigurationException Wrong(string file, long line, string what) =>
        new(
            FormattableString.Invariant(
                $"Calendar:Holidays names '{file}': line {line}: {what}. Correct the line and run again."
            )
        );
}
