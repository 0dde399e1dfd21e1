using Microsoft.SqlServer.TransactSql.ScriptDom;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Dialects;

[Trait("Tier", "unit")]
public class CopyScriptsTests
{
    public static TheoryData<string> Tables => [.. Catalog.Tables.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Synapse_and_Fabric_read_the_committed_file_of_every_table(string table)
    {
        ShouldFill(
            table,
            new TSql150Parser(initialQuotedIdentifiers: true, SqlEngineType.Standalone),
            Repository.Read($"sql/synapse/{table}.sql")
        );
        ShouldFill(
            table,
            new TSqlFabricDWParser(initialQuotedIdentifiers: true),
            Repository.Read($"sql/fabric/{table}.sql")
        );
    }

    [Fact]
    public void Files_that_hold_other_columns_are_copied_by_a_statement_of_their_own()
    {
        CopyScripts
            .Fill(
                Catalog.Table("dim_space"),
                [
                    new CopyPart(["space_key", "name"], ["https://a/c/1.parquet", "https://a/c/2.parquet"]),
                    new CopyPart(["name"], ["https://a/c/it's.parquet"]),
                ]
            )
            .Should()
            .Be(
                """
                TRUNCATE TABLE [dw].[dim_space];
                COPY INTO [dw].[dim_space] ([space_key] 1, [name] 2)
                FROM
                    'https://a/c/1.parquet',
                    'https://a/c/2.parquet'
                WITH (FILE_TYPE = 'PARQUET');
                COPY INTO [dw].[dim_space] ([name] 1)
                FROM
                    'https://a/c/it''s.parquet'
                WITH (FILE_TYPE = 'PARQUET');

                """.ReplaceLineEndings("\n")
            );
    }

    [Fact]
    public void Fabric_knows_no_nvarchar() =>
        Catalog
            .Tables.SelectMany(t => t.Columns)
            .Select(c => FabricTypes.Name(c.Type))
            .Distinct()
            .Should()
            .NotContain(type => type.StartsWith('n'));

    private static void ShouldFill(string table, TSqlParser parser, string text)
    {
        using var reader = new StringReader(text);
        var script = (TSqlScript)parser.Parse(reader, out var errors);
        errors.Select(e => $"line {e.Line}: {e.Message}").Should().BeEmpty();
        var statements = script.Batches.SelectMany(b => b.Statements).ToList();

        var columns = ((CreateTableStatement)statements[0])
            .Definition.ColumnDefinitions.Select(c => c.ColumnIdentifier.Value)
            .ToList();
        columns.Should().Equal(Catalog.Table(table).Columns.Select(c => c.Name));
        statements
            .OfType<CopyStatement>()
            .Should()
            .ContainSingle()
            .Which.From.Should()
            .ContainSingle()
            .Which.Value.Should()
            .EndWith($"/{table}/FILE.parquet");
    }
}
