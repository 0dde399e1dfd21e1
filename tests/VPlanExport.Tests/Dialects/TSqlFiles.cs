using Microsoft.SqlServer.TransactSql.ScriptDom;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Dialects;

/// <summary>The committed T-SQL, by path below <c>sql/</c>.</summary>
internal static class TSqlFiles
{
    /// <summary>What SQL Server runs: its own folder, and the views that every engine reads.</summary>
    public static IReadOnlyList<string> All { get; } = [.. In("sqlserver").Concat(In("bi"))];

    public static string Read(string path) => Repository.Read($"sql/{path}");

    /// <summary>The batches, as SQL Server 2019 or as Azure SQL reads them; what cannot be read fails the test.</summary>
    public static TSqlScript Parse(string path, SqlEngineType engine = SqlEngineType.Standalone)
    {
        using var text = new StringReader(Read(path));
        var script = new TSql150Parser(initialQuotedIdentifiers: true, engine).Parse(text, out var errors);
        errors.Select(e => $"{path}, line {e.Line}: {e.Message}").Should().BeEmpty();
        return (TSqlScript)script;
    }

    public static IEnumerable<string> In(string folder)
    {
        var root = Path.Combine(Repository.Root, "sql");
        return Directory
            .EnumerateFiles(Path.Combine(root, folder), "*.sql", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }
}
