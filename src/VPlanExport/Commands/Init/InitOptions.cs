using System.CommandLine;
using VPlanExport.Configuration;
using VPlanExport.Storage;

namespace VPlanExport.Commands.Init;

/// <summary>What <c>init</c> is told on its command line.</summary>
internal sealed class InitOptions
{
    private readonly Option<string?> _environment = Text("--environment", "ID", "The vPlan environment's identifier.");
    private readonly Option<string?> _keyFile = Text(
        "--api-key-file",
        "FILE",
        "A file that holds the API key; its own copy is kept for this account alone."
    );
    private readonly Option<string?> _baseUrl = Text("--base-url", "URL", "Base URL of the API.");
    private readonly Option<string?> _lake = Text(
        "--lake",
        "PLACE",
        "Place of the Delta tables: a folder, or https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX."
    );
    private readonly Option<string?> _warehouse = Text(
        "--warehouse",
        "PLACE",
        "The DuckDB file, or 'Server=...;Database=...' of SQL Server, without a password."
    );
    private readonly Option<string?> _timeZone = Text("--time-zone", "ZONE", "Decides business dates.");

    public Option<string?> Folder { get; } =
        Text("--folder", "DIR", "The folder to write to, and that relative paths start from; the current one without.");

    public Option<bool> Yes { get; } = new("--yes") { Description = "Ask nothing: what is not given is the default." };

    public Option<bool> Force { get; } = new("--force") { Description = "Replace files that are there." };

    public Command AddTo(Command command)
    {
        foreach (
            var option in (Option[])[_environment, _keyFile, _baseUrl, _lake, _warehouse, _timeZone, Folder, Yes, Force]
        )
            command.Add(option);
        return command;
    }

    /// <summary>The answers that were given; <c>--set</c> gives those to every other setting.</summary>
    public InitAnswers Read(CommandContext context, string folder)
    {
        var parsed = context.Parsed;
        var answers = new InitAnswers();
        Set(answers, "VPlan:ApiEnv", parsed.GetValue(_environment));
        Set(answers, "VPlan:BaseUrl", parsed.GetValue(_baseUrl));
        Set(answers, "VPlan:TimeZone", parsed.GetValue(_timeZone));
        Set(answers, "Lake:Location", parsed.GetValue(_lake));
        if (parsed.GetValue(_warehouse) is { } warehouse)
            answers.UseWarehouse(WithoutPassword(warehouse));
        foreach (var pair in context.Overrides)
            Set(answers, pair.Split('=')[0].Trim(), pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        if (parsed.GetValue(_keyFile) is { } file)
            answers.Secrets["VPlan:ApiKey"] = KeyIn(file, folder);
        return answers;
    }

    private static void Set(InitAnswers answers, string key, string? value)
    {
        if (value is not null)
            answers.Settings[Setting.Find(key)?.Key ?? key] = value;
    }

    /// <summary>Other accounts see a command line.</summary>
    private static string WithoutPassword(string warehouse) =>
        KnownSecrets.HoldsOne(warehouse)
            ? throw new ConfigurationException(
                "--warehouse holds a password, which other accounts of this machine could see. Leave it out, and set "
                    + "the environment variable Warehouse__ConnectionString or Warehouse:ConnectionStringFile."
            )
            : warehouse;

    /// <summary>A relative path is looked for in the folder that is set up, then in the current one.</summary>
    private static string KeyIn(string file, string folder)
    {
        var path = HomeFolder.Expanded(file);
        var inFolder = Path.Combine(folder, path);
        try
        {
            var key = File.ReadAllText(File.Exists(inFolder) ? inFolder : path).Trim();
            return key != ""
                ? key
                : throw new ConfigurationException(
                    $"--api-key-file is '{file}', which is empty: it holds the API key."
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConfigurationException(
                Path.IsPathRooted(path)
                    ? $"--api-key-file is '{file}', which cannot be read: {e.Message} Correct the name or its rights."
                    : "--api-key-file names a file that cannot be read. It may be the key itself, so it is not shown: "
                        + "give the path of a file that holds the key."
            );
        }
    }

    private static Option<string?> Text(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help };
}
