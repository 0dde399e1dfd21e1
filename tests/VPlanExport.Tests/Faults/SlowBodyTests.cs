using Microsoft.Extensions.Time.Testing;
using VPlanExport.Extractors;
using VPlanExport.Tests.Commands;

namespace VPlanExport.Tests.Faults;

/// <summary>A vPlan that is not found, and bodies that come too slowly.</summary>
public sealed class SlowBodyTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_name_that_no_server_has_is_unavailable()
    {
        using var place = new Workplace { Clock = new ImpatientTime() };
        place.Settings.Add("VPlan:BaseUrl=https://vplan.invalid/v1");

        (await place.InvokeAsync("run")).ShouldBe(ExitCode.SourceUnavailable).Naming("vplan.invalid", "/me", "later");
    }

    [Fact]
    public async Task A_body_that_trickles_is_given_up_although_it_never_stalls()
    {
        var read = () => ReadAsync(new SlowBody(_time, TimeSpan.FromSeconds(20)));

        await read.Should().ThrowAsync<TransientException>().WithMessage("*not whole after 15 minutes*");
    }

    [Fact]
    public async Task A_body_that_stalls_is_given_up()
    {
        var read = () => ReadAsync(new SlowBody(_time, TimeSpan.FromSeconds(31)));

        await read.Should().ThrowAsync<TransientException>().WithMessage("*stalled for 30 s*");
    }

    private Task ReadAsync(Stream body) => new BodyStream(body, Stream.Null, new VPlanSettings(), _time, "/card").CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);

    /// <summary>Endless; each byte takes its time.</summary>
    private sealed class SlowBody(FakeTimeProvider time, TimeSpan each) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            time.Advance(each);
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            buffer.Span[0] = (byte)' ';
            return 1;
        }
    }
}
