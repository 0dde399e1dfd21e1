namespace VPlanExport.Loaders.Warehouse;

/// <summary>The hand-written part of <c>sql/duckdb</c>, as it is shipped inside the program.</summary>
internal static class DuckDbScripts
{
    /// <summary>Every script of a schema (<c>etl</c>, <c>bi</c>), in order of file name.</summary>
    public static IEnumerable<string> Of(string schema)
    {
        var assembly = typeof(DuckDbScripts).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith($"duckdb/{schema}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }
}
