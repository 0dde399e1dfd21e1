using DuckDB.NET.Data;

namespace VPlanExport.Benchmarks;

/// <summary>
/// What DuckDB needs for the same columns from the same pages: a table, and a Parquet file of the same compression. It does less than
/// the export: keys are its own fast hashes, no rows are rejected, no members are made up, there is one file instead of one a month, and no staging table.
/// </summary>
internal static class ReplayDuckDb
{
    public static IReadOnlyDictionary<string, PhaseTime> Run(string pages)
    {
        using var scratch = new Scratch();
        var phases = new PhaseClock();
        using var connection = new DuckDBConnection($"Data Source={Path.Combine(scratch.Folder, "alone.duckdb")}");
        connection.Open();
        Execute(connection, "SET TimeZone = 'UTC'; SET preserve_insertion_order = false");
        phases.Begin("read_json to table");
        Execute(connection, $"CREATE TABLE fact_time_entry AS {Select(pages)}; CHECKPOINT");
        phases.Begin("table to Parquet");
        Execute(
            connection,
            $"COPY fact_time_entry TO '{Path.Combine(scratch.Folder, "alone.parquet")}' (FORMAT parquet, COMPRESSION snappy)"
        );
        return phases.Stop();
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Select(string pages) =>
        $$"""
            SELECT {{Key("time_entry", "e.id")}} AS time_entry_key, e.id AS time_entry_id,
                {{Key("card", "e.card_id")}} AS card_key, -1::BIGINT AS collection_key, -1::BIGINT AS board_key,
                {{Key("activity", "e.activity_id")}} AS activity_key, {{Key(
                "user",
                "e.user_id"
            )}} AS user_key, -1::BIGINT AS resource_key,
                {{Day}} AS work_date, (year({{Day}}) * 10000 + month({{Day}}) * 100 + day({{Day}}))::INTEGER AS work_date_key,
                e.start AS started_at, e."end" AS ended_at, e.duration AS minutes, e.status, e.running AS is_running, e.locked AS is_locked,
                e.note, e.synchronized_at, e.external_failed AS has_external_failure, e.external_note, e.external_ref,
                false AS is_deleted, e.created_at AS source_created_at, e.updated_at AS source_updated_at,
                TIMESTAMPTZ '2026-01-01 03:00:00Z' AS extracted_at, '20260101T030000Z-1' AS run_id
            FROM (
                SELECT unnest(data) AS e
                FROM read_json('{{pages}}/page-*.json.gz', format = 'unstructured', columns = {data: 'STRUCT(
                    id VARCHAR, card_id VARCHAR, activity_id VARCHAR, user_id VARCHAR, start TIMESTAMPTZ, "end" TIMESTAMPTZ, duration BIGINT, status VARCHAR,
                    locked BOOLEAN, note VARCHAR, synchronized_at TIMESTAMPTZ, external_ref VARCHAR, external_note VARCHAR, external_failed BOOLEAN,
                    created_at TIMESTAMPTZ, updated_at TIMESTAMPTZ, running BOOLEAN)[]'}))
            """;

    private const string Day = "(e.start AT TIME ZONE 'Europe/Amsterdam')::DATE";

    private static string Key(string entity, string id) => $"(hash('{entity}|' || {id}) >> 1)::BIGINT";
}
