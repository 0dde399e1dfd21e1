using System.IO.Compression;
using System.Text;
using VPlanExport.Entities;
using VPlanExport.Package;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Runs;

/// <summary>
/// Lands held records again, for a run that reads nothing else. Of each the quarantine has the newest that was read, so
/// that no older value gets over a newer one.
/// </summary>
internal static class Replay
{
    /// <param name="privacy">How personal data is treated now: what was landed otherwise stays where it is.</param>
    public static IReadOnlyList<QuarantinedRecord> DueOf(IReadOnlyList<QuarantinedRecord> quarantine, long privacy) =>
        [
            .. Catalog.All.SelectMany(e =>
                quarantine.Where(h => h.Entity == e.Name && h.IsDueUnder(ValueContract.Version) && h.Privacy == privacy)
            ),
        ];

    /// <summary>The extracts of the records that are due, by entity. Every page holds those of one earlier page and has
    /// its time.</summary>
    public static async Task<Dictionary<string, LandedEntity>> LandAsync(
        RunFolder run,
        IReadOnlyList<QuarantinedRecord> quarantine,
        long privacy,
        CancellationToken cancellationToken
    )
    {
        var extracts = new Dictionary<string, LandedEntity>();
        foreach (var held in DueOf(quarantine, privacy).GroupBy(h => h.Entity))
        {
            var (pages, lists) = (new List<LandedPage>(), new List<LandedList>());
            foreach (
                var page in held.Where(h => h.List is null)
                    .GroupBy(h => (h.ReadAt, h.RunId, h.Page))
                    .OrderBy(g => g.Key)
            )
            {
                pages.Add(new LandedPage(pages.Count + 1, page.Count(), page.Key.ReadAt));
                await PutAsync(
                    run,
                    pages[^1].Path(held.Key),
                    $$"""{"data":[{{string.Join(',', page.Select(h => h.Landed))}}]}""",
                    cancellationToken
                );
            }
            foreach (var list in held.Where(h => h.List is not null).OrderBy(h => h.ReadAt))
            {
                lists.Add(
                    new LandedList(list.List!, list.Id, new LandedPage(lists.Count + 1, list.Rows.Count, list.ReadAt))
                );
                await PutAsync(run, lists[^1].Page.Path($"{held.Key}.{list.List}"), list.Landed!, cancellationToken);
            }
            extracts[held.Key] = new LandedEntity(held.Key, new Window.Held())
            {
                Pages = pages,
                Lists = lists,
                Rows = pages.Sum(p => p.Rows),
            };
        }
        return extracts;
    }

    private static Task PutAsync(RunFolder run, string path, string page, CancellationToken cancellationToken) =>
        run.Store.PutAsync(
            path,
            async stream =>
            {
                await using var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
                await zip.WriteAsync(Encoding.UTF8.GetBytes(page), cancellationToken);
            },
            cancellationToken
        );
}
