using System.Buffers.Text;
using System.Security.Cryptography;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Demo;

/// <summary>One password for everybody in the demo: the one in the settings, or one made up at the first start and kept beside the keys.</summary>
/// <param name="Generated">Only then is it shown: what an operator gave must not end in a journal.</param>
internal sealed record DemoPassword(string Text, bool Generated)
{
    public static DemoPassword Of(IConfiguration configuration, HostPaths paths)
    {
        if (configuration["Demo:Password"] is { Length: > 0 } given) return new DemoPassword(given, Generated: false);
        var file = Path.Combine(paths.Keys, "demo-password");
        if (File.Exists(file)) return new DemoPassword(File.ReadAllText(file), Generated: true);
        HostPaths.MakeFolder(paths.Keys);
        var made = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(made);
        return new DemoPassword(made, Generated: true);
    }
}
