using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace VPlanExport.Tests.Warehouse;

/// <summary>The rights that T-SQL asks for, by https://learn.microsoft.com/sql/t-sql/statements: such as <c>DELETE dw</c> or <c>CREATE TABLE</c>.</summary>
internal sealed class NeededRights : TSqlFragmentVisitor
{
    private static readonly string[] s_schemas = ["stg", "dw", "etl", "bi"];

    public SortedSet<string> All { get; } = new(StringComparer.Ordinal);

    public static SortedSet<string> Of(IEnumerable<string> statements)
    {
        var rights = new NeededRights();
        foreach (var statement in statements)
            Parse(statement).Accept(rights);
        return rights.All;
    }

    /// <summary>What a script grants to a role.</summary>
    public static SortedSet<string> Granted(string script, string role) =>
        new(
            Parse(script)
                .Batches.SelectMany(b => b.Statements)
                .OfType<GrantStatement>()
                .Where(grant => grant.Principals.Any(p => p.Identifier.Value == role))
                .SelectMany(grant =>
                    grant.Permissions.Select(p =>
                        $"{string.Join(' ', p.Identifiers.Select(i => i.Value))} {grant.SecurityTargetObject?.ObjectName.MultiPartIdentifier.Identifiers[^1].Value}".TrimEnd()
                    )
                ),
            StringComparer.Ordinal
        );

    public override void Visit(TSqlStatement node)
    {
        if (
            node
            is not (
                SelectStatement
                or InsertStatement
                or UpdateStatement
                or DeleteStatement
                or TruncateTableStatement
                or DropObjectsStatement
                or CreateTableStatement
                or CreateViewStatement
                or AlterTableStatement
                or CreateColumnStoreIndexStatement
                or ExecuteStatement
                or DeclareVariableStatement
                or IfStatement
                or GrantStatement
                or CreateRoleStatement
            )
        )
            throw new NotSupportedException($"Which rights does a {node.GetType().Name} need?");
    }

    public override void Visit(NamedTableReference node)
    {
        if (node.SchemaObject is { SchemaIdentifier.Value: "sys", BaseIdentifier.Value: "extended_properties" })
            All.UnionWith(s_schemas.Select(schema => $"VIEW DEFINITION {schema}"));
        Needs("SELECT", node.SchemaObject);
    }

    public override void Visit(InsertStatement node) => Needs("INSERT", Target(node.InsertSpecification));

    public override void Visit(UpdateStatement node) => Needs("UPDATE", Target(node.UpdateSpecification));

    public override void Visit(DeleteStatement node) => Needs("DELETE", Target(node.DeleteSpecification));

    public override void Visit(TruncateTableStatement node) => Needs("ALTER", node.TableName);

    public override void Visit(DropObjectsStatement node)
    {
        foreach (var dropped in node.Objects)
            Needs("ALTER", dropped);
    }

    public override void Visit(CreateTableStatement node) => Creates("CREATE TABLE", node.SchemaObjectName);

    public override void Visit(CreateViewStatement node) => Creates("CREATE VIEW", node.SchemaObjectName);

    public override void Visit(AlterTableStatement node) => Needs("ALTER", node.SchemaObjectName);

    public override void Visit(CreateColumnStoreIndexStatement node) => Needs("ALTER", node.OnName);

    public override void Visit(ForeignKeyConstraintDefinition node) => Needs("REFERENCES", node.ReferenceTableName);

    /// <summary>An extended property belongs to the schema of what bears it; a lock needs no right.</summary>
    public override void Visit(ExecuteParameter node)
    {
        if (node is { Variable.Name: "@level0name", ParameterValue: StringLiteral schema })
            All.Add($"ALTER {schema.Value}");
    }

    private static TSqlScript Parse(string sql)
    {
        var script = (TSqlScript)
            new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        errors.Select(e => e.Message).Should().BeEmpty(sql);
        return script;
    }

    /// <summary>An update names its table by an alias.</summary>
    private static SchemaObjectName? Target(DataModificationSpecification change)
    {
        var name = ((NamedTableReference)change.Target).SchemaObject;
        if (name.SchemaIdentifier is not null || change is not UpdateSpecification { FromClause: { } from })
            return name;
        var tables = new Tables();
        from.Accept(tables);
        return tables.Found.Single(t => t.Alias?.Value == name.BaseIdentifier.Value).SchemaObject;
    }

    private void Creates(string right, SchemaObjectName name)
    {
        All.Add(right);
        Needs("ALTER", name);
    }

    private void Needs(string right, SchemaObjectName? name)
    {
        if (name?.SchemaIdentifier?.Value is { } schema && s_schemas.Contains(schema))
            All.Add($"{right} {schema}");
    }

    private sealed class Tables : TSqlFragmentVisitor
    {
        public List<NamedTableReference> Found { get; } = [];

        public override void Visit(NamedTableReference node) => Found.Add(node);
    }
}
