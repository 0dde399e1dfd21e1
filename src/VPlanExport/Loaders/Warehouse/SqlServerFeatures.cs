namespace VPlanExport.Loaders.Warehouse;

/// <summary>What the server is: what SQL Server does better is used where it is SQL Server, and nothing is tried that may fail.</summary>
/// <param name="IsSqlServer">SQL Server, Azure SQL Database or Managed Instance; not a server that only speaks their language.</param>
/// <param name="HasColumnstore">It has clustered columnstore indexes.</param>
/// <param name="HasSnapshotReads">Readers do not wait for a load: READ_COMMITTED_SNAPSHOT is on.</param>
internal sealed record SqlServerFeatures(bool IsSqlServer, bool HasColumnstore, bool HasSnapshotReads)
{
    /// <summary>Standard, Enterprise, Express, Azure SQL Database, Managed Instance and SQL database in Fabric: https://learn.microsoft.com/sql/t-sql/functions/serverproperty-transact-sql.</summary>
    private static readonly HashSet<long?> Editions = [2, 3, 4, 5, 8, 12];

    /// <summary>Too small for columnstore indexes: https://learn.microsoft.com/azure/azure-sql/database/service-tiers-dtu.</summary>
    private static readonly HashSet<string> SmallTiers = new(["Basic", "S0", "S1", "S2"], StringComparer.OrdinalIgnoreCase);

    public static SqlServerFeatures Of(WarehouseSession session)
    {
        var version = session.Single("SELECT CAST(@@VERSION AS nvarchar(300))", r => r.GetString(0));
        if (!version.StartsWith("Microsoft SQL", StringComparison.OrdinalIgnoreCase) || !Editions.Contains(session.Number("SELECT CAST(SERVERPROPERTY('EngineEdition') AS int)")))
            return new SqlServerFeatures(false, false, true);
        var tier = session.Single("SELECT CAST(DATABASEPROPERTYEX(DB_NAME(), 'ServiceObjective') AS nvarchar(100))", r => r.IsDBNull(0) ? "" : r.GetString(0));
        var isSnapshot = session.Number("SELECT CAST(is_read_committed_snapshot_on AS int) FROM sys.databases WHERE database_id = DB_ID()") == 1;
        return new SqlServerFeatures(true, !SmallTiers.Contains(tier), isSnapshot);
    }
}
