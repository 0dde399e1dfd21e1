using System.Data.Common;
using System.Globalization;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>What the server is: what SQL Server does better is used where it is SQL Server, and nothing is tried that may fail.</summary>
/// <param name="IsSqlServer">SQL Server, Azure SQL Database or Managed Instance; not a server that only speaks their language.</param>
/// <param name="HasColumnstore">It has clustered columnstore indexes.</param>
/// <param name="HasSnapshotReads">Readers do not wait for a load: READ_COMMITTED_SNAPSHOT is on. Null where the server does not say.</param>
internal sealed record SqlServerFeatures(bool IsSqlServer, bool HasColumnstore, bool? HasSnapshotReads)
{
    /// <summary>Standard, Enterprise, Express, Azure SQL Database, Managed Instance and SQL database in Fabric: https://learn.microsoft.com/sql/t-sql/functions/serverproperty-transact-sql.</summary>
    private static readonly HashSet<long> Editions = [2, 3, 4, 5, 8, 12];

    /// <summary>Too small for columnstore indexes: https://learn.microsoft.com/azure/azure-sql/database/service-tiers-dtu.</summary>
    private static readonly HashSet<string> SmallTiers = new(["Basic", "S0", "S1", "S2"], StringComparer.OrdinalIgnoreCase);

    /// <summary>What would serve the readers better; null when there is nothing.</summary>
    public string? Advice => HasSnapshotReads switch
    {
        true => null,
        false => "Who reads while a run is loaded waits for it, or sees half of it with NOLOCK: let the owner of the database run ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON.",
        null => "The server does not say whether READ_COMMITTED_SNAPSHOT is on; where it is off, who reads while a run is loaded waits for it.",
    };

    public static SqlServerFeatures Of(SqlServerSession session)
    {
        var version = session.Ask("SELECT CAST(@@VERSION AS nvarchar(300))", r => r.GetString(0)) ?? "";
        if (!version.StartsWith("Microsoft SQL", StringComparison.OrdinalIgnoreCase) || !Editions.Contains(session.Ask("SELECT CAST(SERVERPROPERTY('EngineEdition') AS int)", Whole)))
            return new SqlServerFeatures(false, false, true);
        var tier = session.Ask("SELECT CAST(DATABASEPROPERTYEX(DB_NAME(), 'ServiceObjective') AS nvarchar(100))", r => r.GetString(0)) ?? "";
        // By name: in Azure SQL Database DB_ID() may be another number than database_id.
        var isSnapshot = session.Ask<bool?>("SELECT CAST(is_read_committed_snapshot_on AS int) FROM sys.databases WHERE name = DB_NAME()", r => Whole(r) == 1);
        return new SqlServerFeatures(true, !SmallTiers.Contains(tier), isSnapshot);
    }

    private static long Whole(DbDataReader row) => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture);
}
