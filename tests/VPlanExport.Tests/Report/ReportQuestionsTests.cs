using System.Data.Common;
using DuckDB.NET.Data;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Extract.Http;
using VPlanExport.Report;
using VPlanExport.Runs.Starts;
using VPlanExport.Storage;
using VPlanExport.Tests.Warehouse;
using VPlanExport.Warehouse;

namespace VPlanExport.Tests.Report;

/// <summary>What the report asks, in SQL that both engines read.</summary>
[Trait("Tier", "unit")]
public sealed class ReportQuestionsTests
{
    [Fact]
    public async Task Every_question_is_T_SQL_too_and_names_only_bi_and_etl()
    {
        await using var star = await DuckDbStar.PreparedAsync();
        var asked = new List<string>();
        using (var connection = new DuckDBConnection($"Data Source={star.File};access_mode=READ_ONLY"))
        {
            connection.Open();
            using var session = new RecordingSession(connection, asked);
            Reported(star.File).Of(session, "here").Html.Should().Contain("</html>");
        }

        asked.Should().HaveCountGreaterThan(30);
        foreach (var sql in asked)
        {
            var tree = new TSql160Parser(initialQuotedIdentifiers: true).Parse(
                new StringReader(sql.Replace("?", "@p", StringComparison.Ordinal)),
                out var errors
            );
            errors.Select(e => e.Message).Should().BeEmpty(sql);
            var tables = new Tables();
            tree.Accept(tables);
            tables.Schemas.Should().BeSubsetOf(["bi", "etl"], sql);
        }
    }

    private static NightReport Reported(string file)
    {
        var settings = new Settings(
            new VPlanSettings(),
            TimeZoneInfo.Utc,
            TimeSpan.FromMinutes(15),
            new LakeSettings(new StoreLocation.Folder("lake"), TimeSpan.FromDays(7)),
            new WarehouseSettings(WarehouseSettings.DuckDb, $"Data Source={file}"),
            new RunSettings(new StoreLocation.Folder("work"), TimeSpan.FromDays(30), 0.01, 10, 0.1, 25, 7),
            new CalendarSettings(Holidays.Dutch, FiscalYearStart: 1)
        );
        var good = new GoodRun("r", DateTime.UnixEpoch, DateTime.UnixEpoch);
        return new NightReport(
            settings,
            new ReportOptions(new DateOnly(2026, 10, 7), IsDutch: true, ShowsPeople: true),
            new ReportVerdict(ReportState.Complete, good, null),
            new DateTime(2026, 10, 7, 6, 0, 0)
        );
    }

    /// <summary>Schemas of the tables that a statement names, its own expressions left out.</summary>
    private sealed class Tables : TSqlFragmentVisitor
    {
        public HashSet<string> Schemas { get; } = [];

        public override void Visit(NamedTableReference node)
        {
            if (node.SchemaObject.SchemaIdentifier is { } schema)
                Schemas.Add(schema.Value);
        }
    }

    private sealed class RecordingSession(DuckDBConnection connection, List<string> asked)
        : WarehouseSession("here", TestContext.Current.CancellationToken)
    {
        public override T InTransaction<T>(Func<T> work) => throw new NotSupportedException();

        public override void Dispose() => connection.Dispose();

        protected override DbCommand Command(string sql, object?[] parameters)
        {
            asked.Add(sql);
            var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var parameter in parameters)
                command.Parameters.Add(new DuckDBParameter(parameter ?? DBNull.Value));
            return command;
        }

        protected override ExportException? Fault(string doing, Exception e) => null;
    }
}
