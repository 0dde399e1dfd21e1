using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.PowerBi;

/// <summary>
/// Roles for row-level security, which the service applies by the reader's e-mail address. The team: the reader and
/// those in the same groups. The boards: those with a card that the reader is assigned to, and what belongs to these
/// boards.
/// </summary>
internal static class SecurityRoles
{
    public static IReadOnlyList<(string Name, string Text)> All(ModelNames names) =>
        [("Board", Boards(names)), ("Team", Team(names))];

    private static string Boards(ModelNames n)
    {
        var assigned =
            $"CALCULATETABLE(VALUES({n.Of("bridge_card_resource", "card_key")}), TREATAS({Reader(n)}, "
            + $"{n.Of("bridge_card_resource", "resource_key")}))";
        var boards =
            $"CALCULATETABLE(VALUES({n.Of("fact_card", "board_key")}), TREATAS({assigned}, "
            + $"{n.Of("fact_card", "card_key")}))";
        var tables = Catalog.Tables.Where(t => t.Kind == TableKind.Dimension && t.Has("board_key"));
        return Role("Board", n, tables.Select(t => (t, $"{n.Of(t.Name, "board_key")} IN\n    {boards}")));
    }

    private static string Team(ModelNames n)
    {
        var groups =
            $"CALCULATETABLE(VALUES({n.Of("bridge_group_resource", "group_key")}), TREATAS({Reader(n)}, "
            + $"{n.Of("bridge_group_resource", "resource_key")}))";
        var members =
            $"CALCULATETABLE(VALUES({n.Of("bridge_group_resource", "resource_key")}), TREATAS({groups}, "
            + $"{n.Of("bridge_group_resource", "group_key")}))";
        return Role(
            "Team",
            n,
            new[] { Resources.Dim, Users.Dim }.Select(t =>
                (t, $"{n.Of(t.Name, "resource_key")} IN\n    UNION({Reader(n)}, {members})")
            )
        );
    }

    /// <summary>The resource that the reader is.</summary>
    private static string Reader(ModelNames n) =>
        $"CALCULATETABLE(VALUES({n.Of("dim_user", "resource_key")}), REMOVEFILTERS(), "
        + $"{n.Of("dim_user", "email")} = USERPRINCIPALNAME(), {n.Of("dim_user", "resource_key")} <> -1)";

    private static string Role(string name, ModelNames n, IEnumerable<(Table Table, string Filter)> permissions)
    {
        var file = new TmdlWriter().Line(0, $"role {name}").Property(1, "modelPermission", "read").Blank();
        foreach (var (table, filter) in permissions)
            file.Expression(1, $"tablePermission {TmdlWriter.Name(n.Table(table))}", filter).Blank();
        return file.ToString();
    }
}
