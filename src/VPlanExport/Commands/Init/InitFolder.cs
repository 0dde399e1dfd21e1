using VPlanExport.Configuration;
using VPlanExport.Storage;

namespace VPlanExport.Commands.Init;

/// <param name="Path">Below the folder, with forward slashes.</param>
internal sealed record InitFile(string Path, string Text, bool IsUtf16 = false);

/// <summary>The folder that is set up. Its files are written beside it first, tested there, and then moved into their
/// place, the settings last: what is there is always whole.</summary>
internal sealed class InitFolder(string path, bool force)
{
    private const string Staging = ".vplan-export-init";

    public string Path => path;

    /// <exception cref="ConfigurationException">It is set up already.</exception>
    public void RefuseWhatIsThere() => Refuse([SettingsReader.File]);

    /// <param name="test">Told where the files lie; throws when they are not to be taken.</param>
    /// <param name="tell">Told what was written.</param>
    public async Task<ExitCode> WriteAsync(
        IReadOnlyList<InitFile> files,
        Func<string, Task<ExitCode>> test,
        Action<IReadOnlyList<string>> tell
    )
    {
        Refuse(files.Select(f => f.Path));
        var isNew = !Directory.Exists(path);
        var staged = System.IO.Path.Combine(path, Staging);
        try
        {
            Stage(files, staged);
            var code = await test(staged);
            foreach (var file in files)
                Move(staged, file.Path);
            tell([.. files.Select(f => f.Path)]);
            return code;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"{path} cannot be written: {e.Message} Name a folder with --folder that this account may write.",
                e
            );
        }
        finally
        {
            Clear(staged, isNew);
        }
    }

    private void Refuse(IEnumerable<string> files)
    {
        var there = files.Where(f => File.Exists(System.IO.Path.Combine(path, f))).ToList();
        if (there.Count > 0 && !force)
            throw new ConfigurationException(
                $"{path} holds {string.Join(", ", there)} already, and init overwrites nothing. Name another folder "
                    + "with --folder, or replace these files with --force."
            );
    }

    private static void Stage(IReadOnlyList<InitFile> files, string staged)
    {
        if (Directory.Exists(staged))
            Directory.Delete(staged, recursive: true);
        foreach (var file in files)
        {
            var target = System.IO.Path.Combine(staged, file.Path);
            PrivateFiles.CreateFolder(System.IO.Path.GetDirectoryName(target)!);
            using var stream = PrivateFiles.Open(target, FileMode.CreateNew);
            using var text = new StreamWriter(
                stream,
                file.IsUtf16 ? System.Text.Encoding.Unicode : new System.Text.UTF8Encoding(false)
            );
            text.Write(file.Text);
        }
    }

    private void Move(string staged, string file)
    {
        var target = System.IO.Path.Combine(path, file);
        PrivateFiles.CreateFolder(System.IO.Path.GetDirectoryName(target)!);
        File.Move(System.IO.Path.Combine(staged, file), target, overwrite: force);
    }

    /// <summary>A folder that was made for nothing goes, too.</summary>
    private void Clear(string staged, bool isNew)
    {
        if (Directory.Exists(staged))
            Directory.Delete(staged, recursive: true);
        if (isNew && Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
            Directory.Delete(path);
    }
}
