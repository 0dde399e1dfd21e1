using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.PowerBi;

/// <summary>The file of a table: measures, columns, hierarchies, partition.</summary>
internal sealed class TmdlTable(ModelNames names, ModelSource source)
{
    public string Of(Table table)
    {
        var file = new TmdlWriter().Description(0, table.Grain).Line(0, $"table {TmdlWriter.Name(names.Table(table))}");
        file.Flag(1, "isHidden", table.Kind == TableKind.Bridge);
        file.Property(1, "lineageTag", StableGuid.Of($"table/{table.Name}"))
            .Property(1, "dataCategory", ModelColumns.IsCalendar(table) ? "Time" : null)
            .Blank();
        foreach (var measure in Measures.All.Where(m => m.Table == table.Name))
            Write(file, measure);
        foreach (var column in ModelColumns.Of(table))
            Write(file, table, column);
        if (ModelColumns.IsCalendar(table))
            WriteHierarchies(file, table);
        WritePartition(file, table);
        if (
            source is ModelSource.SqlServer { IsIncremental: true }
            && ModelSource.SqlServer.IncrementalKey(table) is not null
        )
            WritePolicy(file, table);
        return file.ToString();
    }

    public static string Format(Measure measure) =>
        measure.Format switch
        {
            MeasureFormat.Hours or MeasureFormat.Days => "#,##0.0",
            MeasureFormat.Count => "#,##0",
            MeasureFormat.Percent => "#,##0.0%",
            MeasureFormat.Amount => "#,##0.00",
            MeasureFormat.Date => "yyyy-mm-dd",
            MeasureFormat.Moment => "yyyy-mm-dd hh:nn",
        };

    private void Write(TmdlWriter file, Measure measure) =>
        file.Description(1, $"{measure.Meaning}{(measure.Unit == "" ? "" : $" Unit: {measure.Unit}.")}")
            .Expression(1, $"measure {TmdlWriter.Name(names.Measure(measure))}", new Dax(names).Of(measure))
            .Property(2, "formatString", Format(measure))
            .Property(2, "displayFolder", names.Folder(measure))
            .Property(2, "lineageTag", StableGuid.Of($"measure/{measure.Name}"))
            .Blank();

    private void Write(TmdlWriter file, Table table, Column column)
    {
        var isHidden = ModelColumns.IsHidden(table, column);
        var folder = ModelColumns.Folder(table, column);
        file.Description(1, column.Meaning + Reference(column))
            .Line(1, $"column {TmdlWriter.Name(names.Column(table, column))}")
            .Property(2, "dataType", ModelColumns.Type(column))
            .Flag(2, "isHidden", isHidden)
            .Flag(2, "isKey", ModelColumns.IsKey(table, column))
            .Property(2, "formatString", ModelColumns.Format(column))
            .Property(2, "isAvailableInMdx", isHidden && !ModelColumns.IsUsed(table, column) ? "false" : null)
            .Property(
                2,
                "displayFolder",
                folder is { } named
                    ? names.IsDutch
                        ? named.Dutch
                        : named.English
                    : null
            )
            .Property(2, "lineageTag", StableGuid.Of($"column/{table.Name}/{column.Name}"))
            .Property(2, "summarizeBy", "none")
            .Property(2, "sourceColumn", column.Name)
            .Property(
                2,
                "sortByColumn",
                ModelColumns.SortedBy(table, column) is { } sort
                    ? TmdlWriter.Name(names.Column(table, table[sort]))
                    : null
            )
            .Blank()
            .Line(2, "annotation SummarizationSetBy = User")
            .Blank();
        if (column.Type.Kind == ColumnKind.Date)
            file.Line(2, "annotation UnderlyingDateTimeDataType = Date").Blank();
    }

    private string Reference(Column column) =>
        column.References is { } dimension ? $" Refers to {names.Table(Catalog.Table(dimension))}." : "";

    private void WriteHierarchies(TmdlWriter file, Table table)
    {
        foreach (var (english, dutch, levels) in ModelColumns.Hierarchies)
        {
            file.Line(1, $"hierarchy {TmdlWriter.Name(names.IsDutch ? dutch : english)}")
                .Property(2, "lineageTag", StableGuid.Of($"hierarchy/{english}"))
                .Blank();
            foreach (var level in levels)
            {
                var name = TmdlWriter.Name(names.Column(table, table[level]));
                file.Line(2, $"level {name}")
                    .Property(3, "lineageTag", StableGuid.Of($"hierarchy/{english}/{level}"))
                    .Property(3, "column", name)
                    .Blank();
            }
        }
    }

    private void WritePartition(TmdlWriter file, Table table) =>
        file.Line(1, $"partition {TmdlWriter.Name(names.Table(table))} = m")
            .Property(2, "mode", "import")
            .Expression(2, "source", source.Of(table))
            .Blank();

    /// <summary>Five years are kept, and the last three months are read again.</summary>
    private void WritePolicy(TmdlWriter file, Table table) =>
        file.Line(1, "refreshPolicy")
            .Property(2, "policyType", "basic")
            .Property(2, "rollingWindowGranularity", "year")
            .Property(2, "rollingWindowPeriods", "5")
            .Property(2, "incrementalGranularity", "month")
            .Property(2, "incrementalPeriods", "3")
            .Expression(2, "sourceExpression", source.Of(table));
}
