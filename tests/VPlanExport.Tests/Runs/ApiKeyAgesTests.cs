using Microsoft.Extensions.Time.Testing;
using VPlanExport.Extract.Http;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;

namespace VPlanExport.Tests.Runs;

/// <summary>How long a key has been in use.</summary>
[Trait("Tier", "unit")]
public sealed class ApiKeyAgesTests : IDisposable
{
    private static readonly VPlanSettings Settings = new()
    {
        ApiKey = "first-key",
        ApiKeyNext = "next-key",
        KeyAgeDays = 180,
    };

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ApiKeyAges Ages => new(new FolderStore(_folder.Path), _clock);

    private string StoredFile => Path.Combine(_folder.Path, "keys.json");

    [Fact]
    public async Task A_key_counts_from_its_first_use_and_is_old_after_its_days()
    {
        (await Ages.InUseAsync(Settings, Token)).Should().BeNull();
        await Ages.RememberAsync("first-key", Token);
        _clock.Advance(TimeSpan.FromDays(180));
        await Ages.RememberAsync("first-key", Token);
        var inTime = await Ages.InUseAsync(Settings, Token);
        _clock.Advance(TimeSpan.FromDays(1));

        inTime.Should().Be(new ApiKeyAge(new DateTime(2026, 1, 1, 2, 0, 0, DateTimeKind.Utc), 180, null));
        (await Ages.InUseAsync(Settings, Token))!
            .Warning.Should()
            .ContainAll("181 days ago", "2026-01-01", "VPlan:KeyAgeDays is 180", "VPlan:ApiKeyNext");
    }

    [Fact]
    public async Task The_key_that_was_taken_into_use_last_is_the_one_in_use()
    {
        await Ages.RememberAsync("first-key", Token);
        _clock.Advance(TimeSpan.FromDays(200));
        await Ages.RememberAsync("next-key", Token);

        (await Ages.InUseAsync(Settings, Token))!.Days.Should().Be(0);
        (await Ages.InUseAsync(Settings with { ApiKey = "next-key", ApiKeyNext = "" }, Token))!.Days.Should().Be(0);
        (await Ages.InUseAsync(Settings with { ApiKeyNext = "" }, Token))!.Days.Should().Be(200);
    }

    [Fact]
    public async Task The_file_holds_no_key_and_no_hash_that_two_folders_share()
    {
        await Ages.RememberAsync("first-key", Token);
        var first = await File.ReadAllTextAsync(StoredFile, Token);
        File.Delete(StoredFile);
        await Ages.RememberAsync("first-key", Token);

        first.Should().NotContain("first-key").And.Contain("2026-01-01");
        (await File.ReadAllTextAsync(StoredFile, Token)).Should().NotBe(first);
    }

    [Fact]
    public async Task The_last_use_is_noted_and_that_of_an_earlier_version_is_not_known()
    {
        await Ages.RememberAsync("first-key", Token);
        _clock.Advance(TimeSpan.FromDays(3));
        await Ages.RememberAsync("first-key", Token);
        var start = new DateTime(2026, 1, 1, 2, 0, 0, DateTimeKind.Utc);
        (await Ages.UseOfAsync("first-key", Token)).Should().Be(new KeyUse(start, start.AddDays(3)));
        (await Ages.UseOfAsync("next-key", Token)).Should().BeNull();
        var earlier = System.Text.RegularExpressions.Regex.Replace(
            await File.ReadAllTextAsync(StoredFile, Token),
            ",\"LastUsedAt\":\"[^\"]*\"",
            ""
        );

        await File.WriteAllTextAsync(StoredFile, earlier, Token);

        (await Ages.UseOfAsync("first-key", Token)).Should().Be(new KeyUse(start, null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Salt":"","Keys":[]}""")]
    [InlineData("""{"Salt":"AAAA","Keys":[null]}""")]
    [InlineData("""{"Salt":"!","Keys":[]}""")]
    public async Task A_file_that_cannot_be_read_counts_as_none(string content)
    {
        await File.WriteAllTextAsync(StoredFile, content, Token);

        (await Ages.InUseAsync(Settings, Token)).Should().BeNull();
        await Ages.RememberAsync("first-key", Token);
        (await Ages.InUseAsync(Settings, Token))!.Days.Should().Be(0);
    }
}
