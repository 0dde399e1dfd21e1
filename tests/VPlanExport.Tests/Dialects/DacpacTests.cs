using Microsoft.SqlServer.Dac;
using Microsoft.SqlServer.Dac.Model;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Tests.Storage;

namespace VPlanExport.Tests.Dialects;

[Trait("Tier", "unit")]
public sealed class DacpacTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_holds_what_the_committed_files_hold_and_creates_it()
    {
        using var package = Built();
        using var model = new TSqlModel(PathOf("new"));
        using var files = Dacpac.Compile(TSqlFiles.All.Select(TSqlFiles.Read));

        Names(model).Should().Equal(Names(files));
        model
            .GetObjects(DacQueryScopes.UserDefined, ExtendedProperty.TypeClass)
            .Should()
            .HaveCount(
                model.GetObjects(DacQueryScopes.UserDefined, Table.TypeClass, View.TypeClass).Count(),
                "each table and view bears its mark"
            );
        DacServices
            .GenerateCreateScript(package, "star", new DacDeployOptions())
            .Should()
            .Contain("CREATE TABLE [dw].[fact_time_entry]")
            .And.Contain("CREATE CLUSTERED COLUMNSTORE INDEX [cci_fact_time_entry]")
            .And.Contain("CREATE VIEW bi.card AS")
            .And.NotContain("WITH CHECK", "no reference is checked or enforced");
    }

    [Fact]
    public void It_brings_an_older_database_up_without_rebuilding_a_table()
    {
        using var package = Built();
        using var older = Older(
            text =>
                text.Replace("    [sequence] int NULL, -- Order on the board, from 0.\n", "", StringComparison.Ordinal)
                    .Replace("    [sequence],\n", "", StringComparison.Ordinal),
            leftOut: "sqlserver/references/fact_card.sql"
        );

        var script = DacServices.GenerateDeployScript(
            package,
            older,
            "star",
            new DacDeployOptions { IgnoreColumnOrder = true }
        );

        script
            .Should()
            .MatchRegex(@"ALTER TABLE \[dw\]\.\[dim_stage\]\s+ADD \[sequence\] INT NULL")
            .And.MatchRegex(
                @"ALTER TABLE \[dw\]\.\[fact_card\] WITH NOCHECK\s+ADD CONSTRAINT \[fk_fact_card_stage_key\]"
            )
            .And.Contain("ALTER TABLE [dw].[fact_card] NOCHECK CONSTRAINT [fk_fact_card_stage_key]")
            .And.NotContain("WITH CHECK")
            .And.NotContain("DROP TABLE")
            .And.NotContain("sp_rename");
    }

    private DacPackage Built()
    {
        Dacpac.Write(PathOf("new"), Catalog.All, Catalog.Tables);
        return DacPackage.Load(PathOf("new"));
    }

    private DacPackage Older(Func<string, string> text, string leftOut)
    {
        using var model = Dacpac.Compile(
            TSqlFiles.All.Where(path => path != leftOut).Select(path => text(TSqlFiles.Read(path)))
        );
        DacPackageExtensions.BuildPackage(PathOf("old"), model, new PackageMetadata { Name = "vplan-export" });
        return DacPackage.Load(PathOf("old"));
    }

    private string PathOf(string name) => Path.Combine(_folder.Path, $"{name}.dacpac");

    private static IEnumerable<string> Names(TSqlModel model) =>
        model
            .GetObjects(DacQueryScopes.UserDefined)
            .Select(o => $"{o.ObjectType.Name} {o.Name}")
            .Order(StringComparer.Ordinal);
}
