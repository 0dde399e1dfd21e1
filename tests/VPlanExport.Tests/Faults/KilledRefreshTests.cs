using System.Diagnostics;
using System.Globalization;
using VPlanExport.Extract.OAuth;
using VPlanExport.Sandbox;
using VPlanExport.Storage;
using VPlanExport.Tests.Commands;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>
/// The program is killed around a refresh, by SIGKILL. Whenever vPlan's answer is not the only copy, a working pair is left;
/// else the loss is told in one line, and nothing loops.
/// </summary>
[Trait("Tier", "platform")]
public sealed class KilledRefreshTests
{
    private static readonly string[] s_harmless =
    [
        "Wanted",
        "LeaseTaken",
        "ReadAgain",
        "WritingAhead",
        "WrittenAhead",
        "Sending",
        "arrived at vPlan",
        "Stored",
    ];
    private static readonly string[] s_only = ["done at vPlan", "HeadersReceived", "AnswerReceived", "Storing"];

    public static TheoryData<string> Harmless => [.. s_harmless];

    public static TheoryData<string> OnlyCopy => [.. s_only];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_step_is_tried() =>
        s_harmless
            .Concat(s_only)
            .Where(name => !name.Contains(' ', StringComparison.Ordinal))
            .Should()
            .BeEquivalentTo(Enum.GetNames<RefreshSteps.Step>());

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task Killed_where_no_answer_can_be_lost_the_next_start_works(string moment)
    {
        await using var place = await KilledAsync(moment);

        (await ConnectedProgram.RunAsync(place, [], "check")).ShouldBe(ExitCode.Ok);

        place.VPlan.Authorization.Refused.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(OnlyCopy))]
    public async Task Killed_while_the_answer_is_the_only_copy_the_next_start_says_so_in_one_line(string moment)
    {
        await using var place = await KilledAsync(moment);

        var told = (await ConnectedProgram.RunAsync(place, [], "check")).ShouldBe(ExitCode.Configuration);
        var again = (await ConnectedProgram.RunAsync(place, [], "check")).ShouldBe(ExitCode.Configuration);

        told.Lines.Should()
            .ContainSingle(line => line.Contains("was lost", StringComparison.Ordinal))
            .Which.Should()
            .ContainAll("the process was stopped", "vplan-export connect");
        again.Lines.Should().ContainSingle(line => line.Contains("was lost", StringComparison.Ordinal));
        place.VPlan.Authorization.Refused.Should().HaveCount(1, "a refused token is not sent again");
    }

    [Fact]
    public async Task Killed_at_any_moment_no_more_is_lost_than_what_only_the_answer_held()
    {
        var kills = int.TryParse(
            Environment.GetEnvironmentVariable("VPLAN_TEST_OAUTH_KILLS"),
            CultureInfo.InvariantCulture,
            out var wanted
        )
            ? wanted
            : 3;
        await using var place = await ConnectedPlace.ConnectAsync();
        place.App.Faults = _ => new TokenFault(TokenFaultKind.Slow) { Delay = TimeSpan.FromMilliseconds(20) };
        var random = new Random(14);
        var (killed, lost, killedAgain) = (0, 0, 0);
        while (killed < kills)
        {
            place.VPlan.Authorization.ExpireAccess();
            await KillAsync();
            if (!await IsLostAsync(place))
                continue;
            lost++;
            if (random.Next(2) == 0)
            {
                await KillAsync();
                killedAgain++;
            }
            (await ConnectedProgram.RunAsync(place, [], "check"))
                .ShouldBe(ExitCode.Configuration)
                .Lines.Should()
                .ContainSingle(line => line.Contains("was lost", StringComparison.Ordinal));
            (await place.ConnectAsync(place.ConsentAsync)).ShouldBe(ExitCode.Ok);
        }

        (await ConnectedProgram.RunAsync(place, [], "check")).ShouldBe(ExitCode.Ok);
        TestContext.Current.TestOutputHelper?.WriteLine($"{killed} kills, {lost} while the answer was the only copy");
        place
            .VPlan.Authorization.Refused.Count.Should()
            .BeInRange(
                lost,
                lost + killedAgain,
                "a start asks about a loss once, and one that is killed may say nothing of it"
            );

        async Task KillAsync()
        {
            var outcome = await ConnectedProgram.RunAsync(
                place,
                ConnectedProgram.DyingAfter(random.NextDouble() * 400),
                "check"
            );
            outcome.Code.Should().BeOneOf(137, 0, (int)ExitCode.Configuration);
            killed += outcome.Code == 137 ? 1 : 0;
        }
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("azurite")]
    public async Task Two_processes_that_refresh_side_by_side_are_never_refused(string kind)
    {
        var times = int.TryParse(
            Environment.GetEnvironmentVariable("VPLAN_TEST_OAUTH_REFRESHES"),
            CultureInfo.InvariantCulture,
            out var wanted
        )
            ? wanted
            : 20;
        var blob = kind == "folder" ? null : AzuriteServer.Shared.NewPlace();
        await using var place = await ConnectedPlace.OpenAsync();
        if (blob is not null)
        {
            File.WriteAllText(place.Host.PathOf("lake.txt"), blob.ConnectionString);
            place.Host.Settings.AddRange([
                $"Lake:Location={blob}",
                $"Lake:ConnectionStringFile={place.Host.PathOf("lake.txt")}",
                $"Runs:WorkFolder={blob}/_work",
            ]);
        }
        (await place.ConnectAsync(place.ConsentAsync)).ShouldBe(ExitCode.Ok);
        var since = Stopwatch.StartNew();

        var ends = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(_ => ConnectedProgram.RunAsync(place, ConnectedProgram.Refreshing(times), "status"))
        );

        ends.Should().OnlyContain(end => end.Code == 0 && end.Errors == "", ends[0].Errors + ends[1].Errors);
        place.VPlan.Authorization.Refused.Should().BeEmpty();
        place.VPlan.Authorization.Refreshes.Should().BeGreaterThanOrEqualTo(times);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{place.VPlan.Authorization.Refreshes} refreshes in {since.Elapsed.TotalSeconds:N0} s"
        );
    }

    [Fact]
    public async Task A_signal_waits_until_the_answer_is_stored()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        await using var place = await ConnectedPlace.ConnectAsync();
        place.VPlan.Authorization.ExpireAccess();
        Process? process = null;
        place.App.Faults = _ => new TokenFault(TokenFaultKind.Slow)
        {
            Delay = TimeSpan.FromSeconds(1),
            Done = () =>
                Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit(),
        };
        process = ConnectedProgram.Start(place, [], "check");

        (await ExportProcess.EndAsync(process)).Code.Should().Be(130);

        process.Dispose();
        place.App.Faults = _ => null;
        (await IsLostAsync(place)).Should().BeFalse();
        (await ConnectedProgram.RunAsync(place, [], "check")).ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task A_connection_that_was_stopped_goes_on_with_the_same_address()
    {
        await using var place = await ConnectedPlace.OpenAsync();
        var file = place.Host.PathOf("redirected.txt");
        using var first = ConnectedProgram.Start(place, [], "connect", "--redirected-file", file);
        var address = "";
        while (!address.Contains("state=", StringComparison.Ordinal))
            address =
                await first.StandardOutput.ReadLineAsync(Token)
                ?? throw new InvalidOperationException(await first.StandardError.ReadToEndAsync(Token));
        first.Kill();
        await first.WaitForExitAsync(Token);
        File.WriteAllText(file, await place.ConsentAsync(address));

        var second = (await ConnectedProgram.RunAsync(place, [], "connect", "--redirected-file", file)).ShouldBe(
            ExitCode.Ok
        );

        second.Lines.Should().Contain(address);
        second
            .Output.Should()
            .Contain("vPlan is connected: environment 'Metaalwerken De Vries B.V.' (sandbox), as planner");
        place.VPlan.Authorization.Refused.Should().BeEmpty();
    }

    /// <summary>A connected place in which <c>check</c> had to refresh and was killed at that moment.</summary>
    private static async Task<ConnectedPlace> KilledAsync(string moment)
    {
        var place = await ConnectedPlace.ConnectAsync();
        place.VPlan.Authorization.ExpireAccess();
        Process? process = null;
        TokenFaultKind? kind = moment switch
        {
            "arrived at vPlan" => TokenFaultKind.CutBefore,
            "done at vPlan" => TokenFaultKind.Slow,
            _ => null,
        };
        place.App.Faults = _ => kind is { } fault ? new TokenFault(fault) { Done = () => process!.Kill() } : null;
        process = ConnectedProgram.Start(place, kind is null ? ConnectedProgram.DyingAt(moment) : [], "check");
        var outcome = await ExportProcess.EndAsync(process);
        process.Dispose();
        place.App.Faults = _ => null;
        outcome.Code.Should().Be(137, outcome.Output + outcome.Errors);
        return place;
    }

    /// <summary>vPlan has used the kept refresh token, and the store does not hold the next one.</summary>
    private static async Task<bool> IsLostAsync(ConnectedPlace place) =>
        !place.VPlan.Authorization.IsLive((await place.KeptAsync())!.Current.RefreshToken);
}
