using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.Transform.Parsing;

/// <summary>Ties every column of an entity's tables to the properties that feed it: in the element, or in the record
/// around it.</summary>
internal sealed class ColumnBinder(
    Entity entity,
    RunContext run,
    PropertyMap record,
    IReadOnlyList<TableReader> tables,
    KeyEncoders keys
)
{
    private static readonly string[] Stamps = ["created_at", "updated_at", "deleted_at", "archived_at"];

    private readonly BusinessZone _zone = new(run.Zone);
    private readonly List<(string Column, TextColumnWriter Cell)> _texts = [];

    /// <summary>Texts that were cut, by table.column.</summary>
    public IEnumerable<(string Column, long Count)> CutTexts =>
        _texts.Where(t => t.Cell.Cuts > 0).Select(t => (t.Column, t.Cell.Cuts));

    public void Bind()
    {
        foreach (var table in tables)
        {
            if (table.Table.IsNested)
                BindElements(table);
            for (var i = 0; i < table.Table.Columns.Count; i++)
                Bind(table, table.Table.Columns[i], table.Batch[i]);
        }
        foreach (var name in entity.IgnoredProperties)
            LeaveOut(name.Split("[]."));
    }

    private void LeaveOut(string[] path)
    {
        var place = path.Length == 1 ? record : tables.First(t => t.Table.Path == path[0]).Element;
        place.Known(path[^1]);
    }

    /// <summary>Elements repeat what their own entity says (an activity's description on a card) and whose they
    /// are.</summary>
    private void BindElements(TableReader table)
    {
        foreach (var path in table.Table.Paths)
            record.Known(path).Rows = table;
        foreach (var name in (string[])[$"{entity.Main.KeyEntity}_id", "pivot", .. Stamps])
            table.Element.Known(name);
        foreach (
            var column in table.Table.Columns.Where(c =>
                c.Source is Source.KeyOf { Paths: ["id"] } && table.Links is not null
            )
        )
            Repeat(table.Element, column);
    }

    /// <summary>What stands where the column's id is may say everything that the entity's own list says of
    /// it.</summary>
    private static void Repeat(PropertyMap place, Column column)
    {
        foreach (var other in Catalog.All.Where(e => e.Tables.Any(t => t.Name == column.References)))
        {
            var nested = other.Tables.Where(t => t.IsNested).SelectMany(t => t.Paths);
            foreach (
                var name in other
                    .Tables.SelectMany(t => t.Columns)
                    .SelectMany(Names)
                    .Concat([$"{other.Main.KeyEntity}_id", .. nested, .. other.IgnoredProperties, .. Stamps])
            )
                place.Known(name);
        }
    }

    private static IEnumerable<string> Names(Column column) =>
        column.Source switch
        {
            Source.Json json => [Name(json.Path), Name(json.Or ?? json.Path)],
            Source.Label label => [Name(label.Path), Name(label.Or ?? label.Path)],
            Source.KeyOf { Paths.Count: 1 } key => [Name(key.Paths[0])],
            _ => [],
        };

    private static string Name(string path) => path.Split('.')[0];

    private void Bind(TableReader table, Column column, ColumnBuffer buffer)
    {
        if (column.Type.Kind == ColumnKind.Key)
            ((ColumnBuffer<long>)buffer).FillWith(SurrogateKey.Unknown);
        else if (column.Type.Kind == ColumnKind.DateKey)
            ((ColumnBuffer<int>)buffer).FillWith((int)SurrogateKey.Unknown);
        switch (column.Source)
        {
            case Source.Json json:
                BindPath(table, column, buffer, json.Path, isAlternate: false);
                if (json.Or is { } or)
                    BindPath(table, column, buffer, or, isAlternate: true);
                break;
            case Source.IsPresent present:
                ((ColumnBuffer<bool>)buffer).FillWith(false);
                BindPath(table, column, buffer, present.Path, isAlternate: false);
                break;
            case Source.BusinessDate date:
                BindPath(table, column, buffer, date.Path, isAlternate: false);
                break;
            case Source.Label label:
                BindPath(table, column, buffer, label.Path, isAlternate: false);
                if (label.Or is { } second)
                    BindPath(table, column, buffer, second, isAlternate: true);
                break;
            case Source.KeyOf { Paths.Count: > 1 } joined when !table.Table.IsNested:
                foreach (var (part, path) in joined.Paths.Index())
                    record
                        .Known(path)
                        .Add(
                            new JoinedKeyWriter(column, (ColumnBuffer<long>)buffer, table.Cursor, table.Joined!, part)
                        );
                break;
            case Source.KeyOf { Paths.Count: 2 } link:
                table
                    .Element.Known("id")
                    .Add(new LinkWriter(column, (ColumnBuffer<long>)buffer, table.Cursor, table.Links!));
                if (link.Or is { } name)
                    table
                        .Element.Known(name)
                        .Add(
                            new LinkWriter(column, (ColumnBuffer<long>)buffer, table.Cursor, table.Links!)
                            {
                                IsAlternate = true,
                            }
                        );
                break;
            case Source.KeyOf key:
                BindPath(table, column, buffer, key.Paths[0], isAlternate: false);
                if (key.Paths[0].EndsWith(".id", StringComparison.Ordinal))
                    Repeat(record.Known(Name(key.Paths[0])).Inner!, column);
                break;
            case Source.Sum sum:
                table.Add(new SumAggregate(Child(sum.Array), Addends(sum), (ColumnBuffer<long>)buffer));
                break;
            case Source.Count count when tables.Any(t => t.Table.Path == count.Array):
                table.Add(new CountAggregate(Child(count.Array), (ColumnBuffer<int>)buffer));
                break;
            case Source.Count count:
                record.Known(count.Array).Add(new CountWriter(column, (ColumnBuffer<int>)buffer, table.Cursor));
                break;
            case Source.Constant constant:
                ((ColumnBuffer<string>)buffer).FillWith(constant.Text);
                break;
            case Source.RunId:
                ((ColumnBuffer<string>)buffer).FillWith(run.RunId);
                break;
            case Source.IsInferred:
                ((ColumnBuffer<bool>)buffer).FillWith(false);
                break;
        }
    }

    private TableReader Child(string array) => tables.Single(t => t.Table.Path == array);

    private ColumnBuffer<long> Addends(Source.Sum sum)
    {
        var child = Child(sum.Array);
        return child.Batch.Typed<long>(
            child.Table.Columns.Single(c => c.Source == new Source.Json(sum.Path, sum.Or)).Name
        );
    }

    private void BindPath(TableReader table, Column column, ColumnBuffer buffer, string path, bool isAlternate)
    {
        if (!path.StartsWith("../", StringComparison.Ordinal))
        {
            var place = table.Table.IsNested ? table.Element : record;
            place.At(path).Add(CellFor(table, column, buffer, table.Cursor, isAlternate));
            return;
        }
        var kept = ColumnBuffer.For(column.Type);
        table.Add(new OuterValue(buffer, kept));
        record.At(path[3..]).Add(CellFor(table, column, kept, new RowCursor(), isAlternate));
    }

    private ColumnWriter CellFor(
        TableReader table,
        Column column,
        ColumnBuffer buffer,
        RowCursor cursor,
        bool isAlternate
    )
    {
        if (column.Source is Source.IsPresent)
            return new PresenceWriter(column, (ColumnBuffer<bool>)buffer, cursor) { IsAlternate = isAlternate };
        return column.Type.Kind switch
        {
            ColumnKind.Key => new KeyWriter(
                column,
                (ColumnBuffer<long>)buffer,
                cursor,
                CacheFor((Source.KeyOf)column.Source, column)
            )
            {
                IsAlternate = isAlternate,
            },
            ColumnKind.Int64 => new Int64Writer(column, (ColumnBuffer<long>)buffer, cursor)
            {
                IsAlternate = isAlternate,
            },
            ColumnKind.Int32 or ColumnKind.DateKey => new Int32Writer(column, (ColumnBuffer<int>)buffer, cursor)
            {
                IsAlternate = isAlternate,
            },
            ColumnKind.Bool => new BoolWriter(column, (ColumnBuffer<bool>)buffer, cursor) { IsAlternate = isAlternate },
            ColumnKind.Decimal => new DecimalWriter(column, (ColumnBuffer<decimal>)buffer, cursor)
            {
                IsAlternate = isAlternate,
            },
            ColumnKind.Date when column.Source is Source.BusinessDate => new BusinessDateWriter(
                column,
                (ColumnBuffer<DateOnly>)buffer,
                cursor,
                _zone
            )
            {
                IsAlternate = isAlternate,
            },
            ColumnKind.Date => new DateWriter(column, (ColumnBuffer<DateOnly>)buffer, cursor, _zone)
            {
                IsAlternate = isAlternate,
            },
            ColumnKind.Time => new TimeWriter(column, (ColumnBuffer<string>)buffer, cursor)
            {
                IsAlternate = isAlternate,
            },
            ColumnKind.Timestamp => new TimestampWriter(column, (ColumnBuffer<DateTime>)buffer, cursor)
            {
                IsAlternate = isAlternate,
            },
            ColumnKind.Id => new IdWriter(column, (ColumnBuffer<string>)buffer, cursor) { IsAlternate = isAlternate },
            ColumnKind.Text when column.Source is Source.Label => Counted(
                table,
                new LabelWriter(column, (ColumnBuffer<string>)buffer, cursor) { IsAlternate = isAlternate }
            ),
            ColumnKind.Text => Counted(
                table,
                new TextColumnWriter(column, (ColumnBuffer<string>)buffer, cursor) { IsAlternate = isAlternate }
            ),
            ColumnKind.Json => new JsonWriter(column, (ColumnBuffer<string>)buffer, cursor)
            {
                IsAlternate = isAlternate,
            },
        };
    }

    private TextColumnWriter Counted(TableReader table, TextColumnWriter cell)
    {
        _texts.Add(($"{table.Table.Name}.{cell.Column.Name}", cell));
        return cell;
    }

    /// <summary>The record around an element is in the run's rows itself: no reference that could dangle.</summary>
    private KeyEncoder CacheFor(Source.KeyOf source, Column column) =>
        column.References is { } dimension && source.Paths[0] != "../id"
            ? keys.Reference(dimension, source.Entity)
            : keys.Own(source.Entity);
}
