using VPlanExport.Model;
using VPlanExport.Transform.Star;

namespace VPlanExport.Transform.Derived;

/// <summary>Rows of a computed table on their way to its row files.</summary>
internal sealed class DerivedRows(RowFilesWriter rows, RunContext run)
{
    private const int FullBatch = 16_000;
    private readonly RowBatch _batch = new(rows.Table);

    /// <summary>Adds a row that the lake holds already, as it is.</summary>
    public async Task AddAsync(RowBatch before, int row)
    {
        _batch.AppendFrom(before, row);
        await WriteFullAsync();
    }

    /// <summary>Adds a row made by this run.</summary>
    /// <param name="fill">Appends one value to every column but those that each table ends with.</param>
    public async Task AddAsync(Action<RowBatch> fill)
    {
        fill(_batch);
        _batch.Typed<bool>("is_deleted").Append(false);
        _batch["source_created_at"].AppendNull();
        _batch["source_updated_at"].AppendNull();
        _batch.Typed<DateTime>("extracted_at").Append(run.StartedAt);
        _batch.Typed<string>("run_id").Append(run.RunId);
        await WriteFullAsync();
    }

    public async Task FlushAsync()
    {
        await rows.AddAsync(_batch);
        _batch.Clear();
    }

    private async Task WriteFullAsync()
    {
        if (_batch.Count >= FullBatch)
            await FlushAsync();
    }
}
