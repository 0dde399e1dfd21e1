using VPlanExport.Storage;

namespace VPlanExport.Tests.Support;

/// <summary>A store as a folder, for readers that know nothing else.</summary>
internal static class StoreCopy
{
    /// <summary>Copies the files whose path begins so; those of a store that is that folder stay where they are.</summary>
    public static async Task CopyToAsync(this IStore store, string folder, string prefix)
    {
        if (store is FolderStore)
            return;
        foreach (var file in await store.ListAsync(prefix, TestContext.Current.CancellationToken))
        {
            var target = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(
                target,
                (await store.ReadAsync(file.Path, TestContext.Current.CancellationToken))!.Content
            );
        }
    }
}
