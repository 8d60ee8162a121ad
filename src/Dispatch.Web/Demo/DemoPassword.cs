using System.Buffers.Text;
using System.Security.Cryptography;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Demo;

/// <summary>One password for everybody in the demo: the one in the settings, or one made up at the first start and kept beside the keys.</summary>
internal sealed record DemoPassword(string Text)
{
    public static DemoPassword Of(IConfiguration configuration, HostPaths paths)
    {
        if (configuration["Demo:Password"] is { Length: > 0 } given) return new DemoPassword(given);
        var file = Path.Combine(paths.Keys, "demo-password");
        if (File.Exists(file)) return new DemoPassword(File.ReadAllText(file));
        Directory.CreateDirectory(paths.Keys);
        var made = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9));
        File.WriteAllText(file, made);
        return new DemoPassword(made);
    }
}
