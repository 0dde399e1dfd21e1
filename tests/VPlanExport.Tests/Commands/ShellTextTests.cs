using VPlanExport.Commands.Output;

namespace VPlanExport.Tests.Commands;

/// <summary>What a person pastes into a shell is what that shell understands.</summary>
[Trait("Tier", "unit")]
public sealed class ShellTextTests
{
    [Theory]
    [InlineData(false, "", "export VPlan__ApiKey=k VPlan__ApiEnv='it'\\''s $HOME'", "&&")]
    [InlineData(false, "PSModulePath", "$env:VPlan__ApiKey = 'k'; $env:VPlan__ApiEnv = 'it''s $HOME'", ";")]
    [InlineData(true, "PSModulePath", "$env:VPlan__ApiKey = 'k'; $env:VPlan__ApiEnv = 'it''s $HOME'", ";")]
    [InlineData(true, "PROMPT", "set \"VPlan__ApiKey=k\" & set \"VPlan__ApiEnv=it's $HOME\"", "&&")]
    public void Variables_are_set_as_the_shell_does(bool isWindows, string present, string expected, string and)
    {
        var shell = ShellText.Of(isWindows, name => name == present ? "some" : null);

        shell.Set(("VPlan:ApiKey", "k"), ("VPlan:ApiEnv", "it's $HOME")).Should().Be(expected);
        shell.And.Should().Be(and);
    }
}
