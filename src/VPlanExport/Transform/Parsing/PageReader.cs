using System.Text;
using System.Text.Json;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Transform.Quality;

namespace VPlanExport.Transform.Parsing;

/// <summary>
/// Reads landed pages of one entity straight into column buffers: no object per row, no boxing, no reflection. Unknown
/// properties are counted, absent ones are null, and a record that breaks its contract is taken out whole and told. One
/// reader is used by one thread.
/// </summary>
internal sealed class PageReader
{
    private readonly Entity _entity;
    private readonly PropertyMap _record = new("");
    private readonly TableReader[] _tables;
    private readonly TableReader[] _rows;
    private readonly TableReader[] _elements;
    private readonly ColumnBinder _binding;
    private readonly KeyEncoders _keys = new();
    private readonly RecordReader _reader;
    private readonly IReadOnlyDictionary<long, RowPosition> _lastPlaces;
    private (int Page, DateTime ReadAt) _origin;

    public PageReader(Entity entity, RunContext run, IReadOnlyDictionary<long, RowPosition> lastPlaces)
    {
        (_entity, _lastPlaces) = (entity, lastPlaces);
        _tables = [.. entity.Tables.Select(t => new TableReader(t))];
        _rows = [.. _tables.Where(t => !t.Table.IsNested)];
        _elements = [.. _tables.Where(t => t.Table.IsNested)];
        _binding = new ColumnBinder(entity, run, _record, _tables, _keys);
        _binding.Bind();
        _reader = new RecordReader(_record, _keys);
    }

    public IEnumerable<RowBatch> Batches => _tables.Select(t => t.Batch);

    public IEnumerable<(string Dimension, IReadOnlyDictionary<long, string> Members)> References => _keys.References;

    public long Records { get; private set; }

    /// <summary>Records whose rows are in the batches.</summary>
    public long Accepted { get; private set; }

    /// <summary>Records left out because a later page holds them again.</summary>
    public long Superseded { get; private set; }

    /// <summary>Texts that were cut, by table.column.</summary>
    public IEnumerable<(string Column, long Count)> CutTexts => _binding.CutTexts;

    /// <summary>Since <see cref="Clear"/>.</summary>
    public List<Reject> Rejects { get; } = [];

    /// <summary>What no column can hold, by path, with how often it came: properties not known, elements without an
    /// id.</summary>
    public IEnumerable<(string Path, long Count)> Unknown =>
        _record
            .Unknown.Concat(_elements.SelectMany(e => e.Element.Unknown))
            .Select(p => (p.Path, p.Seen))
            .Concat(_elements.Where(e => e.WithoutId > 0).Select(e => ($"{e.Table.Path}[] without id", e.WithoutId)));

    /// <summary>Of accepted records: the keys of those without the nested table's array, of those whose elements came
    /// apart, and how many had the array.</summary>
    public (IReadOnlyList<long> AbsentIn, IReadOnlyList<long> Apart, long Arrays) Seen(Table nested)
    {
        var table = _elements.Single(e => e.Table == nested);
        return (table.AbsentIn, table.Apart, table.Arrays);
    }

    public void Clear()
    {
        foreach (var table in _tables)
            table.Clear();
        _keys.Clear();
        Rejects.Clear();
    }

    /// <summary>Reads every record of a page's <c>data</c>.</summary>
    /// <exception cref="JsonException">The page is not whole.</exception>
    public void ReadPage(ReadOnlySpan<byte> json, int page, DateTime readAt)
    {
        StartPage(page, readAt);
        var reader = new Utf8JsonReader(json, ValueContract.Json);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject && !PageData.SkipTo(ref reader))
            return;
        var row = 0;
        while (PageData.Next(ref reader))
            ReadRecord(ref reader, json, new RowPosition(page, row++));
        foreach (var table in _tables)
            table.Fill();
    }

    /// <summary>Reads a page whose <c>data</c> is one record's elements, as if the record held them; of the record
    /// itself nothing is kept.</summary>
    /// <exception cref="JsonException">The page is not whole.</exception>
    public void ReadList(ReadOnlySpan<byte> json, LandedList list, int page, DateTime readAt)
    {
        StartPage(page, readAt);
        var table = _elements.Single(e => e.Table.Path == list.Relation);
        foreach (var each in _tables)
            each.BeginRecord();
        var record = PageData.AsRecord(json, list);
        var reader = new Utf8JsonReader(record, ValueContract.Json);
        reader.Read();
        if (_reader.Read(ref reader, record, _rows[0]) is { } broken)
            throw new JsonException(
                $"{list.Relation} of {list.RecordId} cannot be read: {broken.Field} {broken.Reason}."
            );
        var key = _rows[0].Batch.Key(_rows[0].Cursor.Row);
        table.Apart.Add(key);
        table.FinishElements(_reader.RecordId, key);
        _keys.Reference(table.Table.Parent!.Table, _entity.Main.KeyEntity!).Of(_reader.RecordId);
        TakeBadElements(json, list.Relation);
        foreach (var other in _tables.Where(t => t != table))
            other.DropRecord();
        foreach (var each in _tables)
            each.Fill();
    }

    private void StartPage(int page, DateTime readAt)
    {
        _origin = (page, readAt);
        foreach (var table in _tables)
            table.Batch.Typed<DateTime>("extracted_at").FillWith(readAt);
    }

    private void ReadRecord(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, RowPosition place)
    {
        Records++;
        var start = (int)reader.TokenStartIndex;
        var mark = _keys.Mark;
        foreach (var table in _tables)
            table.BeginRecord();
        var violation = _reader.Read(ref reader, json, _rows[0]);
        if (_rows[0].HasKey && IsSuperseded(place))
            Superseded++;
        else if (violation is { } broken)
            Reject(broken, json[start..(int)reader.BytesConsumed]);
        else
        {
            Accept(json[start..(int)reader.BytesConsumed]);
            return;
        }
        Drop(mark);
    }

    private bool IsSuperseded(RowPosition place) =>
        _lastPlaces.Count > 0
        && _lastPlaces.TryGetValue(_rows[0].Batch.Key(_rows[0].Cursor.Row), out var last)
        && last != place;

    private void Accept(ReadOnlySpan<byte> raw)
    {
        Accepted++;
        var key = _rows[0].Batch.Key(_rows[0].Cursor.Row);
        foreach (var table in _elements)
            table.FinishElements(_reader.RecordId, key);
        foreach (var table in _rows)
            table.FinishRow();
        TakeBadElements(raw, null);
    }

    /// <param name="landed">What is kept: the record, or the page of its list.</param>
    private void TakeBadElements(ReadOnlySpan<byte> landed, string? list)
    {
        if (_reader.BadElements.Count == 0)
            return;
        var record = Encoding.UTF8.GetString(landed);
        foreach (var (table, broken, raw) in _reader.BadElements)
            Rejects.Add(New(table.Table.Name, broken, raw, record) with { List = list });
    }

    private void Reject(Violation broken, ReadOnlySpan<byte> raw)
    {
        var record = Encoding.UTF8.GetString(raw);
        Rejects.Add(New(_entity.Main.KeyEntity!, broken, record, record));
    }

    private Reject New(string subject, Violation broken, string raw, string record) =>
        new(_entity.Name, subject, Id, broken.Field, broken.Value, broken.Reason, raw)
        {
            Page = _origin.Page,
            ReadAt = _origin.ReadAt,
            Record = record,
        };

    private string Id =>
        _rows[0].Joined is not { } joined ? Encoding.UTF8.GetString(_reader.RecordId)
        : joined.IsWhole ? joined.Id
        : "";

    private void Drop(int mark)
    {
        foreach (var table in _tables)
            table.DropRecord();
        _keys.DropTo(mark);
    }
}
