namespace VPlanExport.Tests.Support;

/// <summary>Text that someone has looked at, in a file beside the test that makes it.</summary>
internal static class Approved
{
    private const string Approve = "VPLAN_TEST_APPROVE";

    /// <summary>The text is the file's; where it is to be approved, it becomes the file's.</summary>
    /// <param name="file">From the folder of the tests.</param>
    /// <param name="advice">What to do when it is right as it is now.</param>
    public static void ShouldBe(string told, string file, string advice, bool mayReplace = true)
    {
        var path = Path.Combine(Repository.Root, "tests/VPlanExport.Tests", file);
        if (Environment.GetEnvironmentVariable(Approve) == "1" && (mayReplace || !File.Exists(path)))
            File.WriteAllText(path, told);
        var (now, approved) = (told.Split('\n'), File.Exists(path) ? File.ReadAllText(path).Split('\n') : []);
        var same = now.Zip(approved).TakeWhile(line => line.First == line.Second).Count();
        now.Should()
            .Equal(
                approved,
                $"{file} is approved. It differs from line {same + 1} on: '{approved.ElementAtOrDefault(same)}' is now '{now.ElementAtOrDefault(same)}'. When that is right, {advice} with {Approve}=1, which writes the file. All of it:\n{told}\n"
            );
    }
}
