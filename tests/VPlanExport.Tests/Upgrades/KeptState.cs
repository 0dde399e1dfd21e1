using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Upgrades;

/// <summary>
/// A customer's lake, warehouse and runs as a build left them, in <c>state-1.tar.br</c>. The file never changes:
/// customers who upgrade have such state. <see cref="KeptStateMaker"/> shows how it was made. The vPlan that it was read
/// from is in <c>vplan-1.json.br</c>.
/// </summary>
internal static class KeptState
{
    /// <summary>The first night, which read everything.</summary>
    public const string FirstRun = "20261007T010000Z-1791334800";

    /// <summary>The third night, which was interrupted before it was published.</summary>
    public const string InterruptedRun = "20261009T010000Z-1791507600";

    private const string Lock = "work/run.lock";
    private const int BrotliQuality = 11;
    private const int BrotliWindow = 24;

    private static string StateFile => Path.Combine(Repository.Root, "tests/VPlanExport.Tests/Upgrades/state-1.tar.br");

    private static string VPlanFile =>
        Path.Combine(Repository.Root, "tests/VPlanExport.Tests/Upgrades/vplan-1.json.br");

    /// <summary>Opens a house an hour after the interruption, with the state and the vPlan of that time.</summary>
    public static async Task<TestExport> OpenAsync()
    {
        var house = await TestExport.OpenAsync();
        await using (var file = File.OpenRead(StateFile))
        await using (var tar = new BrotliStream(file, CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(tar, house.Folder, overwriteFiles: false);
        house.World.Restore(await ReadVPlanAsync());
        EditBefore(house, Night(8), BeforeSecondNight);
        EditBefore(house, Night(9), BeforeThirdNight);
        SetClock(house, Night(9).AddHours(1));
        return house;
    }

    /// <summary>Keeps what is in the house's folder, without the lock, which names the machine.</summary>
    public static async Task SaveAsync(TestExport house)
    {
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var name in Files(house.Folder).Where(name => !name.StartsWith(Lock, StringComparison.Ordinal)))
            {
                await using var content = File.OpenRead(house.In(name));
                var entry = new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = content };
                entry.ModificationTime = Night(9);
                await writer.WriteEntryAsync(entry);
            }
        }
        await WriteAsync(StateFile, tar.ToArray());
    }

    /// <summary>Keeps vPlan as it is before the first night.</summary>
    public static Task SaveVPlanAsync(TestExport house) =>
        WriteAsync(VPlanFile, Encoding.UTF8.GetBytes(house.World.Save().ToJsonString()));

    private static async Task<JsonObject> ReadVPlanAsync()
    {
        await using var file = File.OpenRead(VPlanFile);
        await using var json = new BrotliStream(file, CompressionMode.Decompress);
        return (await JsonNode.ParseAsync(json))!.AsObject();
    }

    private static Task WriteAsync(string file, byte[] content)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        BrotliEncoder.TryCompress(content, compressed, out var length, BrotliQuality, BrotliWindow).Should().BeTrue();
        return File.WriteAllBytesAsync(file, compressed[..length]);
    }

    public static DateTimeOffset Night(int day) => new(2026, 10, day, 1, 0, 0, TimeSpan.Zero);

    /// <summary>Planners edit ten hours before a night.</summary>
    public static void EditBefore(TestExport house, DateTimeOffset night, Action<SandboxWorld> edit)
    {
        SetClock(house, night.AddHours(-10));
        edit(house.World);
        SetClock(house, night);
    }

    /// <summary>Cards are planned later, one is deleted, and a time entry is not what the contract allows.</summary>
    public static void BeforeSecondNight(SandboxWorld world)
    {
        foreach (var card in world.Records("card").TakeLast(5))
        {
            var plan = new JsonObject { ["start_date"] = "2026-10-19", ["end_date"] = "2026-10-23" };
            world.Edit("card", card.Id, plan);
        }
        world.Delete("card", world.Records("card")[^6].Id);
        world.Delete("item", world.Records("item")[^1].Id);
        world.Edit("time_tracking", RejectedEntry(world), new JsonObject { ["start"] = "yesterday" });
        world.Edit("time_tracking", world.Records("time_tracking")[1].Id, new JsonObject { ["duration"] = 7 });
    }

    /// <summary>Cards are planned later once more, and something is new.</summary>
    public static void BeforeThirdNight(SandboxWorld world)
    {
        foreach (var card in world.Records("card").TakeLast(3))
            world.Edit("card", card.Id, new JsonObject { ["end_date"] = "2026-10-30" });
        world.Add("item", new JsonObject { ["code"] = "NEW", ["description"] = "Third night" });
        world.Edit("time_tracking", world.Records("time_tracking")[2].Id, new JsonObject { ["duration"] = 77 });
    }

    public static string RejectedEntry(SandboxWorld world) => world.Records("time_tracking")[0].Id;

    /// <summary>Someone corrects the time entry that was rejected.</summary>
    public static void Correct(SandboxWorld world) =>
        world.Edit("time_tracking", RejectedEntry(world), new JsonObject { ["start"] = "2026-09-01T08:00:00Z" });

    private static void SetClock(TestExport house, DateTimeOffset time) =>
        house.Clock.Advance(time - house.Clock.GetUtcNow());

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
}
