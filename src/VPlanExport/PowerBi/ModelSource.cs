using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.PowerBi;

/// <summary>Where the model reads from, as parameters and as the M of each table. No parameter is a secret.</summary>
internal abstract record ModelSource
{
    /// <summary>Name and value of each parameter.</summary>
    public abstract IReadOnlyList<(string Name, string Value)> Parameters { get; }

    /// <summary>The M of a table; lines without outer indentation.</summary>
    public abstract string Of(Table table);

    /// <summary>The columns of the model and no others, so that a column that the warehouse gains changes nothing in
    /// Desktop.</summary>
    protected static string Selected(Table table, string rows) =>
        $"Table.SelectColumns({rows}, {{{string.Join(", ", ModelColumns.Of(table).Select(c => $"\"{c.Name}\""))}}})";

    /// <summary>The views in <c>bi</c> of SQL Server, Azure SQL or a Fabric SQL endpoint.</summary>
    /// <param name="IsIncremental">The two large facts are read by month.</param>
    internal sealed record SqlServer(string Server, string Database, bool IsIncremental = false) : ModelSource
    {
        public override IReadOnlyList<(string Name, string Value)> Parameters =>
            [("Server", Server), ("Database", Database)];

        public override string Of(Table table) =>
            Of(table, IsIncremental && IncrementalKey(table) is { } key ? key : null);

        /// <summary>The date key by which a large fact is read by month; null for other tables.</summary>
        public static string? IncrementalKey(Table table) =>
            table == TimeEntries.Fact || table == PlannedDays.Fact ? $"{table.PartitionDate}_key" : null;

        /// <summary>
        /// The month that is the last of the window holds all days after it, and the rows without a day: the plan
        /// reaches into the future, and no window does. It is read again when another month is the last.
        /// </summary>
        private static string Of(Table table, string? key)
        {
            var read =
                $"let\n    Source = Sql.Database(#\"Server\", #\"Database\"),\n    Rows = "
                + $"Source{{[Schema=\"bi\", Item=\"{table.Name}\"]}}[Data],\n";
            return key is null
                ? $"{read}    Columns = {Selected(table, "Rows")}\nin\n    Columns"
                : $"{read}    From = Date.Year(RangeStart) * 10000 + Date.Month(RangeStart) * 100 + "
                    + $"Date.Day(RangeStart),\n"
                    + "    To = Date.Year(RangeEnd) * 10000 + Date.Month(RangeEnd) * 100 + Date.Day(RangeEnd),\n"
                    + "    IsLast = Date.IsInCurrentMonth(RangeStart),\n"
                    + $"    Window = Table.SelectRows(Rows, each ([{key}] >= From and ([{key}] < To or IsLast)) "
                    + $"or ([{key}] = -1 and IsLast)),\n"
                    + $"    Columns = {Selected(table, "Window")}\nin\n    Columns";
        }
    }

    /// <summary>The Delta tables: in a folder, or in an account with a hierarchical namespace.</summary>
    internal sealed record Lake(string Location, bool IsFolder) : ModelSource
    {
        private string Parameter => IsFolder ? "Lake folder" : "Lake URL";

        public override IReadOnlyList<(string Name, string Value)> Parameters => [(Parameter, Location)];

        public override string Of(Table table) =>
            table == Freshness.View
                ? OfFreshness()
                : $"let\n    Rows = {Table(Below(table.Name))},\n"
                    + "    Live = Table.SelectRows(Rows, each [is_deleted] = null or [is_deleted] = false),\n"
                    + (
                        ModelColumns.IsCalendar(table)
                            ? "    Days = Table.SelectRows(Live, each [date_key] <> -1),\n"
                            : ""
                    )
                    + $"    Columns = {Selected(table, ModelColumns.IsCalendar(table) ? "Days" : "Live")}\nin\n "
                    + $"   Columns";

        private string Below(string name) =>
            IsFolder ? $"#\"{Parameter}\" & \"\\{name}\"" : $"#\"{Parameter}\" & \"/{name}\"";

        private string Table(string path) =>
            IsFolder
                ? $"DeltaLake.Table(Folder.Contents({path}))"
                : $"DeltaLake.Table(AzureStorage.DataLake({path}, [HierarchicalNavigation=true]))";

        /// <summary>What <c>lake.json</c> says of runs and reads, and the rows of each table. One that an earlier
        /// version put says nothing of reads.</summary>
        private string OfFreshness()
        {
            var file = IsFolder
                ? $"File.Contents({Below("lake.json")})"
                : $"AzureStorage.DataLakeContents({Below("lake.json")})";
            var feeds = Catalog.Tables.Select(t => $"{{{string.Join(", ", FeedsOf(t).Select(e => $"\"{e}\""))}}}");
            var fields = Freshness.View.Columns.Select(c => $"{c.Name} = {Value(c.Name)}");
            var types = Freshness.View.Columns.Select(c => $"{c.Name} = {TypeOf(c)}");
            return $$"""
                let
                    Set = Json.Document({{file}}),
                    Moment = (text) =>
                        if text = null then null
                        else DateTimeZone.RemoveZone(DateTimeZone.ToUtc(DateTimeZone.FromText(text))),
                    Tables = {{{string.Join(", ", Catalog.Tables.Select(t => $"\"{t.Name}\""))}}},
                    Feeds = {{{string.Join(", ", feeds)}}},
                    Reads = Record.FieldOrDefault(Set, "reads") ?? [],
                    Read = (entity, name) => Record.FieldOrDefault(Record.FieldOrDefault(Reads, entity, []), name),
                    Of = (i, name) => List.RemoveNulls(List.Transform(Feeds{i}, (entity) => Read(entity, name))),
                    Oldest = (i, name) =>
                        if List.Count(Of(i, name)) = List.Count(Feeds{i}) then Moment(List.Min(Of(i, name))) else null,
                    Live = (name) =>
                        Table.RowCount(Table.SelectRows({{Table(
                    IsFolder ? $"#\"{Parameter}\" & \"\\\" & name" : $"#\"{Parameter}\" & \"/\" & name"
                )}}, each [is_deleted] = null or [is_deleted] = false)),
                    Rows = List.Transform(List.Positions(Tables), (i) => [{{string.Join(", ", fields)}}]),
                    Columns = Table.FromRecords(Rows, type table [{{string.Join(", ", types)}}])
                in
                    Columns
                """.ReplaceLineEndings(
                "\n"
            );
        }

        private static IEnumerable<string> FeedsOf(Table table) =>
            Catalog
                .All.Where(e => e.Tables.Any(t => t.Name == table.Name))
                .Select(e => e.Name)
                .Order(StringComparer.Ordinal);

        /// <summary>Of a table that several entities feed: sums, the oldest watermark, one of the reasons; as
        /// <c>bi.freshness</c> has it.</summary>
        private static string Value(string column) =>
            column switch
            {
                "table_name" => "Tables{i}",
                "entity" => "if List.IsEmpty(Feeds{i}) then null else Text.Combine(Feeds{i}, \", \")",
                "last_run_id" => "Set[run]",
                "loaded_at" => "Moment(Set[publishedAt])",
                "watermark" => "Oldest(i, \"watermark\")",
                "live_rows" => "Live(Tables{i})",
                "unavailable_reason" => "List.Max(Of(i, \"unavailable_reason\"))",
                "position" => "i",
                _ => $"List.Sum(Of(i, \"{column}\"))",
            };

        private static string TypeOf(Column column) =>
            ModelColumns.Type(column) switch
            {
                "int64" => "nullable Int64.Type",
                "decimal" => "nullable Currency.Type",
                "dateTime" => "nullable datetime",
                _ => "nullable text",
            };
    }
}
