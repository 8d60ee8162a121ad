using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;

namespace Dispatch.Channels.Tests.WebPush;

/// <summary>Decrypts pushes with http_ece in Node: what the channel encrypts must be readable by somebody else's reading of the standards.</summary>
internal static class Reader
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "WebPush", "node");
    private static readonly SemaphoreSlim Installing = new(1);

    public static async Task<string> Read(PushBody push, TestBrowser browser) => (await Read([push], browser)).Single();

    public static async Task<IReadOnlyList<string>> Read(IEnumerable<PushBody> pushes, TestBrowser browser)
    {
        await Install();
        var lines = pushes.Select(push => JsonSerializer.Serialize(new { body = Base64Url.EncodeToString(push.Bytes), privateKey = browser.PrivateKey, auth = browser.Auth }));
        var said = await Run("node", ["read.mjs"], string.Join('\n', lines));
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<string>(line)!)];
    }

    private static async Task Install()
    {
        await Installing.WaitAsync();
        try
        {
            if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json"))) await Run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<string> Run(string program, string[] arguments, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {arguments[0]} ended with {process.ExitCode}: {await complained}");
        return await said;
    }
}

/// <summary>A message's body as a push service got it.</summary>
internal sealed record PushBody(byte[] Bytes);
