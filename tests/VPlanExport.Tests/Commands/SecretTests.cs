using System.IO.Compression;
using System.Text;
using VPlanExport.Sandbox;

namespace VPlanExport.Tests.Commands;

/// <summary>The API key stays where it was put.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Key = "k3y-that-is-nowhere-else";

    private readonly Workplace _place = new() { Clock = new ImpatientTime() };

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_key_is_in_no_output_and_in_no_file()
    {
        _place.WriteKey(Key);
        await using var server = await _place.StartVPlanAsync(new SandboxOptions { Size = SandboxSize.Tiny, ApiKey = Key });

        var outputs = new List<Outcome>
        {
            (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok),
            (await _place.InvokeAsync("run", "--log-format", "json", "--full")).ShouldBe(ExitCode.Ok),
            (await _place.InvokeAsync("run", "--log-format", "azure", "--summary", _place.PathOf("good.md"))).ShouldBe(ExitCode.Ok),
            (await _place.InvokeAsync("check")).ShouldBe(ExitCode.Ok),
            (await _place.InvokeAsync("status", "--format", "json")).ShouldBe(ExitCode.Ok),
        };
        server.Faults = FaultSchedule.When(_ => FaultKind.Status401);
        outputs.Add((await _place.InvokeAsync("run", "--summary", _place.PathOf("bad.md"))).ShouldBe(ExitCode.Configuration));
        server.Faults = FaultSchedule.When(_ => FaultKind.Status500);
        outputs.Add((await _place.InvokeAsync("run")).ShouldBe(ExitCode.SourceUnavailable));

        outputs.Should().OnlyContain(o => !o.Output.Contains(Key) && !o.Errors.Contains(Key));
        var files = Directory.GetFiles(_place.Folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "key.txt").ToList();
        files.Should().Contain(f => f.EndsWith(".json.gz", StringComparison.Ordinal));
        files.Where(f => TextOf(f).Contains(Key, StringComparison.Ordinal)).Should().BeEmpty();
    }

    private static string TextOf(string file)
    {
        using Stream stream = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress) : File.OpenRead(file);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
