namespace Dispatch.TestPrograms;

/// <summary>Finds Kannel's programs.</summary>
internal static class KannelProgram
{
    private static readonly DebianPackage Package = new("kannel", "These tests start a Kannel and found none.");

    public static Task<string> Path(string program) => Package.Place(() => DebianPackage.OnPath(program) ?? Sbin(program));

    /// <summary>Where Debian puts it, and not on everybody's path.</summary>
    private static string? Sbin(string program) => System.IO.Path.Combine("/usr/sbin", program) is var path && File.Exists(path) ? path : null;
}
