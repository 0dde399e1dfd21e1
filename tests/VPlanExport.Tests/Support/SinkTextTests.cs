using DuckDB.NET.Data;

namespace VPlanExport.Tests.Support;

/// <summary>The comparison of lake and warehouse finds what differs.</summary>
[Trait("Tier", "scenario")]
public sealed class SinkTextTests
{
    [Theory]
    [InlineData(
        "UPDATE dw.fact_time_entry SET note = coalesce(note, '') || ' ' WHERE time_entry_key = (SELECT min(time_entry_key) FROM dw.fact_time_entry)",
        "fact_time_entry"
    )]
    [InlineData(
        "INSERT INTO dw.dim_card SELECT * FROM dw.dim_card WHERE card_key = (SELECT max(card_key) FROM dw.dim_card)",
        "dim_card"
    )]
    [InlineData("DELETE FROM dw.dim_item", "dim_item")]
    [InlineData("UPDATE dw.dim_label SET color = NULL", "dim_label")]
    public async Task A_table_whose_rows_differ_is_named(string alteration, string table)
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        await house.SinksAgreeAsync();
        using (var connection = new DuckDBConnection(house.Settings.Warehouse.ConnectionString))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = alteration;
            command.ExecuteNonQuery().Should().BePositive();
        }

        await house
            .Awaiting(h => h.SinksAgreeAsync())
            .Should()
            .ThrowAsync<Xunit.Sdk.XunitException>()
            .WithMessage($"*{table} must be the same in lake and warehouse*");
    }

    [Fact]
    public async Task A_file_of_the_lake_whose_statistics_are_wrong_is_named()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var log = Directory.GetFiles(house.In("lake/dim_item/_delta_log")).Single();
        var right = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        var wrong = right.Replace(Count(0), Count(1), StringComparison.Ordinal);
        wrong.Should().NotBe(right);
        await File.WriteAllTextAsync(log, wrong, TestContext.Current.CancellationToken);

        await house
            .Awaiting(h => h.SinksAgreeAsync())
            .Should()
            .ThrowAsync<Xunit.Sdk.XunitException>()
            .WithMessage("*part-*nullCount of item_key*");
    }

    private static string Count(int nulls) =>
        "'nullCount':{'item_key':".Replace("'", "\\u0022", StringComparison.Ordinal) + nulls;
}
