namespace VPlanExport.Tests.Faults;

[Trait("Tier", "unit")]
public sealed class TranscriptTests
{
    public static TheoryData<string> Stories =>
        [
            .. Directory
                .GetFiles(Transcript.Folder, "*.txt")
                .Select(f => Path.GetFileNameWithoutExtension(f)!)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Stories))]
    public void A_story_belongs_to_a_test(string story) =>
        Directory
            .GetFiles(Path.GetDirectoryName(Transcript.Folder)!, "*.cs")
            .Select(File.ReadAllText)
            .Should()
            .Contain(test => test.Contains($"\"{story}\"", StringComparison.Ordinal));
}
