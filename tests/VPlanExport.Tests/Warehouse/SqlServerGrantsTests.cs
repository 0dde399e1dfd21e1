using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;
using VPlanExport.Warehouse;
using VPlanExport.Warehouse.SqlServer;

namespace VPlanExport.Tests.Warehouse;

/// <summary>Every statement of everything that a warehouse does, held against <c>grants.sql</c>.</summary>
[Trait("Tier", "unit")]
public sealed class SqlServerGrantsTests : IDisposable
{
    private const string ForDeployment = "-- Only where Warehouse:Deploy is true";
    private static readonly string s_grants = Repository.Read("sql/sqlserver/schema/grants.sql");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_rights_are_what_the_statements_need_and_no_more()
    {
        var empty = await SentAsync(deploys: true, new ScriptedDatabase([]));
        var older = await SentAsync(
            deploys: true,
            new ScriptedDatabase(
                ScriptedDatabase.Complete.Where(c => c.Column is not ("color" or "merged")),
                isMarked: true
            )
        );

        NeededRights.Of([.. empty, .. older]).Should().Equal(NeededRights.Granted(s_grants, "vplan_export"));
    }

    [Fact]
    public async Task Without_deployment_the_first_part_is_enough()
    {
        var sent = await SentAsync(deploys: false, new ScriptedDatabase(ScriptedDatabase.Complete, isMarked: true));

        NeededRights
            .Of(sent)
            .Should()
            .Equal(
                NeededRights.Granted(
                    s_grants[..s_grants.IndexOf(ForDeployment, StringComparison.Ordinal)],
                    "vplan_export"
                )
            );
    }

    [Fact]
    public void Readers_read_the_views() => NeededRights.Granted(s_grants, "vplan_reader").Should().Equal("SELECT bi");

    /// <summary>All that the warehouse sends when each of its methods is called.</summary>
    private async Task<List<string>> SentAsync(bool deploys, ScriptedDatabase database)
    {
        var session = new ScriptedSession(database.Answer);
        await using var warehouse = new SqlServerWarehouse(
            "Server=s;Database=d",
            isEntra: false,
            deploys,
            new ImmediateTime()
        )
        {
            Opens = (_, _) => session,
        };
        var store = new FolderStore(_folder.Path);
        var landing = Catalog.Tables.Aggregate(
            new Landing(2),
            (l, table) =>
                l.With(
                    table,
                    change =>
                        change with
                        {
                            Deleted = [1],
                            DeleteScopes = [new DeleteScope(table.Parent) { IsFullSnapshot = true, Excluded = [1] }],
                        },
                    table.Kind == TableKind.Dimension ? [] : [new Dictionary<string, object?> { [table.Key.Name] = 1 }]
                )
        );
        var changes = await landing.StoreAsync(store);
        foreach (
            var declared in typeof(IWarehouse)
                .GetMethods()
                .Where(m => m.Name.EndsWith("Async", StringComparison.Ordinal))
        )
        {
            var method = declared.IsGenericMethodDefinition ? declared.MakeGenericMethod(typeof(int)) : declared;
            database.LastSequence = method.Name switch
            {
                nameof(IWarehouse.PrepareAsync) => 0,
                nameof(IWarehouse.RestoreAsync) => 3,
                _ => 1,
            };
            object?[] values =
            [
                .. method
                    .GetParameters()
                    .Select(p =>
                        p.ParameterType switch
                        {
                            var t when t == typeof(IReadOnlyList<Table>) => (object)Catalog.Tables,
                            var t when t == typeof(ChangeSet) => changes,
                            var t when t == typeof(IStore) => store,
                            var t when t == typeof(RunReport) => landing.Log,
                            var t when t == typeof(Func<Table, IEnumerable<RowBatch>, int>) => (Func<
                                Table,
                                IEnumerable<RowBatch>,
                                int
                            >)((_, rows) => rows.Count()),
                            var t when t == typeof(Func<WarehouseSession, int>) => (Func<WarehouseSession, int>)(
                                session => (int)(session.Number("SELECT count(*) FROM bi.freshness") ?? 0)
                            ),
                            var t when t == typeof(CancellationToken) => TestContext.Current.CancellationToken,
                            var t => throw new NotSupportedException($"What is a {t.Name} of {method.Name}?"),
                        }
                    ),
            ];
            await (Task)method.Invoke(warehouse, values)!;
        }
        return session.Sent;
    }
}
