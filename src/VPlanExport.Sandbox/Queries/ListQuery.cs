using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace VPlanExport.Sandbox;

/// <summary>The query of a read, checked against the entity: default `limit` 100, allowed 1..1000, else 400 (README
/// section 4, D, M).</summary>
internal sealed record ListQuery(
    int Limit,
    int Offset,
    Filter? Filter,
    SortOrder Sort,
    Projection Projection,
    WithTree With,
    bool Archived,
    IReadOnlyList<string> Include
)
{
    private static readonly string[] Inclusions = ["time_tracking_total", "resource_type_count", "resource_type_time"];

    public static ListQuery Parse(EntitySchema schema, IQueryCollection query, SandboxOptions options) =>
        new(
            Whole(query, "limit", 100, 1, 1000),
            Whole(query, "offset", 0, 0, int.MaxValue),
            Text(query, "filter") is { } filter ? FilterParser.Parse(schema, filter) : null,
            Text(query, "sort") is { } sort ? SortOrder.Parse(schema, sort) : SortOrder.None,
            Projection.Parse(schema, Text(query, "show"), Text(query, "hide")),
            Text(query, "with") is { } with ? WithTree.Parse(schema, with, options) : WithTree.None,
            ArchivedOf(schema, query, options),
            IncludeOf(schema, query)
        );

    public static string? Text(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    private static int Whole(IQueryCollection query, string name, int preset, int least, int most)
    {
        if (Text(query, name) is not { } text)
            return preset;
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least
            && value <= most
        )
            return value;
        throw ApiException.BadRequest($"Invalid {name}: {text}", $"{name} must be between {least} and {most}");
    }

    private static bool ArchivedOf(EntitySchema schema, IQueryCollection query, SandboxOptions options)
    {
        if (Text(query, "archived") is not { } text)
            return false;
        if (!options.ArchivedOnBoardAndActivity && schema.Name is ("board" or "activity"))
            throw ApiException.BadRequest("Parameter not found: archived");
        return text is "true" or "1";
    }

    private static string[] IncludeOf(EntitySchema schema, IQueryCollection query)
    {
        if (schema != Cards.Schema || Text(query, "include") is not { } text)
            return [];
        var names = text.Split(',');
        return names.Except(Inclusions).FirstOrDefault() is { } unknown
            ? throw ApiException.BadRequest($"Include not found: {unknown}")
            : names;
    }
}
