using Microsoft.Extensions.Time.Testing;
using VPlanExport.Extract.Http;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>Bodies that come too slowly.</summary>
[Trait("Tier", "scenario")]
public sealed class SlowBodyTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_server_that_sends_its_bodies_bit_by_bit_is_given_up_until_it_no_longer_does()
    {
        await using var house = await TestExport.OpenAsync();
        var story = new Transcript(house, "slow-loris");
        house.VPlan.Faults = FaultSchedule.When(request =>
            request.Path == "/card" ? new Fault(FaultKind.Trickle) { Delay = TimeSpan.FromMinutes(1) } : null
        );

        story.Say("Of a page of cards a blank comes each minute, and nothing else.");
        await story.RunAsync("run", ExitCode.SourceUnavailable);
        house.VPlan.Faults = FaultSchedule.None;
        story.Say("The next night.");
        await story.RunAsync("run");

        await story.EndsWellAsync();
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

    private Task ReadAsync(Stream body) =>
        new GuardedBodyStream(body, Stream.Null, new VPlanSettings(), _time, "/card").CopyToAsync(
            Stream.Null,
            TestContext.Current.CancellationToken
        );

    /// <summary>Endless; each byte takes its time.</summary>
    private sealed class SlowBody(FakeTimeProvider time, TimeSpan each) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            time.Advance(each);
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            buffer.Span[0] = (byte)' ';
            return 1;
        }
    }
}
