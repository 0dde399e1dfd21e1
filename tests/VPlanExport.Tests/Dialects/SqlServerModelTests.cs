using DuckDB.NET.Data;
using Microsoft.SqlServer.Dac.Model;
using VPlanExport.Dialects;
using VPlanExport.Entities;

namespace VPlanExport.Tests.Dialects;

/// <summary>All T-SQL together, as SQL Server would resolve it.</summary>
[Trait("Tier", "unit")]
public sealed class SqlServerModelTests : IDisposable
{
    private readonly TSqlModel _model = Dacpac.Compile(TSqlFiles.All.Select(TSqlFiles.Read));

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Every_column_and_table_that_is_named_is_there() =>
        _model.Validate().Select(message => message.ToString()).Should().BeEmpty();

    [Theory]
    [InlineData(
        "CREATE VIEW bi.wrong AS SELECT c.card_id, c.colour FROM dw.dim_card c",
        "SQL71501",
        "dim_card].[colour]"
    )]
    [InlineData("CREATE VIEW bi.wrong AS SELECT c.card_id FROM dw.dim_cart c", "SQL71501", "[dw].[dim_cart]")]
    [InlineData(
        "CREATE VIEW bi.wrong AS WITH late AS (SELECT card_id FROM dw.dim_card WHERE colour = 1) SELECT card_id FROM late",
        "SQL71501",
        "dim_card].[colour]"
    )]
    [InlineData(
        "CREATE VIEW bi.wrong AS WITH late AS (SELECT card_id FROM dw.dim_card) SELECT l.colour FROM late l",
        "SQL71005",
        "l.colour"
    )]
    public void A_view_that_names_what_is_not_there_fails(string view, string error, string unresolved)
    {
        _model.AddObjects(view);

        _model
            .Validate()
            .Select(message => message.ToString())
            .Should()
            .Contain(message =>
                message.Contains(error, StringComparison.Ordinal)
                && message.Contains(unresolved, StringComparison.Ordinal)
            );
    }

    [Fact]
    public void Every_table_of_the_star_has_the_catalogs_columns_and_a_row_hash_and_every_reference_is_switched_off()
    {
        foreach (var schema in new[] { "stg", "dw" })
        {
            Catalog
                .Tables.Should()
                .AllSatisfy(table =>
                    Columns(Table.TypeClass, Table.Columns, schema, table.Name)
                        .Should()
                        .Equal(
                            [.. table.Columns.Select(c => c.Name), SqlServerTables.RowHash],
                            "{0}.{1} is of the catalog",
                            schema,
                            table.Name
                        )
                );
        }

        var references = _model.GetObjects(DacQueryScopes.UserDefined, ForeignKeyConstraint.TypeClass).ToList();
        references
            .Should()
            .HaveCount(Catalog.Tables.Sum(t => t.Columns.Count(c => c.References is not null)))
            .And.AllSatisfy(reference => reference.GetProperty<bool>(ForeignKeyConstraint.Disabled).Should().BeTrue());
    }

    [Fact]
    public void A_view_has_the_same_columns_in_every_engine()
    {
        var duckDb = DuckDbViews();

        SqlScripts
            .All("sqlserver", Catalog.Tables)
            .Where(s => s.Schema == "bi")
            .Select(v => v.Name)
            .Should()
            .BeEquivalentTo(duckDb.Keys);
        duckDb
            .Should()
            .AllSatisfy(view =>
                Columns(View.TypeClass, View.Columns, "bi", view.Key)
                    .Should()
                    .Equal(view.Value, "bi.{0} is one view", view.Key)
            );
    }

    private string[] Columns(ModelTypeClass type, ModelRelationshipClass columns, string schema, string name) =>
        [
            .. _model
                .GetObject(type, new ObjectIdentifier(schema, name), DacQueryScopes.UserDefined)!
                .GetReferencedRelationshipInstances(columns)
                .Select(c => c.ObjectName.Parts[^1]),
        ];

    /// <summary>Columns of every view, in the engine that is embedded.</summary>
    private static SortedDictionary<string, string[]> DuckDbViews()
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        Execute(connection, "CREATE SCHEMA dw; CREATE SCHEMA etl; CREATE SCHEMA bi");
        foreach (var table in Catalog.Tables)
            Execute(connection, DuckDbTables.CreateStar(table));
        foreach (var script in SqlScripts.All("duckdb", Catalog.Tables))
            Execute(connection, script.Text);
        return new(
            SqlScripts
                .All("duckdb", Catalog.Tables)
                .Where(s => s.Schema == "bi")
                .ToDictionary(v => v.Name, v => Described(connection, v.Name)),
            StringComparer.Ordinal
        );
    }

    private static string[] Described(DuckDBConnection connection, string view)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT column_name FROM (DESCRIBE bi.{view})";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
            names.Add(reader.GetString(0));
        return [.. names];
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
