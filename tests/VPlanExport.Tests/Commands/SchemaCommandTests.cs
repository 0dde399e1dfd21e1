namespace VPlanExport.Tests.Commands;

public sealed class SchemaCommandTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task What_was_written_passes_the_check_and_a_change_by_hand_does_not()
    {
        var folder = _place.PathOf("sql");
        (await _place.InvokeBareAsync("schema", "--write", "--folder", folder)).ShouldBe(ExitCode.Ok);
        (await _place.InvokeBareAsync("schema", "--check", "--folder", folder)).ShouldBe(ExitCode.Ok);

        File.AppendAllText(Path.Combine(folder, "duckdb", "dw", "dim_card.sql"), "-- by hand\n");

        (await _place.InvokeBareAsync("schema", "--check", "--folder", folder)).ShouldBe(ExitCode.Contract).Naming("dim_card.sql", "by hand", "schema --write");
    }
}
