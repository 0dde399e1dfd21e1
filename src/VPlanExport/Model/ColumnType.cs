namespace VPlanExport.Model;

/// <summary>The closed set of column types. A new member breaks every dialect's switch at compile time:
/// wanted.</summary>
public enum ColumnKind
{
    /// <summary>Int64 surrogate key, never null: -1 is the unknown member.</summary>
    Key,

    /// <summary>vPlan's id as it is sent: opaque text of at most 36 characters.</summary>
    Id,

    /// <summary>Text of at most <see cref="ColumnType.Length"/> characters; longer values are cut and
    /// counted.</summary>
    Text,
    Int32,
    Int64,
    Bool,

    /// <summary>Decimal(precision ≤ 18, scale), rounded half away from zero; a value that does not fit is a
    /// reject.</summary>
    Decimal,
    Date,

    /// <summary>Int32 yyyymmdd, never null: -1 when there is no date.</summary>
    DateKey,

    /// <summary>Time of day as text HH:mm, in the environment's local time; 24:00 is the end of the day.</summary>
    Time,

    /// <summary>UTC timestamp with microseconds.</summary>
    Timestamp,

    /// <summary>The property's raw JSON text.</summary>
    Json,
}

/// <summary>A column's type: its kind and, where the kind has them, its length or its precision and scale.</summary>
internal readonly record struct ColumnType(ColumnKind Kind, int Length = 0, int Precision = 0, int Scale = 0)
{
    public static readonly ColumnType Key = new(ColumnKind.Key);
    public static readonly ColumnType Id = new(ColumnKind.Id, Length: 36);
    public static readonly ColumnType Int32 = new(ColumnKind.Int32);
    public static readonly ColumnType Int64 = new(ColumnKind.Int64);
    public static readonly ColumnType Bool = new(ColumnKind.Bool);
    public static readonly ColumnType Date = new(ColumnKind.Date);
    public static readonly ColumnType DateKey = new(ColumnKind.DateKey);
    public static readonly ColumnType Time = new(ColumnKind.Time, Length: 5);
    public static readonly ColumnType Timestamp = new(ColumnKind.Timestamp);
    public static readonly ColumnType Json = new(ColumnKind.Json);

    public static ColumnType Text(int length) => new(ColumnKind.Text, Length: length);

    public static ColumnType Decimal(int precision, int scale) =>
        new(ColumnKind.Decimal, Precision: precision, Scale: scale);

    /// <summary>Keys and date keys hold -1 instead of null.</summary>
    public bool IsNullable => Kind is not (ColumnKind.Key or ColumnKind.DateKey);

    public override string ToString() =>
        Kind switch
        {
            ColumnKind.Text => $"Text({Length})",
            ColumnKind.Decimal => $"Decimal({Precision},{Scale})",
            _ => Kind.ToString(),
        };
}
