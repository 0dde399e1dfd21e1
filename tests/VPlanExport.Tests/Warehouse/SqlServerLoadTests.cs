using Microsoft.Data.SqlClient;
using VPlanExport.Entities;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;
using VPlanExport.Warehouse.SqlServer;

namespace VPlanExport.Tests.Warehouse;

/// <summary>What only a server over a network does to a load.</summary>
[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "platform")]
public sealed class SqlServerLoadTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqlServerFixture _place = SqlServerFixture.Empty();
    private readonly IStore _store;

    public SqlServerLoadTests() => _store = new FolderStore(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_is_cut_at_any_statement_only_costs_another_attempt(bool afterServerHasIt)
    {
        await using var measure = new SqlProxy(_place.ConnectionString);
        await PreparedAsync(measure);
        var before = measure.Messages;
        await LoadAsync(measure, First);
        var statements = measure.Messages - before;
        statements.Should().BeGreaterThan(10);

        for (var cut = 1; cut <= statements; cut++)
        {
            await using var proxy = new SqlProxy(_place.ConnectionString)
            {
                CutAt = cut,
                AfterServerHasIt = afterServerHasIt,
            };
            await LoadAsync(proxy, Next(cut));
            Star().Should().Equal(Expected(cut), $"the connection was cut at message {cut}");
        }
    }

    [Fact]
    public async Task A_server_that_stays_away_ends_with_6_and_the_load_is_made_later()
    {
        await using var proxy = new SqlProxy(_place.ConnectionString) { StaysAway = true };
        await PreparedAsync(proxy);
        await LoadAsync(proxy, First);
        proxy.CutAt = proxy.Messages + 20;

        var loading = () => LoadAsync(proxy, Next(1));

        (await loading.Should().ThrowAsync<SinkException>()).Which.ExitCode.Should().Be(ExitCode.Sink);
        Star().Should().Equal("-1|null|False", "1|Saw|False");
        proxy.CutAt = 0;
        await LoadAsync(proxy, Next(1));
        Star().Should().Equal(Expected(1));
    }

    [Fact]
    public async Task Of_two_loads_at_once_one_waits_for_the_other()
    {
        await using var proxy = new SqlProxy(_place.ConnectionString);
        await PreparedAsync(proxy);
        await LoadAsync(proxy, First);
        var next = await Next(1).StoreAsync(_store);

        var loads = await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ =>
                    Warehouse(proxy)
                        .LoadAsync(next, _store, Catalog.Tables, First.Log, TestContext.Current.CancellationToken)
                )
        );

        loads.Count(l => !l.AlreadyApplied).Should().Be(1);
        loads.Should().OnlyContain(l => l.Tables.SequenceEqual(loads[0].Tables));
        Star().Should().Equal(Expected(1));
    }

    [Fact]
    public async Task A_wrong_password_says_so()
    {
        var wrong = new SqlConnectionStringBuilder(_place.ConnectionString) { Password = "wr0ng-Secret" };

        var asking = () =>
            new SqlServerWarehouse(
                wrong.ConnectionString,
                isEntra: false,
                deploys: true,
                new ImmediateTime()
            ).LastSequenceAsync(TestContext.Current.CancellationToken);

        (await asking.Should().ThrowAsync<SinkException>())
            .Which.Message.Should()
            .Contain("cannot be opened")
            .And.Contain("Correct User ID and Password")
            .And.NotContain("wr0ng-Secret");
    }

    [Fact]
    public async Task A_database_that_is_not_there_says_so()
    {
        var missing = new SqlConnectionStringBuilder(_place.ConnectionString)
        {
            InitialCatalog = "vplan_no_such_database",
        };

        var asking = () =>
            new SqlServerWarehouse(
                missing.ConnectionString,
                isEntra: false,
                deploys: true,
                new ImmediateTime()
            ).LastSequenceAsync(TestContext.Current.CancellationToken);

        (await asking.Should().ThrowAsync<SinkException>()).WithMessage(
            "The warehouse */vplan_no_such_database cannot be opened: *"
        );
    }

    [Fact]
    public async Task An_account_without_rights_is_told_what_to_ask_for()
    {
        var account = _place.AccountWithoutRights();
        var wrong = new SqlConnectionStringBuilder(_place.ConnectionString)
        {
            UserID = account.Name,
            Password = account.Password,
        };
        await using var proxy = new SqlProxy(_place.ConnectionString);
        await PreparedAsync(proxy);
        var changes = await First.StoreAsync(_store);

        var loading = () =>
            new SqlServerWarehouse(
                wrong.ConnectionString,
                isEntra: false,
                deploys: true,
                new ImmediateTime()
            ).LoadAsync(changes, _store, Catalog.Tables, First.Log, TestContext.Current.CancellationToken);

        (await loading.Should().ThrowAsync<SinkException>())
            .Which.Message.Should()
            .Contain("sql/sqlserver/schema/grants.sql")
            .And.NotContain(account.Password);
        Star().Should().BeEmpty();
    }

    private static Landing First =>
        new Landing(1).With(
            Stages.Dim,
            new
            {
                stage_key = 1,
                stage_id = "s1",
                name = "Saw",
            }
        );

    private static Landing Next(int n) =>
        new Landing(n + 1).With(
            Stages.Dim,
            new
            {
                stage_key = 1,
                stage_id = "s1",
                name = $"Saw {n}",
            }
        );

    private async Task PreparedAsync(SqlProxy proxy) =>
        await Warehouse(proxy).PrepareAsync(Catalog.Tables, TestContext.Current.CancellationToken);

    private async Task LoadAsync(SqlProxy proxy, Landing landing) =>
        await Warehouse(proxy)
            .LoadAsync(
                await landing.StoreAsync(_store),
                _store,
                Catalog.Tables,
                landing.Log,
                TestContext.Current.CancellationToken
            );

    private static SqlServerWarehouse Warehouse(SqlProxy proxy) =>
        new(proxy.ConnectionString, isEntra: false, deploys: true, new ImmediateTime());

    private string[] Star() => _place.Rows("SELECT stage_key, name, is_deleted FROM dw.dim_stage ORDER BY stage_key");

    private static string[] Expected(int n) => ["-1|null|False", $"1|Saw {n}|False"];
}
