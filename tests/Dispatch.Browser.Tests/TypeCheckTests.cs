using System.Diagnostics;
using Dispatch.TestHosts;

namespace Dispatch.Browser.Tests;

/// <summary>The pages' scripts are plain JavaScript whose types are checked, not compiled.</summary>
public sealed class TypeCheckTests
{
    [Fact]
    public async Task The_pages_scripts_pass_the_type_checker()
    {
        var start = new ProcessStartInfo("npm", ["run", "--silent", "check"])
        {
            WorkingDirectory = Path.Combine(HostProcess.Root, "src", "Dispatch.Web"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var check = Process.Start(start)!;
        var (said, complained) = (check.StandardOutput.ReadToEndAsync(), check.StandardError.ReadToEndAsync());
        await check.WaitForExitAsync();
        Assert.True(check.ExitCode == 0, $"npm run check ended with {check.ExitCode}:{Environment.NewLine}{await said}{await complained}");
    }
}
