using System.Text;
using VPlanExport.Extract.Http;

namespace VPlanExport.Tests.Extract;

[Trait("Tier", "unit")]
public sealed class RequestBudgetTests : IDisposable
{
    private readonly Some _some = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _some.Dispose();

    [Fact]
    public async Task What_was_used_is_remembered_by_the_next_run()
    {
        await TakeAsync(3);
        var budget = await OpenAsync();
        budget.Used.Should().Be(3);
        budget.Left.Should().Be(7);
    }

    [Fact]
    public async Task An_empty_budget_stops_the_run_with_its_numbers()
    {
        await TakeAsync(10);
        var take = () => TakeAsync(1);
        await take.Should()
            .ThrowAsync<BudgetReachedException>()
            .WithMessage("*2026-03-02 (UTC)*10 of 10 (VPlan:RequestsPerDay)*resumes*");
    }

    [Fact]
    public async Task A_new_utc_day_has_a_new_budget()
    {
        await TakeAsync(10);
        _some.Time.Advance(TimeSpan.FromHours(23));
        await TakeAsync(1);
        (await OpenAsync()).Used.Should().Be(1);
    }

    [Fact]
    public async Task Requests_side_by_side_are_all_counted()
    {
        var budget = await OpenAsync(1000);
        await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => Task.Run(() => budget.TakeAsync(CancellationToken.None)))
        );
        budget.Used.Should().Be(100);
        (await OpenAsync(1000)).Used.Should().Be(100);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Date\":\"2026")]
    [InlineData("{\"Date\":\"2026-03-02\",\"Used\":-1}")]
    public async Task A_budget_that_cannot_be_read_counts_as_used_up(string content)
    {
        await _some.Store.PutAsync(
            "budget.json",
            stream => stream.WriteAsync(Encoding.UTF8.GetBytes(content), Token).AsTask(),
            Token
        );
        var take = () => TakeAsync(1);
        await take.Should()
            .ThrowAsync<BudgetReachedException>()
            .WithMessage("*budget.json cannot be read*Delete the file*");
    }

    [Fact]
    public async Task Every_attempt_counts()
    {
        await _some.AskAsync(Some.Settings, Some.Status(503), Some.Status(503), Some.Page());
        (await OpenAsync()).Used.Should().Be(3);
    }

    private Task<RequestBudget> OpenAsync(int perDay = 10) =>
        RequestBudget.OpenAsync(_some.Store, perDay, _some.Time, TestContext.Current.CancellationToken);

    private async Task TakeAsync(int requests)
    {
        var budget = await OpenAsync();
        for (var i = 0; i < requests; i++)
            await budget.TakeAsync(CancellationToken.None);
    }
}
