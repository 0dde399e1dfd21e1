using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Report;

/// <summary>The picture in the root README.</summary>
[Trait("Tier", "unit")]
public sealed class PictureTests
{
    private const int Largest = 200 * 1024;

    [Fact]
    public void The_picture_is_there_and_small()
    {
        const string Picture = "src/VPlanExport/Report/report.png";

        Repository.Read("README.md").Should().Contain($"]({Picture})");
        File.ReadAllBytes(Path.Combine(Repository.Root, Picture))
            .Should()
            .HaveCountLessThanOrEqualTo(Largest)
            .And.StartWith([0x89, (byte)'P', (byte)'N', (byte)'G']);
    }
}
