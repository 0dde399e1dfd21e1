using System.Globalization;
using VPlanExport.Model;

namespace VPlanExport.PowerBi;

/// <summary>
/// DAX of a measure. Rows are counted by FILTER over the chosen rows, so that a choice of the reader is never replaced.
/// DAX takes an empty value for nothing, so every comparison asks first whether both sides are known. Days are counted
/// between columns that hold a date, never a timestamp.
/// </summary>
internal sealed class Dax(ModelNames names)
{
    private const string Calendar = "dim_date";

    private ModelNames Names => names;

    private string Date => Column(Calendar, "date");

    public string Of(Measure measure)
    {
        var days = new Dictionary<RowValue.Day, string>();
        var body = Of(measure.Formula, days);
        var variables = string.Concat(
            days.Select(day =>
                $"VAR {day.Value} =\n    CALCULATE(MAX({Date}), REMOVEFILTERS(), "
                + $"{Column(Calendar, day.Key.Offset)} = {Number(day.Key.Value)})\n"
            )
        );
        return days.Count == 0
            ? body
            : $"{variables}RETURN\n    {body.Replace("\n", "\n    ", StringComparison.Ordinal)}";
    }

    private string Of(Formula formula, Dictionary<RowValue.Day, string> days) =>
        formula switch
        {
            Formula.Aggregate a => Aggregate(a, days),
            Formula.Of other => names.Of(other.Measure),
            Formula.Ratio r => $"DIVIDE({Of(r.Part, days)}, {Of(r.Whole, days)})",
            Formula.Scaled s => $"DIVIDE({Of(s.Figure, days)}, {Number(s.Divisor)})",
            Formula.Minus m => $"{Of(m.From, days)} - {Of(m.Less, days)}",
            Formula.Plus p => $"{Of(p.First, days)} + {Of(p.Second, days)}",
            Formula.During d => $"CALCULATE({Of(d.Figure, days)}, REMOVEFILTERS({Table(Calendar)}), "
                + $"{Column(Calendar, d.Offset)} = {Number(d.Value)})",
            Formula.Through t => $"CALCULATE(\n    {Of(t.Figure, days)},\n    TREATAS({Chosen(t, days)}, "
                + $"{Column(t.To.Table, t.To.Column)})\n)",
            Formula.Shared s => SharedOut(s, days),
            _ => throw new ArgumentOutOfRangeException(nameof(formula), formula, "This formula has no DAX yet."),
        };

    private string Aggregate(Formula.Aggregate a, Dictionary<RowValue.Day, string> days)
    {
        var row = new Row(this, a.Table, days);
        var rows = a.Where is null ? Table(a.Table) : $"FILTER({Table(a.Table)}, {row.Holds(a.Where)})";
        var figure = (a.Value, a.Where) switch
        {
            (null, _) => $"COUNTROWS({rows})",
            (RowValue.Own own, null) => $"{Function(a.Kind)}({Column(a.Table, own.Column)})",
            ({ } value, _) => $"{Function(a.Kind)}X({rows}, {row.Value(value)})",
        };
        return a.On is null
            ? figure
            : $"CALCULATE({figure}, USERELATIONSHIP({Column(a.Table, a.On)}, {Column(Calendar, "date_key")}))";
    }

    private string Chosen(Formula.Through through, Dictionary<RowValue.Day, string> days)
    {
        var (table, column) = (Table(through.From.Table), Column(through.From.Table, through.From.Column));
        var values = through.Where is null
            ? $"VALUES({column})"
            : $"SELECTCOLUMNS(FILTER({table}, {new Row(this, through.From.Table, days).Holds(through.Where)}), "
                + $"\"Key\", {column})";
        return $"CALCULATETABLE({values}, REMOVEFILTERS({Table(Calendar)}))";
    }

    private string SharedOut(Formula.Shared shared, Dictionary<RowValue.Day, string> days)
    {
        var (over, figure) = (shared.Over, shared.Figure);
        var (first, second) = (Column(over.Table, shared.FirstKey), Column(over.Table, shared.SecondKey));
        var part = Of(over, days);
        return $"""
            SUMX(
                SUMMARIZE({Table(over.Table)}, {first}, {second}),
                VAR _First = {first}
                VAR _Second = {second}
                VAR _Part = CALCULATE({part})
                VAR _Whole = CALCULATE({part}, REMOVEFILTERS(), {first} = _First, {second} = _Second)
                VAR _Figure =
                    CALCULATE({Of(figure, days)}, REMOVEFILTERS(), {Column(figure.Table, shared.FirstKey)} = _First,
                    {Column(figure.Table, shared.SecondKey)} = _Second)
                RETURN _Figure * DIVIDE(_Part, _Whole)
            )
            """.ReplaceLineEndings("\n");
    }

    private static string Function(Aggregation kind) =>
        kind switch
        {
            Aggregation.Sum => "SUM",
            Aggregation.Count => "COUNT",
            Aggregation.Average => "AVERAGE",
            Aggregation.Least => "MIN",
            Aggregation.Greatest => "MAX",
        };

    private string Table(string table) => names.Quoted(table);

    private string Column(string table, string column) => names.Of(table, column);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A row that FILTER or an iterator stands on.</summary>
    private sealed class Row(Dax dax, string table, Dictionary<RowValue.Day, string> days)
    {
        public string Value(RowValue value) =>
            value switch
            {
                RowValue.Own own => dax.Column(table, own.Column),
                RowValue.Related related => $"RELATED({dax.Column(Dimension(related.Key), related.Column)})",
                RowValue.Day day => Variable(day),
                RowValue.ChosenDay => $"MAX({dax.Date})",
                RowValue.FirstOf first => $"COALESCE({Value(first.First)}, {Value(first.Second)})",
                RowValue.Earlier earlier =>
                    $"MINX(FILTER({{{Value(earlier.First)}, {Value(earlier.Second)}}}, NOT ISBLANK([Value])), [Value])",
                RowValue.Product product => $"{Value(product.First)} * {Value(product.Second)}",
                RowValue.Difference difference => Known(difference.From, difference.To, (from, to) => $"{to} - {from}"),
                RowValue.Days span => Known(span.From, span.To, (from, to) => $"DATEDIFF({from}, {to}, DAY)"),
                RowValue.When chosen => $"IF({Holds(chosen.Condition)}, {Value(chosen.Value)})",
                RowValue.Children children => Children(children),
                _ => throw new ArgumentOutOfRangeException(nameof(value), value, "This value has no DAX yet."),
            };

        public string Holds(RowCondition condition) =>
            condition switch
            {
                RowCondition.Is it => $"{Value(it.Value)} = {Text(it.Text)}",
                RowCondition.IsNot unlike => $"{Value(unlike.Value)} <> {Text(unlike.Text)}",
                RowCondition.OneOf one => $"{Value(one.Value)} IN {{{string.Join(", ", one.Texts.Select(Text))}}}",
                RowCondition.IsTrue flag => $"{Value(flag.Value)} = TRUE()",
                RowCondition.IsFalse flag => $"{Value(flag.Value)} <> TRUE()",
                RowCondition.Known known => $"NOT ISBLANK({Value(known.Value)})",
                RowCondition.Missing missing => $"ISBLANK({Value(missing.Value)})",
                RowCondition.AtMost most => Compared(most.Less, "<=", most.More),
                RowCondition.Before before => Compared(before.Less, "<", before.More),
                RowCondition.Positive positive => $"{Value(positive.Value)} > 0",
                RowCondition.Same same => $"{Value(same.First)} = {Value(same.Second)}",
                RowCondition.Differs differs => Compared(differs.First, "<>", differs.Second),
                RowCondition.Real real => $"{dax.Column(table, real.Key)} <> {Number(SurrogateKey.Unknown)} && "
                    + $"{dax.Column(table, SystemColumns.IsInferred)} <> TRUE()",
                RowCondition.Other other => $"{dax.Column(table, other.Key)} <> {Number(SurrogateKey.Unknown)}",
                RowCondition.Without without =>
                    $"NOT {dax.Column(table, without.Key)} IN ALL({dax.Column(without.Table, without.Key)})",
                RowCondition.Both every => string.Join(" && ", every.All.Select(Holds)),
                RowCondition.Either either => $"({string.Join(" || ", either.Any.Select(Enclosed))})",
                _ => throw new ArgumentOutOfRangeException(
                    nameof(condition),
                    condition,
                    "This condition has no DAX yet."
                ),
            };

        private string Variable(RowValue.Day day)
        {
            var name = day.Offset == "day_offset" ? "_Today" : "_EndOfWeek";
            days.TryAdd(day, name);
            return name;
        }

        private string Dimension(string key) => dax.Names.Dimension(table, key);

        private string Compared(RowValue less, string sign, RowValue more) =>
            string.Concat(MayBeEmpty(less, more).Select(value => $"{value} && "))
            + $"{Value(less)} {sign} {Value(more)}";

        /// <summary>A comparison is several conditions, which belong together.</summary>
        private string Enclosed(RowCondition condition) =>
            condition is RowCondition.Before or RowCondition.AtMost ? $"({Holds(condition)})" : Holds(condition);

        /// <summary>Asks whether a value is known; a day of the calendar is.</summary>
        private IEnumerable<string> MayBeEmpty(params RowValue[] values) =>
            values.Where(v => v is not (RowValue.Day or RowValue.ChosenDay)).Select(v => $"NOT ISBLANK({Value(v)})");

        private string Known(RowValue from, RowValue to, Func<string, string, string> result) =>
            $"IF({string.Join(" && ", MayBeEmpty(from, to))}, {result(Value(from), Value(to))})";

        /// <summary>All rows of the other table with the row's key: the choices of the reader, and the row itself, do
        /// not reach them.</summary>
        private string Children(RowValue.Children children)
        {
            var child = new Row(dax, children.Table, days);
            var figure = children.Column is { } column
                ? $"{Function(children.Kind)}({dax.Column(children.Table, column)})"
                : $"COUNTROWS({dax.Table(children.Table)})";
            var where = children.Where is null ? "" : $", {child.Holds(children.Where)}";
            return $"CALCULATE({figure}, REMOVEFILTERS(), TREATAS({{{dax.Column(table, children.Key)}}}, "
                + $"{dax.Column(children.Table, children.Key)}){where})";
        }

        private static string Text(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
