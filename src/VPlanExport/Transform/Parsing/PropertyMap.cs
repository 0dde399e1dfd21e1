using System.Text;

namespace VPlanExport.Transform.Parsing;

/// <summary>One property name at one place of the record, and everything that reads it.</summary>
/// <param name="path">The place in the record, for people: <c>activities[].pivot.time</c>.</param>
internal sealed class PropertySlot(string name, string path, bool isKnown)
{
    public string Path { get; } = path;

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(name);

    public bool IsKnown { get; set; } = isKnown;

    /// <summary>How often vPlan sent it.</summary>
    public long Seen { get; set; }

    /// <summary>The columns that take its value.</summary>
    public ColumnWriter[] Cells { get; private set; } = [];

    /// <summary>Set when the value is an object some of whose properties are read.</summary>
    public PropertyMap? Inner { get; set; }

    /// <summary>The table whose rows are the elements of this array.</summary>
    public TableReader? Rows { get; set; }

    /// <summary>The property that followed this one in the last object: records of a page look alike.</summary>
    public PropertySlot? Next { get; set; }

    public void Add(ColumnWriter cell) => Cells = [.. Cells, cell];
}

/// <summary>The properties of one kind of object, found by name without regard to case (gaps P6).</summary>
/// <param name="prefix">What stands before a property's name in its path.</param>
internal sealed class PropertyMap(string prefix)
{
    private const int LongestName = 256;

    private readonly Dictionary<string, PropertySlot> _properties = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Stands before the first property.</summary>
    public PropertySlot Start { get; } = new("", prefix, isKnown: true);

    /// <summary>Properties that nothing in the catalog knows, here and in the objects below.</summary>
    public IEnumerable<PropertySlot> Unknown =>
        _properties.Values.SelectMany(p => p.IsKnown ? p.Inner?.Unknown ?? [] : [p]);

    public PropertySlot Known(string name)
    {
        if (!_properties.TryGetValue(name, out var property))
            _properties[name] = property = New(name, isKnown: true);
        property.IsKnown = true;
        return property;
    }

    /// <summary>The plan for a dotted path below this object.</summary>
    public PropertySlot At(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return Known(path);
        var outer = Known(path[..dot]);
        return (outer.Inner ??= new PropertyMap(outer.Path + ".")).At(path[(dot + 1)..]);
    }

    public PropertySlot Find(ReadOnlySpan<byte> name, PropertySlot previous) =>
        previous.Next is { } guess && name.SequenceEqual(guess.Utf8) ? guess : previous.Next = Search(name);

    private PropertySlot Search(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[LongestName];
        text =
            name.Length <= LongestName
                ? text[..Encoding.UTF8.GetChars(name, text)]
                : Encoding.UTF8.GetString(name).ToCharArray();
        var byText = _properties.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!byText.TryGetValue(text, out var property))
            byText[text] = property = New(text.ToString(), isKnown: false);
        return property;
    }

    private PropertySlot New(string name, bool isKnown) => new(name, prefix + name, isKnown);
}
