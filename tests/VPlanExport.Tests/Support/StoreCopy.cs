using VPlanExport.Storage;

namespace VPlanExport.Tests.Support;

/// <summary>A store as a folder, for readers that know nothing else.</summary>
internal static class StoreCopy
{
    /// <summary>Puts the files of a folder into the store, but those of locks.</summary>
    public static Task FillAsync(this IStore store, string folder) =>
        Parallel.ForEachAsync(
            Directory
                .GetFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)),
            TestContext.Current.CancellationToken,
            async (file, token) =>
                await store.PutFileAsync(Path.GetRelativePath(folder, file).Replace('\\', '/'), file, token)
        );

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
