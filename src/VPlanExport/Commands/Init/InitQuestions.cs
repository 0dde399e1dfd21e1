using System.Security.Cryptography;
using Spectre.Console;
using VPlanExport.Configuration;
using VPlanExport.Extract.Http;
using VPlanExport.Storage;

namespace VPlanExport.Commands.Init;

/// <summary>Asks a person for what was not given; what is suggested is the default.</summary>
internal sealed class InitQuestions(IAnsiConsole terminal)
{
    private const string Key = "API key";
    private const string OAuth = "OAuth (a customer consents in a browser)";

    public async Task<InitAnswers> AskAsync(InitAnswers answers, CancellationToken cancellationToken)
    {
        terminal.WriteLine(VPlanSettings.WhereToFind);
        terminal.WriteLine();
        await AskAsync(answers, "VPlan:ApiEnv", "The vPlan environment's identifier", cancellationToken);
        if (!answers.Secrets.ContainsKey("VPlan:ApiKey") && !answers.Settings.ContainsKey("VPlan:ApiKeyFile"))
            await SignInAsync(answers, cancellationToken);
        await AskAsync(answers, "Lake:Location", "The lake: a folder or an https URL", cancellationToken);
        if (!answers.Settings.ContainsKey("Warehouse:ConnectionString"))
            answers.UseWarehouse(
                await TextAsync(
                    "The warehouse: a DuckDB file, or Server=...;Database=...",
                    "./vplan-data/warehouse.duckdb",
                    cancellationToken
                )
            );
        await AskAsync(answers, "VPlan:TimeZone", "The time zone of business dates", cancellationToken);
        return answers;
    }

    private async Task SignInAsync(InitAnswers answers, CancellationToken cancellationToken)
    {
        var way = await new SelectionPrompt<string>()
            .Title("How does the export sign in?")
            .AddChoices(Key, OAuth)
            .ShowAsync(terminal, cancellationToken);
        if (way == Key)
        {
            answers.Secrets["VPlan:ApiKey"] = await SecretAsync("The API key", cancellationToken);
            return;
        }
        answers.Settings["VPlan:Auth"] = "oauth";
        await AskAsync(answers, "VPlan:OAuth:ClientId", "The app's client id", cancellationToken);
        await AskAsync(answers, "VPlan:OAuth:RedirectUri", "The app's redirect address", cancellationToken);
        answers.Secrets["VPlan:OAuth:ClientSecret"] = await SecretAsync("The app's client secret", cancellationToken);
        answers.Secrets["VPlan:OAuth:TokenKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Seal.KeyBytes));
    }

    private async Task AskAsync(InitAnswers answers, string key, string question, CancellationToken cancellationToken)
    {
        if (!answers.Settings.ContainsKey(key))
            answers.Settings[key] = await TextAsync(question, Setting.Find(key)!.Default, cancellationToken);
    }

    private Task<string> TextAsync(string question, string usual, CancellationToken cancellationToken)
    {
        var prompt = new TextPrompt<string>($"{Markup.Escape(question)}:");
        return (usual == "" ? prompt : prompt.DefaultValue(usual)).ShowAsync(terminal, cancellationToken);
    }

    private Task<string> SecretAsync(string question, CancellationToken cancellationToken) =>
        new TextPrompt<string>($"{Markup.Escape(question)}:").Secret().ShowAsync(terminal, cancellationToken);
}
