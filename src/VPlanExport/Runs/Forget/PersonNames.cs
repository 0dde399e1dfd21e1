using VPlanExport.Entities;
using VPlanExport.Lake;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Runs.Forget;

/// <summary>What the lake knows of a person who is to be forgotten: the only place where the names are read.</summary>
internal static class PersonNames
{
    /// <summary>The entry of a user in the list.</summary>
    /// <exception cref="ConfigurationException">The lake has no such user.</exception>
    public static async Task<ForgottenPerson> FindAsync(
        DeltaLake lake,
        ForgottenList list,
        string user,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var row =
            await RowAsync(lake, Users.Dim, Users.Dim.Key.Name, SurrogateKey.Of("user", user), cancellationToken)
            ?? throw new ConfigurationException(
                $"--user is '{user}', and the lake {lake.Store.Location} has no user of that id. Ids are in: "
                    + "vplan-export query \"SELECT user_id, full_name FROM dw.dim_user\""
            );
        var resource = await RowAsync(
            lake,
            Resources.Dim,
            Resources.Dim.Key.Name,
            (long)row["resource_key"]!,
            cancellationToken
        );
        var before = list.Find(user);
        var names = Names(row).Append(resource?["name"] as string).OfType<string>().Where(NameSearch.IsTelling);
        return new ForgottenPerson(
            (string)row[Users.Dim.Id!.Name]!,
            resource?[Resources.Dim.Id!.Name] as string ?? before?.Resource,
            before?.At ?? now,
            [.. (before?.Names ?? []).Concat(names.Select(list.FingerprintOf)).Distinct()]
        );
    }

    private static IEnumerable<string?> Names(Dictionary<string, object?> user)
    {
        var (first, infix, last) = (user["first_name"], user["infix"], user["last_name"]);
        return
        [
            user["full_name"] as string,
            user["email"] as string,
            user["username"] as string,
            Joined(" ", first, infix, last),
            Joined(" ", first, last),
            Joined(", ", last, first),
            Joined(" ", infix, last) is var surname && infix is string ? Joined(", ", surname, first) : null,
        ];
    }

    private static string Joined(string separator, params object?[] parts) =>
        string.Join(separator, parts.OfType<string>().Where(part => part.Length > 0));

    /// <summary>A live or deleted row by its key; null when it was never read.</summary>
    private static async Task<Dictionary<string, object?>?> RowAsync(
        DeltaLake lake,
        Table table,
        string keyColumn,
        long key,
        CancellationToken cancellationToken
    )
    {
        if (key == SurrogateKey.Unknown)
            return null;
        await foreach (var batch in lake.ReadAsync(table, columns: null, cancellationToken))
        {
            var keys = batch.Typed<long>(keyColumn);
            for (var row = 0; row < batch.Count; row++)
            {
                if (keys[row] == key)
                    return table.Columns.ToDictionary(c => c.Name, c => batch[c.Name].Boxed(row));
            }
        }
        return null;
    }
}
