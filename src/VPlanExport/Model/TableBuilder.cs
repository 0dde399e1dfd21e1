namespace VPlanExport.Model;

/// <summary>Declares a table, one line a column. Columns that every table has are added by
/// <see cref="Build"/>.</summary>
internal sealed class TableBuilder
{
    private readonly string _name;
    private readonly TableKind _kind;
    private readonly string _grain;
    private readonly string _path;
    private readonly List<Column> _columns = [];
    private Parent? _parent;
    private string? _partitionDate;
    private string? _orPath;
    private string _dutch = "";
    private bool _isEvent;
    private string? _filtersBack;

    private TableBuilder(string name, TableKind kind, string grain, string path) =>
        (_name, _kind, _grain, _path) = (name, kind, grain, path);

    /// <summary>A dimension with its <c>&lt;entity&gt;_key</c> and <c>&lt;entity&gt;_id</c>.</summary>
    public static TableBuilder Dimension(string name, string entity, string grain, string path = "$") =>
        new TableBuilder(name, TableKind.Dimension, grain, path).KeyAndId(entity);

    /// <summary>A dimension of days, keyed by <c>date_key</c> (yyyymmdd) and not read from vPlan.</summary>
    public static TableBuilder DateDimension(string name, string grain) =>
        new TableBuilder(name, TableKind.Dimension, grain, "$").Add(
            new Column("date_key", ColumnType.DateKey, new Source.None(), "yyyymmdd; -1 is unknown.")
        );

    /// <summary>A fact with one row per record of the entity, keyed like it.</summary>
    public static TableBuilder Fact(string name, string entity, string grain) =>
        new TableBuilder(name, TableKind.Fact, grain, "$").KeyAndId(entity);

    /// <summary>A fact with one row per record of the entity, known by two of its properties because its id does not
    /// last.</summary>
    public static TableBuilder JoinedFact(string name, string entity, string grain, string first, string second) =>
        new TableBuilder(name, TableKind.Fact, grain, "$").Add(
            new Column(
                $"{entity}_key",
                ColumnType.Key,
                new Source.KeyOf(entity, [first, second]),
                $"Surrogate key: hash of {first} and {second}."
            )
        );

    /// <summary>A fact that is not read from vPlan but made of other tables' rows; its key is a hash of what its maker
    /// says.</summary>
    public static TableBuilder ComputedFact(string name, string entity, string grain) =>
        new TableBuilder(name, TableKind.Fact, grain, "$").Add(
            new Column(
                $"{entity}_key",
                ColumnType.Key,
                new Source.None(),
                "Surrogate key: a hash of what the row stands for."
            )
        );

    /// <summary>A fact with one row per element of a nested array.</summary>
    /// <param name="countsRepeats">An element that stands in the array twice is two rows.</param>
    public static TableBuilder ChildFact(
        string name,
        string entity,
        string grain,
        string path,
        Table parent,
        bool countsRepeats = false
    ) => new TableBuilder(name, TableKind.Fact, grain, path).LinkKey(entity, countsRepeats).Of(parent);

    /// <summary>A fact with one row per element of a nested array that several entities have; it names the record
    /// around the element itself.</summary>
    /// <param name="or">Tells an element that has no id.</param>
    public static TableBuilder SharedFact(
        string name,
        string entity,
        Table parent,
        string grain,
        string path,
        string or
    ) =>
        new TableBuilder(name, TableKind.Fact, grain, path)
            .Add(
                new Column(
                    $"{entity}_key",
                    ColumnType.Key,
                    new Source.KeyOf($"{parent.KeyEntity}_{entity}", ["../id", "id"], Or: or),
                    "Key of the row: hash of both ids."
                )
            )
            .ChildOf(parent, parent.Key.Name);

    /// <summary>A link between a record and each element of a nested array.</summary>
    public static TableBuilder Bridge(string name, string entity, string grain, string path, Table parent) =>
        new TableBuilder(name, TableKind.Bridge, grain, path).LinkKey(entity, countsRepeats: false).Of(parent);

    public TableBuilder Text(
        string name,
        int length,
        string meaning,
        string? from = null,
        string? or = null,
        bool personal = false
    ) =>
        Add(
            new Column(name, ColumnType.Text(length), new Source.Json(from ?? name, or), meaning)
            {
                IsPersonal = personal,
            }
        );

    public TableBuilder Id(string name, string meaning, string? from = null) =>
        Json(name, ColumnType.Id, meaning, from);

    public TableBuilder Int32(
        string name,
        string meaning,
        string? from = null,
        string? unit = null,
        string? or = null
    ) => Json(name, ColumnType.Int32, meaning, from, unit, or);

    public TableBuilder Int64(string name, string meaning, string? from = null) =>
        Json(name, ColumnType.Int64, meaning, from);

    public TableBuilder Bool(string name, string meaning, string? from = null) =>
        Json(name, ColumnType.Bool, meaning, from);

    public TableBuilder Time(string name, string meaning, string? from = null) =>
        Json(name, ColumnType.Time, meaning, from);

    public TableBuilder Timestamp(string name, string meaning, string? from = null) =>
        Json(name, ColumnType.Timestamp, meaning, from);

    public TableBuilder RawJson(
        string name,
        string meaning,
        string? from = null,
        string? or = null,
        bool personal = false
    ) => Add(new Column(name, ColumnType.Json, new Source.Json(from ?? name, or), meaning) { IsPersonal = personal });

    public TableBuilder Decimal(
        string name,
        int precision,
        int scale,
        string meaning,
        string? from = null,
        string? unit = null
    ) => Json(name, ColumnType.Decimal(precision, scale), meaning, from, unit);

    public TableBuilder Constant(string name, string text, string meaning) =>
        Add(new Column(name, ColumnType.Text(20), new Source.Constant(text), meaning));

    public TableBuilder Label(string name, int length, string meaning, string from, string or, bool personal = false) =>
        Add(new Column(name, ColumnType.Text(length), new Source.Label(from, or), meaning) { IsPersonal = personal });

    public TableBuilder Parsed(string name, ColumnType type, Source.Parsed source, string meaning) =>
        Add(new Column(name, type, source, meaning));

    public TableBuilder Minutes(string name, string meaning, string? from = null, string? or = null) =>
        Add(new Column(name, ColumnType.Int64, new Source.Json(from ?? name, or), meaning) { Unit = "minutes" });

    public TableBuilder SumMinutes(string name, string array, string path, string or, string meaning) =>
        Add(new Column(name, ColumnType.Int64, new Source.Sum(array, path, or), meaning) { Unit = "minutes" });

    public TableBuilder Count(string name, string array, string meaning) =>
        Add(new Column(name, ColumnType.Int32, new Source.Count(array), meaning));

    public TableBuilder IsPresent(string name, string path, string meaning) =>
        Add(new Column(name, ColumnType.Bool, new Source.IsPresent(path), meaning));

    public TableBuilder Derived(
        string name,
        ColumnType type,
        Func<RowView, long?> compute,
        string meaning,
        string? unit = null
    ) => Add(new Column(name, type, new Source.Derived(compute), meaning) { Unit = unit });

    /// <summary>A column that no JSON property feeds.</summary>
    public TableBuilder Computed(string name, ColumnType type, string meaning, string? unit = null) =>
        Add(new Column(name, type, new Source.None(), meaning) { Unit = unit });

    /// <summary>Distinguishes a deleted record that vPlan still lists, and counts, from one that it does not.</summary>
    public TableBuilder MarkedDeleted() =>
        Add(
            new Column(
                "is_marked_deleted",
                ColumnType.Bool,
                new Source.IsPresent("deleted_at"),
                "vPlan still lists the record, as deleted."
            )
            {
                Dutch = "In vPlan verwijderd",
            }
        );

    /// <summary><c>&lt;role&gt;_date</c> and <c>&lt;role&gt;_date_key</c> from a date property.</summary>
    public TableBuilder Date(string role, string meaning, string? from = null) =>
        DatePair($"{role}_date", new Source.Json(from ?? $"{role}_date"), [], meaning);

    /// <summary>A day that no JSON property feeds, and its key.</summary>
    public TableBuilder ComputedDay(string name, string meaning) => DatePair(name, new Source.None(), [], meaning);

    /// <summary><c>date</c> and <c>date_key</c> from the property <c>date</c>.</summary>
    public TableBuilder Day(string meaning) => DatePair("date", new Source.Json("date"), [], meaning);

    /// <summary><c>&lt;role&gt;_date</c> and <c>&lt;role&gt;_date_key</c> from a timestamp, in the environment's time
    /// zone.</summary>
    public TableBuilder BusinessDate(string role, string meaning, string from) =>
        DatePair($"{role}_date", new Source.BusinessDate(from), [], meaning);

    /// <summary><c>&lt;role&gt;_date</c> and <c>&lt;role&gt;_date_key</c> taken from another table's row.</summary>
    public TableBuilder LookupDate(string role, Lookup lookup, string meaning) =>
        DatePair($"{role}_date", new Source.None(), [lookup], meaning);

    /// <summary>A key of <paramref name="dimension"/>, hashed from the id at <paramref name="from"/>; looked up when
    /// that is empty.</summary>
    public TableBuilder Ref(
        string name,
        string dimension,
        string entity,
        string? from,
        string meaning,
        params Lookup[] or
    ) =>
        Add(
            new Column(
                name,
                ColumnType.Key,
                from is null ? new Source.None() : new Source.KeyOf(entity, [from]),
                meaning
            )
            {
                References = dimension,
                Lookups = or,
            }
        );

    /// <summary>The nested array may also come under this name.</summary>
    public TableBuilder OrAt(string path)
    {
        _orPath = path;
        return this;
    }

    /// <summary>Models and figures do not follow the reference that was declared last.</summary>
    public TableBuilder Unrelated()
    {
        var last = _columns.FindLastIndex(c => c.References is not null);
        _columns[last] = _columns[last] with { IsRelated = false };
        return this;
    }

    /// <summary>The table's name for Dutch readers.</summary>
    public TableBuilder Titled(string dutch)
    {
        _dutch = dutch;
        return this;
    }

    /// <summary>Models and figures follow the references of this dimension.</summary>
    public TableBuilder AsEvent()
    {
        _isEvent = true;
        return this;
    }

    /// <summary>A choice at the bridge's other end selects rows of the dimension with this key, too.</summary>
    public TableBuilder FiltersBack(string key)
    {
        _filtersBack = key;
        return this;
    }

    /// <summary>The name for Dutch readers of the column that was declared last; of a date, with its key.</summary>
    public TableBuilder Dutch(string name)
    {
        if (_columns[^1].Source is Source.DateKeyOf)
            _columns[^2] = _columns[^2] with { Dutch = name };
        _columns[^1] = _columns[^1] with
        {
            Dutch = _columns[^1].Source is Source.DateKeyOf ? $"{name} (sleutel)" : name,
        };
        return this;
    }

    /// <summary>The lake keeps this table in one partition a month of the date column.</summary>
    public TableBuilder PartitionBy(string dateColumn)
    {
        _partitionDate = dateColumn;
        return this;
    }

    /// <summary>Says that elements belong to a row of <paramref name="parent"/> through
    /// <paramref name="keyColumn"/>.</summary>
    public TableBuilder ChildOf(Table parent, string keyColumn)
    {
        _parent = new Parent(parent.Name, keyColumn);
        return this;
    }

    /// <summary>The table, with the columns that every table ends with.</summary>
    public Table Build()
    {
        var record = _path == "$" ? "" : "../";
        if (_kind == TableKind.Dimension)
            Add(
                new Column(
                    "is_inferred",
                    ColumnType.Bool,
                    new Source.IsInferred(),
                    "Stands in for something referred to but not yet read."
                )
                {
                    Dutch = "Nog niet gelezen",
                }
            );
        Add(
            new Column(
                "is_deleted",
                ColumnType.Bool,
                new Source.IsPresent(record + "deleted_at"),
                "No longer in vPlan."
            )
            {
                Dutch = "Verwijderd",
            }
        );
        Timestamp("source_created_at", "When vPlan made the record.", record + "created_at").Dutch("Gemaakt in vPlan");
        Timestamp("source_updated_at", "When vPlan last changed the record.", record + "updated_at")
            .Dutch("Gewijzigd in vPlan");
        Add(
            new Column(
                "extracted_at",
                ColumnType.Timestamp,
                new Source.ExtractedAt(),
                "When the page was read that last changed the row."
            )
            {
                Dutch = "Gelezen om",
            }
        );
        Add(
            new Column("run_id", ColumnType.Text(40), new Source.RunId(), "The run that last changed the row.")
            {
                Dutch = "Run",
            }
        );
        return new Table(_name, _kind, _grain, _path, [.. _columns])
        {
            OrPath = _orPath,
            Dutch = _dutch,
            IsEvent = _isEvent,
            FiltersBack = _filtersBack,
            Id = _columns.Find(c => c.Type.Kind == ColumnKind.Id && _columns.IndexOf(c) == 1),
            Parent = _parent,
            PartitionDate = _partitionDate,
        };
    }

    private TableBuilder KeyAndId(string entity)
    {
        Add(
            new Column(
                $"{entity}_key",
                ColumnType.Key,
                new Source.KeyOf(entity, ["id"]),
                "Surrogate key: hash of the id; -1 is unknown."
            )
        );
        return Add(new Column($"{entity}_id", ColumnType.Id, new Source.Json("id"), "vPlan's id."));
    }

    private TableBuilder LinkKey(string entity, bool countsRepeats) =>
        Add(
            new Column(
                $"{entity}_key",
                ColumnType.Key,
                new Source.KeyOf(entity, ["../id", "id"], countsRepeats),
                "Key of the link: hash of both ids."
            )
        );

    private TableBuilder Of(Table parent)
    {
        var key = parent.Key.Name;
        Ref(key, parent.Name, parent.KeyEntity!, "../id", "The record that lists the element.");
        return ChildOf(parent, key);
    }

    private TableBuilder Json(
        string name,
        ColumnType type,
        string meaning,
        string? from,
        string? unit = null,
        string? or = null
    ) => Add(new Column(name, type, new Source.Json(from ?? name, or), meaning) { Unit = unit });

    private TableBuilder DatePair(string name, Source source, IReadOnlyList<Lookup> lookups, string meaning)
    {
        Add(new Column(name, ColumnType.Date, source, meaning) { Lookups = lookups });
        return Add(
            new Column(
                $"{name}_key",
                ColumnType.DateKey,
                new Source.DateKeyOf(name),
                $"{meaning[..^1]}, as yyyymmdd; -1 when empty."
            )
            {
                References = "dim_date",
            }
        );
    }

    private TableBuilder Add(Column column)
    {
        _columns.Add(column);
        return this;
    }
}
