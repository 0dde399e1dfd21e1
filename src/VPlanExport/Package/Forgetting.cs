using System.Text.Json;
using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.Package;

/// <summary>
/// Replaces what tells of forgotten people: in rows by column, in what vPlan sends by property, in texts by name. Rows
/// that a page becomes are the same whether the page or the rows were treated.
/// </summary>
internal sealed class Forgetting
{
    private static readonly string[] People = [Users.Dim.Name, Resources.Dim.Name];

    private readonly NameSearch _search;
    private readonly List<PersonRule> _rules;

    public Forgetting(ForgottenList list)
    {
        _search = new NameSearch(list);
        _rules = [.. list.People.SelectMany(p => RulesOf(p, Catalog.All))];
    }

    /// <summary>The text without names; one that is JSON is searched as such.</summary>
    public string Text(string text)
    {
        if (text is not ['{' or '[', ..])
            return _search.Without(text);
        try
        {
            using var json = JsonDocument.Parse(text);
            return new ForgottenJson(_rules, Text).Rewrite(json.RootElement) is { } rewritten
                ? System.Text.Encoding.UTF8.GetString(rewritten.Span)
                : text;
        }
        catch (JsonException)
        {
            return _search.Without(text);
        }
    }

    /// <summary>Treats JSON of any kind.</summary>
    /// <returns>Null when it tells of nobody.</returns>
    public ReadOnlyMemory<byte>? Json(JsonElement json) => new ForgottenJson(_rules, Text).Rewrite(json);

    /// <summary>Treats a page of an entity's records, or of their elements.</summary>
    /// <returns>Null when it tells of nobody.</returns>
    public ReadOnlyMemory<byte>? Page(Entity entity, JsonElement page) =>
        new ForgottenJson([.. _rules.Where(r => r.Entity is null || r.Entity == entity.Name)], Text).Rewrite(page);

    /// <summary>Treats rows of a table in place.</summary>
    /// <returns>How many rows were changed.</returns>
    public int Rows(RowBatch batch)
    {
        var rules = _rules.Where(r => r.Table == batch.Table.Name && r.KeyColumn is not null).ToList();
        var changed = new HashSet<int>();
        foreach (var column in batch.Table.Columns.Where(c => c.Type.Kind is ColumnKind.Text or ColumnKind.Json))
        {
            var texts = batch.Typed<string>(column.Name);
            for (var row = 0; row < texts.Count; row++)
            {
                if (texts.IsNull(row) || texts[row].Length == 0)
                    continue;
                var rule = column.IsPersonal ? rules.Find(r => batch.Typed<long>(r.KeyColumn!)[row] == r.Key) : null;
                var text = rule?.Pseudonym ?? Text(texts[row]);
                if (string.Equals(text, texts[row], StringComparison.Ordinal))
                    continue;
                texts.Set(row, text);
                changed.Add(row);
            }
        }
        return changed.Count;
    }

    /// <summary>Which rows and which JSON objects are the person's: their own record, also inside others, and what
    /// refers to it and has personal columns.</summary>
    private static IEnumerable<PersonRule> RulesOf(ForgottenPerson person, IReadOnlyList<Entity> entities)
    {
        yield return Own(Users.Entity, person.User, person.Pseudonym);
        if (person.Resource is { } resource)
            yield return Own(Resources.Entity, resource, person.Pseudonym);
        foreach (
            var (entity, table) in entities
                .SelectMany(e => e.Tables.Select(t => (e, t)))
                .Where(t => !People.Contains(t.t.Name))
        )
        {
            foreach (var reference in table.Columns.Where(c => c.References is { } to && People.Contains(to)))
            {
                var id = reference.References == Users.Dim.Name ? person.User : person.Resource;
                if (reference.Source is Source.KeyOf { Paths: [var path] } key && id is not null)
                    yield return new PersonRule(id, path, person.Pseudonym, Personal(table))
                    {
                        Entity = entity.Name,
                        Table = table.Name,
                        KeyColumn = reference.Name,
                        Key = SurrogateKey.Of(key.Entity, id),
                    };
            }
        }
    }

    private static PersonRule Own(Entity entity, string id, string pseudonym) =>
        new(id, "id", pseudonym, Personal(entity.Main))
        {
            Table = entity.Main.Name,
            KeyColumn = entity.Main.Key.Name,
            Key = SurrogateKey.Of(entity.Main.KeyEntity!, id),
            Dropped = [.. entity.IgnoredProperties.Except(Personal(entity.Main))],
        };

    private static HashSet<string> Personal(Table table) =>
        table
            .Columns.Where(c => c.IsPersonal)
            .SelectMany(c => c.Source is Source.Json json ? [json.Path, json.Or ?? json.Path] : Array.Empty<string>())
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Whose a row or a JSON object is.</summary>
/// <param name="Id">Of the user or the resource.</param>
/// <param name="IdProperty">The property that holds it.</param>
/// <param name="Personal">Properties that are replaced.</param>
internal sealed record PersonRule(string Id, string IdProperty, string Pseudonym, IReadOnlySet<string> Personal)
{
    /// <summary>The entity on whose pages it holds; null for all.</summary>
    public string? Entity { get; init; }

    public string? Table { get; init; }

    public string? KeyColumn { get; init; }

    public long Key { get; init; }

    /// <summary>Properties that no column reads: nobody knows what is in them.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];
}
