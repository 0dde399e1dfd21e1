using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

[Trait("Tier", "unit")]
public sealed class SchemaCommandTests : IDisposable
{
    private readonly CliHost _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task What_was_written_passes_the_check_and_a_change_by_hand_does_not()
    {
        var folder = _place.PathOf("sql");
        (await _place.InvokeBareAsync("schema", "--write", "--folder", folder)).ShouldBe(ExitCode.Ok);
        (await _place.InvokeBareAsync("schema", "--check", "--folder", folder)).ShouldBe(ExitCode.Ok);

        File.AppendAllText(Path.Combine(folder, "duckdb", "dw", "dim_card.sql"), "-- by hand\n");

        (await _place.InvokeBareAsync("schema", "--check", "--folder", folder))
            .ShouldBe(ExitCode.Contract)
            .Naming("dim_card.sql", "by hand", "schema --write");
    }

    [Fact]
    public async Task A_dacpac_is_built_with_what_is_written_and_not_with_a_check()
    {
        var (folder, dacpac) = (_place.PathOf("sql"), _place.PathOf("star.dacpac"));

        (await _place.InvokeBareAsync("schema", "--check", "--folder", folder, "--dacpac", dacpac))
            .ShouldBe(ExitCode.Configuration)
            .Naming("--dacpac", "--write");
        File.Exists(dacpac).Should().BeFalse();

        (await _place.InvokeBareAsync("schema", "--write", "--folder", folder, "--dacpac", dacpac))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain(dacpac);
        File.Exists(dacpac).Should().BeTrue();

        (
            await _place.InvokeBareAsync(
                "schema",
                "--write",
                "--folder",
                folder,
                "--dacpac",
                _place.PathOf("nowhere/star.dacpac")
            )
        )
            .ShouldBe(ExitCode.Sink)
            .Naming("nowhere");
    }
}
