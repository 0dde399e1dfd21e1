namespace VPlanExport.Model;

/// <summary>Who lists the rows of a nested table: a row of <paramref name="Table"/>, whose key is in the column
/// <paramref name="Key"/>.</summary>
internal sealed record Parent(string Table, string Key);

internal enum TableKind
{
    Dimension,
    Fact,
    Bridge,
}

/// <summary>
/// A star table: a name, a grain, the place of its elements in the JSON record, and its columns. Two entities fill one
/// table when each declares it with the same name and columns; the keys and the parents of their rows differ.
/// </summary>
internal sealed class Table
{
    private readonly Dictionary<string, int> _ordinals;

    internal Table(string name, TableKind kind, string grain, string path, IReadOnlyList<Column> columns)
    {
        Name = name;
        Kind = kind;
        Grain = grain;
        Path = path;
        Columns = columns;
        Minutes = [.. columns.Where(c => c.Unit == "minutes")];
        Hours = [.. columns.Where(c => c.Unit == "hours")];
        _ordinals = columns
            .Select((column, i) => (column.Name, i))
            .ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
    }

    public string Name { get; }

    public TableKind Kind { get; }

    /// <summary>The name that Dutch readers see.</summary>
    public string Dutch { get; init; } = "";

    /// <summary>What one row stands for.</summary>
    public string Grain { get; }

    /// <summary><c>$</c>, or the name of the nested array whose elements become the rows.</summary>
    public string Path { get; }

    /// <summary>Another name that vPlan may give the array.</summary>
    public string? OrPath { get; init; }

    /// <summary>Every name the array may have.</summary>
    public IEnumerable<string> Paths => OrPath is null ? [Path] : [Path, OrPath];

    public bool IsNested => Path != "$";

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The columns that hold minutes.</summary>
    public IReadOnlyList<Column> Minutes { get; }

    /// <summary>The columns that hold hours.</summary>
    public IReadOnlyList<Column> Hours { get; }

    /// <summary>The merge key: always the first column, a key (on dim_date a date key), unique in the table.</summary>
    public Column Key => Columns[0];

    /// <summary>The text id the key was made from; null on nested tables and on dim_date.</summary>
    public Column? Id { get; init; }

    /// <summary>The word the key is hashed with (<c>card</c>); null on tables whose key is not a hash.</summary>
    public string? KeyEntity => (Key.Source as Source.KeyOf)?.Entity;

    /// <summary>On a nested table: the record around the element. What a parent no longer lists is gone.</summary>
    public Parent? Parent { get; init; }

    /// <summary>The date column whose month partitions the table in the lake; null when it is not
    /// partitioned.</summary>
    public string? PartitionDate { get; init; }

    /// <summary>The date column by whose month the table's rows are reported; null where it has no date.</summary>
    public string? MonthDate => PartitionDate ?? Columns.FirstOrDefault(c => c.Type.Kind == ColumnKind.Date)?.Name;

    public int Ordinal(string column) =>
        _ordinals.TryGetValue(column, out var ordinal)
            ? ordinal
            : throw new ArgumentException(
                $"Table {Name} has no column '{column}'; it has {string.Join(", ", _ordinals.Keys)}."
            );

    public bool Has(string column) => _ordinals.ContainsKey(column);

    public Column this[string column] => Columns[Ordinal(column)];

    /// <summary>Models and figures follow the references of this dimension as they follow a fact's: an order has days
    /// and a customer.</summary>
    public bool IsEvent { get; init; }

    /// <summary>On a bridge: the key of the dimension whose rows a choice at the bridge's other end selects, too; null
    /// where none does.</summary>
    public string? FiltersBack { get; init; }

    /// <summary>
    /// The key column by which a choice in a dimension selects rows: the first that refers to it; null where none does.
    /// Choices in dimensions reach facts alone, so that one way leads from any table to any other.
    /// </summary>
    public Column? MainReference(string dimension) =>
        Kind == TableKind.Dimension && !IsEvent
            ? null
            : Columns.FirstOrDefault(c => c.References == dimension && c.IsRelated);

    public override string ToString() => Name;
}
