namespace VPlanExport.Tests.Pipelines;

/// <summary>One instruction of a Dockerfile.</summary>
internal sealed record Instruction(string Name, string Rest)
{
    public string[] Words => Rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The instructions of a Dockerfile, stage by stage.</summary>
internal static class Dockerfile
{
    public static IReadOnlyList<IReadOnlyList<Instruction>> Stages(string text)
    {
        var stages = new List<List<Instruction>>();
        foreach (
            var line in text.Replace("\\\n", " ", StringComparison.Ordinal)
                .Split('\n')
                .Where(l => l.Trim() is not "" and not ['#', ..])
        )
        {
            var words = line.Trim().Split(' ', 2);
            if (words[0] == "FROM")
                stages.Add([]);
            stages[^1].Add(new Instruction(words[0], words[1]));
        }
        return stages;
    }
}
