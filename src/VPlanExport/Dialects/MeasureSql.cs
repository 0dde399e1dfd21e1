using System.Globalization;
using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>A choice of rows of a dimension: figures of the tables that refer to it count only theirs.</summary>
/// <param name="Keys">A SELECT of the chosen keys.</param>
internal sealed record Slice(string Dimension, string Keys)
{
    /// <summary>The rows of a dimension for which a condition holds.</summary>
    /// <param name="condition">SQL over the columns of the dimension.</param>
    public static Slice Of(Table dimension, string condition) =>
        new(dimension.Name, $"SELECT {dimension.Key.Name} FROM bi.{dimension.Name} WHERE {condition}");
}

/// <summary>
/// SQL of a measure, as one scalar expression over the views in <c>bi</c>: the same figure as the DAX measure of the
/// Power BI model gives. Days are counted between columns that hold a date, never a timestamp.
/// </summary>
/// <param name="engine">duckdb or sqlserver.</param>
internal sealed class MeasureSql(string engine, IReadOnlyList<Table> tables)
{
    private const string Calendar = "dim_date";

    public string Of(Measure measure, params IReadOnlyList<Slice> slices) => Of(measure.Formula, slices);

    private string Of(Formula formula, IReadOnlyList<Slice> slices) =>
        formula switch
        {
            Formula.Aggregate a => $"(SELECT {Selecting(new Rows(this, a.Table, slices, a.On), a)})",
            Formula.Of other => Of(other.Measure.Formula, slices),
            Formula.Ratio r => $"({Double(Of(r.Part, slices))} / nullif({Of(r.Whole, slices)}, 0))",
            Formula.Scaled s => string.Create(
                CultureInfo.InvariantCulture,
                $"({Double(Of(s.Figure, slices))} / {s.Divisor})"
            ),
            Formula.Minus m => $"(coalesce({Of(m.From, slices)}, 0) - coalesce({Of(m.Less, slices)}, 0))",
            Formula.Plus p => $"(coalesce({Of(p.First, slices)}, 0) + coalesce({Of(p.Second, slices)}, 0))",
            Formula.During d => Of(
                d.Figure,
                [
                    .. WithoutDays(slices),
                    new Slice(
                        Calendar,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"SELECT date_key FROM bi.{Calendar} WHERE {d.Offset} = {d.Value}"
                        )
                    ),
                ]
            ),
            Formula.Through t => Of(t.Figure, [.. slices, Selected(t, slices)]),
            Formula.Shared s => SharedOut(s, slices),
            _ => throw new ArgumentOutOfRangeException(nameof(formula), formula, "This formula has no SQL yet."),
        };

    private static string Selecting(Rows rows, Formula.Aggregate a) => rows.Total(a.Kind, a.Value) + rows.From(a.Where);

    private static string Double(string expression) => $"cast({expression} AS FLOAT(53))";

    private static IEnumerable<Slice> WithoutDays(IEnumerable<Slice> slices) =>
        slices.Where(s => s.Dimension != Calendar);

    private Slice Selected(Formula.Through through, IReadOnlyList<Slice> slices)
    {
        var rows = new Rows(this, through.From.Table, [.. WithoutDays(slices)], null);
        var values = $"SELECT f.{through.From.Column}{rows.From(through.Where)}";
        var to = Table(through.To.Table);
        return through.To.Column == to.Key.Name
            ? new Slice(to.Name, values)
            : Slice.Of(to, $"{through.To.Column} IN ({values})");
    }

    private string SharedOut(Formula.Shared shared, IReadOnlyList<Slice> slices)
    {
        var keys = $"f.{shared.FirstKey}, f.{shared.SecondKey}";
        var (part, whole, figure) = (ByKeys(shared.Over, slices), ByKeys(shared.Over, []), ByKeys(shared.Figure, []));
        return $"(SELECT sum({Double("figure.value")} * part.value / nullif(whole.value, 0)) FROM ({part}) part"
            + $" JOIN ({whole}) whole ON {OnKeys("whole")} JOIN ({figure}) figure ON {OnKeys("figure")})";

        string OnKeys(string other) =>
            $"{other}.{shared.FirstKey} = part.{shared.FirstKey} AND {other}.{shared.SecondKey} = "
            + $"part.{shared.SecondKey}";

        string ByKeys(Formula.Aggregate a, IReadOnlyList<Slice> chosen)
        {
            var rows = new Rows(this, a.Table, chosen, a.On);
            return $"SELECT {keys}, sum({rows.Value(a.Value!)}) AS value{rows.From(a.Where)} GROUP BY {keys}";
        }
    }

    private IReadOnlyList<Table> Tables => tables;

    private Table Table(string name) => tables.Single(t => t.Name == name);

    /// <summary>Rows of one view with what is joined to them: the row is f.</summary>
    private sealed class Rows(MeasureSql sql, string table, IReadOnlyList<Slice> slices, string? on, string alias = "f")
    {
        /// <summary>What is joined, with @ for its own name; a name is its place here.</summary>
        private readonly List<string> _joins = [];

        /// <summary>Asked for last: until then values join what they need.</summary>
        public string From(RowCondition? where)
        {
            var conditions = slices.Select(Chosen).OfType<string>().ToList();
            if (where is not null)
                conditions.Insert(0, Holds(where));
            var joins = string.Concat(_joins.Select((join, i) => join.Replace("@", Name(i), StringComparison.Ordinal)));
            return $" FROM bi.{table} {alias}{joins}{(conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ",
                conditions)}")}";
        }

        public string Total(Aggregation kind, RowValue? value) =>
            kind switch
            {
                Aggregation.Sum => $"sum({Value(value!)})",
                Aggregation.Count => "count(*)",
                Aggregation.Average => $"avg({Double(Value(value!))})",
                Aggregation.Least => $"min({Value(value!)})",
                Aggregation.Greatest => $"max({Value(value!)})",
            };

        public string Value(RowValue value) =>
            value switch
            {
                RowValue.Own own => $"{alias}.{own.Column}",
                RowValue.Related related => $"{Joined(Dimension(related.Key), related.Key)}.{related.Column}",
                RowValue.Day day => LastDay(
                    string.Create(CultureInfo.InvariantCulture, $" WHERE {day.Offset} = {day.Value}")
                ),
                RowValue.ChosenDay => LastDay(
                    slices.FirstOrDefault(s => s.Dimension == Calendar) is { } days
                        ? $" WHERE date_key IN ({days.Keys})"
                        : ""
                ),
                RowValue.FirstOf first => $"coalesce({Value(first.First)}, {Value(first.Second)})",
                RowValue.Earlier earlier => Earlier(Value(earlier.First), Value(earlier.Second)),
                RowValue.Product product => $"({Value(product.First)} * {Value(product.Second)})",
                RowValue.Difference difference => $"({Value(difference.To)} - {Value(difference.From)})",
                RowValue.Days days => Days(Value(days.From), Value(days.To)),
                RowValue.When chosen => $"CASE WHEN {Holds(chosen.Condition)} THEN {Value(chosen.Value)} END",
                RowValue.Children children => Joined(children),
                _ => throw new ArgumentOutOfRangeException(nameof(value), value, "This value has no SQL yet."),
            };

        public string Holds(RowCondition condition) =>
            condition switch
            {
                RowCondition.Is it => $"{Value(it.Value)} = {SqlText.Literal(it.Text)}",
                RowCondition.IsNot unlike => $"coalesce({Value(unlike.Value)}, '') <> {SqlText.Literal(unlike.Text)}",
                RowCondition.OneOf one =>
                    $"{Value(one.Value)} IN ({string.Join(", ", one.Texts.Select(SqlText.Literal))})",
                RowCondition.IsTrue flag => $"{Value(flag.Value)} = 1",
                RowCondition.IsFalse flag => $"coalesce({Value(flag.Value)}, 0) = 0",
                RowCondition.Known known => $"{Value(known.Value)} IS NOT NULL",
                RowCondition.Missing missing => $"{Value(missing.Value)} IS NULL",
                RowCondition.AtMost most => $"{Value(most.Less)} <= {Value(most.More)}",
                RowCondition.Before before => $"{Value(before.Less)} < {Value(before.More)}",
                RowCondition.Positive positive => $"{Value(positive.Value)} > 0",
                RowCondition.Same same => $"{Value(same.First)} = {Value(same.Second)}",
                RowCondition.Differs differs => $"{Value(differs.First)} <> {Value(differs.Second)}",
                RowCondition.Real real => $"{alias}.{real.Key} <> {SurrogateKey.Unknown} AND "
                    + $"coalesce({alias}.{SystemColumns.IsInferred}, 0) = 0",
                RowCondition.Other other => $"{alias}.{other.Key} <> {SurrogateKey.Unknown}",
                RowCondition.Without without =>
                    $"{alias}.{without.Key} NOT IN (SELECT {without.Key} FROM bi.{without.Table})",
                RowCondition.Both every => string.Join(" AND ", every.All.Select(Holds)),
                RowCondition.Either either => $"({string.Join(" OR ", either.Any.Select(Holds))})",
                _ => throw new ArgumentOutOfRangeException(
                    nameof(condition),
                    condition,
                    "This condition has no SQL yet."
                ),
            };

        private string? Chosen(Slice slice)
        {
            if (sql.Tables.FirstOrDefault(t => t.Name == table) is not { } declared)
                return null;
            var column =
                slice.Dimension == Calendar && on is not null ? on
                : slice.Dimension == table ? declared.Key.Name
                : declared.MainReference(slice.Dimension)?.Name ?? Twin(declared, slice.Dimension);
            return column is null ? null : $"{alias}.{column} IN ({slice.Keys})";
        }

        /// <summary>A fact with a row for each member of the dimension has its key.</summary>
        private string? Twin(Table fact, string dimension) =>
            fact.Kind == TableKind.Fact && fact.Key.Name == sql.Table(dimension).Key.Name ? fact.Key.Name : null;

        private string Dimension(string key) =>
            sql.Table(table)[key].References
            ?? sql.Tables.Single(t => t.Kind == TableKind.Dimension && t.Key.Name == key).Name;

        private string Joined(string dimension, string key) =>
            Join($" LEFT JOIN bi.{dimension} @ ON @.{sql.Table(dimension).Key.Name} = {alias}.{key}");

        /// <summary>Joined, because T-SQL adds up no expression with a SELECT in it.</summary>
        private string LastDay(string where) =>
            $"{Join($" CROSS JOIN (SELECT max(date) AS value FROM bi.{Calendar}{where}) @")}.value";

        private string Joined(RowValue.Children children)
        {
            var rows = new Rows(sql, children.Table, [], null, "c");
            var total = rows.Total(children.Kind, children.Column is { } column ? new RowValue.Own(column) : null);
            var grouped =
                $"SELECT c.{children.Key} AS child_key, {total} AS value{rows.From(children.Where)} GROUP BY "
                + $"c.{children.Key}";
            var value = $"{Join($" LEFT JOIN ({grouped}) @ ON @.child_key = {alias}.{children.Key}")}.value";
            return children.Kind is Aggregation.Count or Aggregation.Sum ? $"coalesce({value}, 0)" : value;
        }

        /// <summary>What is joined twice is joined once.</summary>
        private string Join(string join)
        {
            if (!_joins.Contains(join))
                _joins.Add(join);
            return Name(_joins.IndexOf(join));
        }

        private string Name(int join) => string.Create(CultureInfo.InvariantCulture, $"{alias}{join}");

        private static string Earlier(string first, string second) =>
            $"CASE WHEN {first} <= {second} OR {second} IS NULL THEN {first} ELSE {second} END";

        private string Days(string from, string to) =>
            sql.IsSqlServer ? $"datediff(day, {from}, {to})" : $"({to} - {from})";
    }

    private bool IsSqlServer => engine == "sqlserver";
}
