using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>The generated part of <c>sql/</c>: one object a file, the same text on every machine. What is written by hand there is left alone.</summary>
public static class SqlFolder
{
    private const string Header = "-- Generated from the catalog by `vplan-export schema --write`: edit the catalog, not this file.\n";

    /// <summary>Text of every generated file, by path below the folder (forward slashes, \n line ends).</summary>
    public static IReadOnlyDictionary<string, string> Render(IReadOnlyList<Entity> entities, IReadOnlyList<Table> tables)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["README.md"] = SqlDictionary.Render(entities, tables),
            ["duckdb/etl/entity_table.sql"] = Header + EntityTable(entities, tables),
        };
        foreach (var table in tables)
        {
            files[$"duckdb/stg/{table.Name}.sql"] = Header + DuckDbTables.CreateStaging(table);
            files[$"duckdb/dw/{table.Name}.sql"] = Header + DuckDbTables.CreateStar(table);
        }
        return files;
    }

    /// <summary>Writes what <see cref="Render"/> gives and deletes tables' files that the catalog no longer has.</summary>
    public static void Write(string folder, IReadOnlyList<Entity> entities, IReadOnlyList<Table> tables)
    {
        var files = Render(entities, tables);
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
        foreach (var path in Stale(folder, files))
            File.Delete(Path.Combine(folder, path));
    }

    /// <summary>How the folder differs from what <see cref="Render"/> gives, one line a file; empty when it does not.</summary>
    public static IReadOnlyList<string> Check(string folder, IReadOnlyList<Entity> entities, IReadOnlyList<Table> tables)
    {
        var files = Render(entities, tables);
        return
        [
            .. files.Select(file => Difference(folder, file.Key, file.Value)).OfType<string>(),
            .. Stale(folder, files).Select(path => $"{path}: the catalog has no such table."),
        ];
    }

    private static string? Difference(string folder, string path, string expected)
    {
        var file = Path.Combine(folder, path);
        if (!File.Exists(file))
            return $"{path}: missing.";
        var (actual, wanted) = (File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n'), expected.Split('\n'));
        var line = actual.Zip(wanted).TakeWhile(pair => pair.First == pair.Second).Count();
        return line == actual.Length && line == wanted.Length
            ? null
            : $"{path}, line {line + 1}: is '{actual.ElementAtOrDefault(line)}', the catalog gives '{wanted.ElementAtOrDefault(line)}'.";
    }

    private static IEnumerable<string> Stale(string folder, IReadOnlyDictionary<string, string> files) =>
        new[] { "duckdb/stg", "duckdb/dw" }
            .Where(part => Directory.Exists(Path.Combine(folder, part)))
            .SelectMany(part => Directory.GetFiles(Path.Combine(folder, part)).Select(file => $"{part}/{Path.GetFileName(file)}"))
            .Where(path => !files.ContainsKey(path))
            .Order(StringComparer.Ordinal);

    private static string EntityTable(IReadOnlyList<Entity> entities, IReadOnlyList<Table> tables)
    {
        var rows = tables.Select((table, i) => $"    ({i}, '{table.Name}', {EntityOf(table)})");
        return "-- Which entity feeds which table of the star; empty for a table that is not read from vPlan.\n"
            + "CREATE OR REPLACE VIEW etl.entity_table AS\n"
            + $"SELECT * FROM (VALUES\n{string.Join(",\n", rows)}\n) AS t(position, table_name, entity);\n";

        string EntityOf(Table table) => entities.FirstOrDefault(e => e.Tables.Contains(table)) is { } entity ? $"'{entity.Name}'" : "NULL";
    }
}
