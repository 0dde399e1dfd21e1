using VPlanExport.Storage;

namespace VPlanExport.Tests.Storage;

[Trait("Tier", "unit")]
public class StoreLocationTests
{
    [Fact]
    public void Places_in_azure_do_not_share_what_they_keep_on_this_machine()
    {
        var lake = new StoreLocation.Blob(new Uri("https://account.blob.core.windows.net/container"), "lake", "");

        new[]
        {
            lake,
            lake.Below("_work"),
            lake with
            {
                Container = new Uri("https://account.blob.core.windows.net/other"),
            },
        }
            .Select(place => place.SpoolFolder)
            .Should()
            .OnlyHaveUniqueItems();
        (lake with { }).SpoolFolder.Should().Be(lake.SpoolFolder);
    }
}
