using System.Text.RegularExpressions;
using VPlanExport.Configuration;
using VPlanExport.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace VPlanExport.Tests.Pipelines;

/// <summary>A YAML file that calls the tool, with what is wrong in it: in the file itself, in how it uses templates, and in what its scripts call.</summary>
/// <param name="Path">From the repository's root.</param>
/// <param name="Read">Gives the text of a file by that path, null when there is none.</param>
internal sealed partial record PipelineFile(string Path, Func<string, string?> Read)
{
    private static readonly string[] Scripts = ["bash", "script", "pwsh", "powershell", "inlineScript"];

    private string Text => Read(Path)!;

    public IReadOnlyList<string> Problems()
    {
        try
        {
            return
            [
                .. ParameterProblems(),
                .. TemplateProblems(),
                .. ScriptProblems(),
                .. SettingProblems(Text),
                .. VariableProblems(),
            ];
        }
        catch (YamlException e)
        {
            return [$"{Path} is no YAML: {e.Message}"];
        }
    }

    /// <summary>The files that this one includes, and how.</summary>
    public IEnumerable<(PipelineFile File, IReadOnlyDictionary<string, YamlNode> Given)> Templates() =>
        from node in Mappings()
        let template = Child(node, "template") as YamlScalarNode
        where template is not null
        let given = Child(node, "parameters") as YamlMappingNode
        select (
            this with
            {
                Path = Beside($"{template}"),
            },
            (IReadOnlyDictionary<string, YamlNode>)(given?.Children.ToDictionary(p => $"{p.Key}", p => p.Value) ?? [])
        );

    /// <summary>Names such as VPlan__ApiKey that are not a setting's.</summary>
    public static IEnumerable<string> SettingProblems(string text) =>
        from name in Variable().Matches(text).Select(m => m.Value).Distinct()
        where Setting.Find(name.Replace("__", ":", StringComparison.Ordinal)) is null
        select $"{name} is no setting";

    /// <summary>A name that the Key Vault, a script, the file or the guide to the pipelines tells of.</summary>
    private IEnumerable<string> VariableProblems() =>
        from name in Macro().Matches(Text).Select(m => m.Groups[1].Value).Distinct()
        where
            !name.Contains('.', StringComparison.Ordinal)
            && !Text.Replace($"$({name})", "", StringComparison.Ordinal).Contains(name, StringComparison.Ordinal)
            && Read("pipelines/README.md")?.Contains($"`{name}`", StringComparison.Ordinal) != true
        select $"$({name}) is a variable that nothing sets";

    private IEnumerable<string> ParameterProblems() =>
        from name in Parameter().Matches(Text).Select(m => m.Groups[1].Value).Distinct()
        where !Parameters().ContainsKey(name)
        select $"parameters.{name} is not declared";

    private IEnumerable<string> TemplateProblems()
    {
        foreach (var (file, given) in Templates())
        {
            if (Read(file.Path) is null)
            {
                yield return $"template {file.Path} is not there";
                continue;
            }
            var declared = file.Parameters();
            foreach (var unknown in given.Keys.Except(declared.Keys))
                yield return $"template {file.Path} has no parameter {unknown}";
            foreach (var missing in declared.Where(p => p.Value is null).Select(p => p.Key).Except(given.Keys))
                yield return $"template {file.Path} needs parameter {missing}";
        }
    }

    /// <summary>A command line that is a template's parameter is read where the parameter is given.</summary>
    private IEnumerable<string> ScriptProblems() =>
        from script in AllScripts()
        where !VerbIsParameter().IsMatch(script)
        from problem in ShellScript
            .Commands(script)
            .SelectMany(ToolCommand.Problems)
            .Concat(
                ShellScript
                    .Paths(script)
                    .Where(p => !System.IO.Path.Exists(System.IO.Path.Combine(Repository.Root, p)))
                    .Select(p => $"{p} is not there")
            )
        select problem;

    /// <summary>The scripts of this file and of the templates in it, with what the templates are given.</summary>
    private IEnumerable<string> AllScripts()
    {
        foreach (var node in Mappings())
        {
            foreach (var (_, script) in node.Children.Where(c => Scripts.Contains($"{c.Key}")))
                yield return $"{script}";
            if (node.Children.ContainsKey("image") && Child(node, "args") is YamlSequenceNode args)
                yield return $"vplan-export {string.Join(' ', args)}";
        }
        foreach (var (file, given) in Templates().Where(t => Read(t.File.Path) is not null))
        {
            foreach (var script in file.AllScripts())
                yield return Parameter()
                    .Replace(script, m => given.TryGetValue(m.Groups[1].Value, out var value) ? $"{value}" : m.Value);
        }
    }

    /// <summary>Null for one that must be given.</summary>
    private Dictionary<string, YamlNode?> Parameters() =>
        Child(Root(), "parameters") is YamlSequenceNode declared
            ? declared.Cast<YamlMappingNode>().ToDictionary(p => $"{p["name"]}", p => Child(p, "default"))
            : [];

    private IEnumerable<YamlMappingNode> Mappings() => Root().AllNodes.OfType<YamlMappingNode>();

    private YamlMappingNode Root()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Text));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private static YamlNode? Child(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var child) ? child : null;

    private string Beside(string template) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, template).Replace('\\', '/');

    [GeneratedRegex(@"\$\(([\w.-]+)\)")]
    private static partial Regex Macro();

    [GeneratedRegex(@"\$\{\{[^}]*?\bparameters\.(\w+)[^}]*\}\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"vplan-export \$\{\{ *parameters\.")]
    private static partial Regex VerbIsParameter();

    [GeneratedRegex(@"\b[A-Za-z]+(?:__[A-Za-z]+)+\b")]
    private static partial Regex Variable();
}
