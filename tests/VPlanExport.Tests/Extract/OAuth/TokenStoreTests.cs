using VPlanExport.Extract.OAuth;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Extract.OAuth;

/// <summary>What keeps the tokens.</summary>
[Trait("Tier", "unit")]
public sealed class TokenStoreTests : IDisposable
{
    private readonly OAuthPlace _place = new();

    public void Dispose() => _place.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_holds_the_newest_pair_and_the_one_before_and_shows_neither()
    {
        await RefreshedAsync();

        var kept = await _place.KeptAsync();
        (kept.Current.RefreshToken, kept.Previous!.RefreshToken, kept.Damage)
            .Should()
            .Be(("refresh-token-2", "refresh-token-1", null));
        (await File.ReadAllTextAsync(_place.TokenFile, Token))
            .Should()
            .NotContainAny("refresh-token", "access-token", "acme");
        Directory
            .GetFiles(Path.Combine(_place.WorkFolder, "auth"))
            .Select(Path.GetFileName)
            .Should()
            .BeEquivalentTo("acme.tokens", "acme.lease");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_place.TokenFile).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_is_found_and_costs_one_pair_at_most()
    {
        await RefreshedAsync();
        var whole = await File.ReadAllBytesAsync(_place.TokenFile, Token);
        var before = 0;
        for (var bit = 0; bit < whole.Length * 8; bit += 5)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(_place.TokenFile, flipped, Token);

            var kept = await _place.KeptAsync();

            kept.Damage.Should().NotBeNull("bit {0} was flipped", bit);
            kept.Current.RefreshToken.Should().Be(kept.Current.IsPrevious ? "refresh-token-1" : "refresh-token-2");
            before += kept.Current.IsPrevious ? 1 : 0;
        }
        before.Should().BePositive();
    }

    [Fact]
    public async Task Another_key_is_told_from_damage()
    {
        await _place.ConnectAsync();
        var settings = _place.Settings;
        _place.Settings = settings with
        {
            OAuth = settings.OAuth with { TokenKey = [.. Enumerable.Repeat((byte)7, Seal.KeyBytes)] },
        };
        await FluentActions
            .Awaiting(_place.KeptAsync)
            .Should()
            .ThrowAsync<ConfigurationException>()
            .WithMessage("*another key*VPlan:OAuth:TokenKey*");

        _place.Settings = settings;
        await File.WriteAllTextAsync(_place.TokenFile, "torn", Token);
        await FluentActions
            .Awaiting(_place.KeptAsync)
            .Should()
            .ThrowAsync<ConfigurationException>()
            .WithMessage("*damaged*vplan-export connect*");
    }

    [Fact]
    public async Task Of_two_writers_the_second_changes_nothing()
    {
        await _place.ConnectAsync();
        var (store, kept) = (_place.NewClient().Store, await _place.KeptAsync());

        var first = await store.WriteAsync(kept.Version, kept.Current with { Generation = 2 }, null, Token);
        var second = await store.WriteAsync(kept.Version, kept.Current with { Generation = 3 }, null, Token);

        (first is not null, second is null).Should().Be((true, true));
        (await _place.KeptAsync()).Current.Generation.Should().Be(2);
    }

    [Fact]
    public async Task Every_token_in_it_is_masked_once_it_is_read()
    {
        await _place.ConnectAsync();

        await _place.KeptAsync();

        _place.Hidden.Mask("Bearer access-token-1, refresh-token-1").Should().Be("Bearer ***, ***");
    }

    private async Task RefreshedAsync()
    {
        await _place.ConnectLongAgoAsync();
        _place.Answers = [_place.Grant()];
        using var tokens = _place.Open(Token);
        await tokens.CurrentAsync(Token);
    }
}
