using System.Text;
using System.Text.Json;
using VPlanExport.Model;

namespace VPlanExport.Transform.Parsing;

/// <summary>Walks one record and moves each value into the cells that take it.</summary>
internal sealed class RecordReader(PropertyMap record, KeyEncoders keys)
{
    private readonly List<(ColumnWriter Cell, Violation Violation)> _doubts = [];
    private readonly PropertySlot _id = record.Known("id");
    private byte[] _scratch = new byte[1024];
    private byte[] _recordId = new byte[64];
    private int _recordIdLength;
    private Violation? _violation;

    /// <summary>The id of the record that was read last; empty when it has none.</summary>
    public ReadOnlySpan<byte> RecordId => _recordId.AsSpan(0, _recordIdLength);

    /// <summary>The elements of the record that broke their contract, with their raw JSON.</summary>
    public List<(TableReader Table, Violation Violation, string Raw)> BadElements { get; } = [];

    /// <summary>Reads the record the reader stands on: null, or why it cannot be taken.</summary>
    public Violation? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, TableReader main)
    {
        (_violation, _recordIdLength) = (null, 0);
        BadElements.Clear();
        _doubts.Clear();
        if (reader.TokenType == JsonTokenType.StartObject)
            ReadObject(ref reader, json, record);
        else
            SkipWrong(ref reader, json, "(record)", "a record must be a JSON object");
        Decide(0);
        if (main.HasKey)
            main.PutKey();
        return _violation ?? (main.HasKey ? null : Unidentified(main.Table));
    }

    private static Violation Unidentified(Table table) =>
        table.Key.Source is Source.KeyOf { Paths.Count: > 1 } key
            ? new Violation(string.Join(", ", key.Paths), "", "one of these is missing, and they tell the rows apart")
            : new Violation("id", "", "the id is missing");

    private void ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, PropertyMap plan)
    {
        var property = plan.Start;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            property = plan.Find(ValueContract.Text(ref reader, ref _scratch), property);
            property.Seen++;
            reader.Read();
            ReadValue(ref reader, json, property);
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, PropertySlot property)
    {
        var isStructure = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        if (property.Rows is { Array: not ArrayState.Array } table)
            table.Array = isStructure ? ArrayState.Array : ArrayState.Null;
        if (reader.TokenType == JsonTokenType.Null)
            return;
        if (reader.TokenType == JsonTokenType.StartObject && property.Inner is { } inner)
            ReadObject(ref reader, json, inner);
        else if (isStructure && property.Rows is { } rows)
            ReadElements(ref reader, json, rows);
        else if (isStructure && property.Cells.Length == 0 && property.Inner is null)
            reader.Skip();
        else
            ReadCells(ref reader, json, property);
    }

    private void ReadCells(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, PropertySlot property)
    {
        if (property.Cells.Length == 0 && property.Inner is null && property.Rows is null)
            return;
        var start = (int)reader.TokenStartIndex;
        var type = reader.TokenType;
        var text = ValueContract.Text(ref reader, ref _scratch);
        reader.Skip();
        var value = new PageValue(type, text, json[start..(int)reader.BytesConsumed]);
        if (property == _id && !value.IsStructure && !value.IsNullText)
            SetRecordId(text);
        if (property.Inner is not null || property.Rows is not null)
            CheckEmpty(value, property);
        foreach (var cell in property.Cells)
            Write(cell, value, property);
    }

    private void Write(ColumnWriter cell, in PageValue value, PropertySlot property)
    {
        if ((cell.IsAlternate && cell.IsFilled) || cell.Write(value) is not { } reason)
            return;
        if (cell.IsAlternate)
            _doubts.Add((cell, New(property.Path, value.IsStructure ? value.Raw : value.Text, reason)));
        else
            Violate(property.Path, value.IsStructure ? value.Raw : value.Text, reason);
    }

    /// <summary>A bad second choice does not matter when the first one was there, before it or after.</summary>
    private void Decide(int firstDoubt)
    {
        for (var i = firstDoubt; i < _doubts.Count; i++)
        {
            if (!_doubts[i].Cell.IsFilled)
                _violation ??= _doubts[i].Violation;
        }
        if (_doubts.Count > firstDoubt)
            _doubts.RemoveRange(firstDoubt, _doubts.Count - firstDoubt);
    }

    /// <summary>An array of elements; an object with numbered properties is read as one, as PHP servers send sparse
    /// arrays.</summary>
    private void ReadElements(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, TableReader table)
    {
        while (PageData.Next(ref reader))
        {
            if (reader.TokenType != JsonTokenType.Null)
                ReadElement(ref reader, json, table);
        }
    }

    private void ReadElement(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, TableReader table)
    {
        var (outer, firstDoubt, mark, start) = (_violation, _doubts.Count, keys.Mark, (int)reader.TokenStartIndex);
        _violation = null;
        if (reader.TokenType == JsonTokenType.StartObject)
            ReadObject(ref reader, json, table.Element);
        else
            SkipWrong(ref reader, json, $"{table.Table.Path}[]", "an element must be a JSON object");
        Decide(firstDoubt);
        if (_violation is null && table.HasKey)
        {
            table.FinishElement();
        }
        else
        {
            if (_violation is not null || !table.LeavesOutUnidentified())
                BadElements.Add(
                    (
                        table,
                        _violation ?? new Violation($"{table.Table.Path}[].id", "", "the id is missing"),
                        Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed])
                    )
                );
            table.DropElement();
            keys.DropTo(mark);
        }
        _violation = outer;
    }

    /// <summary>Where an object or a list belongs, nothing may also be empty text or an empty list.</summary>
    private void CheckEmpty(in PageValue value, PropertySlot property)
    {
        if (!value.IsNullText && !value.IsEmptyArray)
            Violate(property.Path, value.Raw, property.Rows is null ? "not an object" : "not a list");
    }

    private void SkipWrong(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string field, string reason)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        Violate(field, json[start..(int)reader.BytesConsumed], reason);
    }

    private void SetRecordId(ReadOnlySpan<byte> id)
    {
        if (id.Length > _recordId.Length)
            _recordId = new byte[id.Length];
        id.CopyTo(_recordId);
        _recordIdLength = id.Length;
    }

    private void Violate(string field, ReadOnlySpan<byte> value, string reason) =>
        _violation ??= New(field, value, reason);

    private static Violation New(string field, ReadOnlySpan<byte> value, string reason) =>
        new(field, Encoding.UTF8.GetString(value), reason);
}
