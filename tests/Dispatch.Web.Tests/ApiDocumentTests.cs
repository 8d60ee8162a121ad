using System.Runtime.CompilerServices;
using System.Text.Json;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests;

public sealed class ApiDocumentTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Rewrite = "DISPATCH_REWRITE_OPENAPI";

    [Fact]
    public async Task The_document_in_the_repository_is_the_one_that_is_served()
    {
        var served = (await host.Anybody().Get("/openapi/v1.json")).Is(200).Body.ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.GetFullPath(Path.Combine(Here(), "../../src/Dispatch.Web/openapi/v1.json"));
        if (Environment.GetEnvironmentVariable(Rewrite) is "1") await File.WriteAllTextAsync(file, served);
        Assert.True(File.ReadAllText(file) == served, $"The contract changed. Look at the difference, then run the tests once with {Rewrite}=1.");
    }

    [Fact]
    public async Task Every_operation_says_with_which_codes_it_refuses()
    {
        var paths = (await host.Anybody().Get("/openapi/v1.json")).Is(200).Json.GetProperty("paths");
        foreach (var operation in paths.EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => (Name: $"{o.Name} {p.Name}", o.Value))))
        {
            var refusals = operation.Value.GetProperty("responses").EnumerateObject().Where(r => r.Name[0] is '4' or '5').ToArray();
            if (operation.Name == "get /health/live") continue;
            Assert.True(refusals.Length > 0, $"{operation.Name} refuses nothing");
            Assert.All(refusals, r => Assert.StartsWith("code: ", r.Value.GetProperty("description").GetString(), StringComparison.Ordinal));
        }
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
