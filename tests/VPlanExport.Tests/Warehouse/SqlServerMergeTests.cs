using Microsoft.SqlServer.TransactSql.ScriptDom;
using VPlanExport.Entities;
using VPlanExport.Package;
using VPlanExport.Warehouse.SqlServer;

namespace VPlanExport.Tests.Warehouse;

[Trait("Tier", "unit")]
public class SqlServerMergeTests
{
    public static TheoryData<string> Tables => [.. Catalog.Tables.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_statement_of_a_load_is_T_SQL_of_the_oldest_server(string name)
    {
        var table = Catalog.Table(name);
        var merge = new SqlServerMerge(table);
        var claim = new DeleteScope(table.Parent)
        {
            IsFullSnapshot = true,
            ReplacesChildren = true,
            Excluded = [1],
        };
        var change = new TableChange(name, []) { Deleted = [1], DeleteScopes = [claim] };
        var parents = table.Parent is { } parent
            ? [new TableChange(parent.Table, []) { Deleted = [2] }]
            : Array.Empty<TableChange>();
        var changes = new ChangeSet("r", 1, default, [change, .. parents]);
        var references = table
            .Columns.Where(c => c.References is not null)
            .Select(c => (c, Catalog.Table(c.References!)))
            .ToList();
        var statements = new[]
        {
            merge.Truncate,
            merge.IsEmpty,
            merge.RepeatedKey,
            merge.IdsOfKey,
            merge.FirstComparison,
            merge.Comparison(change, changes),
            merge.Update,
            merge.Insert,
            merge.Tombstone(change, isFirst: false, changes),
            references.Count == 0 ? null : merge.Dangling(references),
        }.Concat(references.Select(r => merge.ValueOf(r.c)));

        foreach (var statement in statements.OfType<string>())
        {
            new TSql150Parser(initialQuotedIdentifiers: true).Parse(
                new StringReader(statement.Replace("?", "@p", StringComparison.Ordinal)),
                out var errors
            );
            errors.Select(e => e.Message).Should().BeEmpty(statement);
        }
    }
}
