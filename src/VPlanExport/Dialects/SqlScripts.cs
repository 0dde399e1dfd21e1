using System.Text.RegularExpressions;
using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <param name="Name">The name of what it creates: that of its file, without <c>.sql</c>.</param>
/// <param name="Text">One statement, comments before it.</param>
internal sealed partial record SqlScript(string Name, string Text)
{
    /// <summary>The schema of what it creates.</summary>
    public string Schema => Created().Match(Text).Groups["schema"].Value;

    public bool IsView =>
        Created().Match(Text).Groups["kind"].ValueSpan.Equals("VIEW", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of a script that creates a table: its columns and how each is declared, such as <c>seen</c> and <c>seen
    /// BIGINT NOT NULL</c>; one stands on each line.</summary>
    public IEnumerable<(string Name, string Declaration)> Columns =>
        IsView ? [] : Column().Matches(Text).Select(m => (m.Groups["name"].Value, m.Groups["declaration"].Value));

    [GeneratedRegex(
        @"^ +(?<declaration>\[?(?<name>[a-z_]+)\]? [A-Za-z][^,\n-]*?(\([0-9, a-z]+\))?[^,\n-]*?),?( --.*)?$",
        RegexOptions.Multiline
    )]
    private static partial Regex Column();

    [GeneratedRegex(
        @"^CREATE (OR REPLACE )?(?<kind>TABLE|VIEW) (IF NOT EXISTS )?\[?(?<schema>\w+)\]?\.",
        RegexOptions.Multiline
    )]
    private static partial Regex Created();
}

/// <summary>The scripts of <c>sql/</c> that a warehouse runs besides its tables, as they are shipped inside the
/// program.</summary>
internal static class SqlScripts
{
    /// <summary>The journal, the views for people, and a view of each table of the star: all that a warehouse has
    /// besides its tables.</summary>
    public static IReadOnlyList<SqlScript> All(string engine, IEnumerable<Table> tables) =>
        [.. Of(engine, "etl"), .. Of(engine, "bi"), .. StarViews.Of(engine, tables)];

    /// <summary>
    /// Every script of a folder (<c>etl</c>, <c>bi</c>, <c>schema</c>) for an engine (<c>duckdb</c>, <c>sqlserver</c>),
    /// those that are written once for all engines included, in order of name.
    /// </summary>
    public static IReadOnlyList<SqlScript> Of(string engine, string folder)
    {
        var names = typeof(SqlScripts).Assembly.GetManifestResourceNames();
        return
        [
            .. names
                .Where(name =>
                    name.StartsWith($"{engine}/{folder}/", StringComparison.Ordinal)
                    || name.StartsWith($"{folder}/", StringComparison.Ordinal)
                )
                .Select(name => new SqlScript(Path.GetFileNameWithoutExtension(name), Read(name)))
                .OrderBy(script => script.Name, StringComparer.Ordinal),
        ];
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(SqlScripts).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
