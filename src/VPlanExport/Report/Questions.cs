using System.Data.Common;
using System.Globalization;
using System.Numerics;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Warehouse;

namespace VPlanExport.Report;

/// <summary>
/// What the report asks the warehouse, in SQL that DuckDB and SQL Server both read. A figure is asked for by its
/// measure: with the SQL that the catalog declares for it over the views in <c>bi</c>.
/// </summary>
/// <param name="engine">duckdb or sqlserver.</param>
internal sealed class Questions(WarehouseSession session, string engine)
{
    private readonly MeasureSql _sql = new(engine, Catalog.Tables);

    /// <summary>The rows of a question; a question mark in it is a parameter.</summary>
    public List<T> Rows<T>(string sql, Func<DbDataReader, T> read, params object?[] parameters) =>
        session.Rows(sql, read, parameters);

    /// <summary>The first rows of a question that ends with an order.</summary>
    public List<T> First<T>(int rows, string sql, Func<DbDataReader, T> read, params object?[] parameters) =>
        session.Rows(
            string.Create(CultureInfo.InvariantCulture, $"{sql} OFFSET 0 ROWS FETCH NEXT {rows} ROWS ONLY"),
            read,
            parameters
        );

    /// <summary>A measure of the rows of its view for which a condition holds; null where there are none.</summary>
    public double? Value(Measure measure, string where = "", params object?[] parameters) =>
        session.Rows($"SELECT {Where(measure, where)}", row => Number(row, 0), parameters).Single();

    /// <summary>A measure by the values of a column of its view, without those for which it is empty.</summary>
    public Dictionary<string, double> By(
        string column,
        Measure measure,
        string where = "",
        params object?[] parameters
    ) =>
        session
            .Rows(
                $"SELECT {column}, {Where(measure, where)} GROUP BY {column}",
                row => (Key: Text(row, 0), Value: Number(row, 1)),
                parameters
            )
            .Where(row => row.Value is not null)
            .ToDictionary(row => row.Key, row => row.Value!.Value);

    /// <summary>A measure of those rows that slices choose, by its formula.</summary>
    public double? Sliced(Measure measure, params IReadOnlyList<Slice> slices) =>
        session.Rows($"SELECT {_sql.Of(measure, slices)} AS value", row => Number(row, 0)).Single();

    /// <summary>A sum of whole numbers is a large one in DuckDB.</summary>
    public static double? Number(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null
        : row.GetValue(column) is BigInteger sum ? (double)sum
        : Convert.ToDouble(row.GetValue(column), null);

    /// <summary>Of a column by its name; null, too, where the journal is an earlier version's and lacks it.</summary>
    public static double? Number(DbDataReader row, string column) =>
        Enumerable.Range(0, row.FieldCount).FirstOrDefault(i => row.GetName(i) == column, -1) is >= 0 and var found
            ? Number(row, found)
            : null;

    public static string Text(DbDataReader row, int column) =>
        row.IsDBNull(column) ? "" : Convert.ToString(row.GetValue(column), null) ?? "";

    public static DateOnly? Day(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);

    public static DateTime? Moment(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetDateTime(column);

    private static string Where(Measure measure, string where)
    {
        var view =
            measure.View ?? throw new ArgumentException($"No view for people has {measure.Name}.", nameof(measure));
        var joint = view.Contains(" WHERE ", StringComparison.Ordinal) ? "AND" : "WHERE";
        return where == "" ? view : $"{view} {joint} {where}";
    }
}
