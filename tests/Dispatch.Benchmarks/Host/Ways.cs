using System.Net;

namespace Dispatch.Benchmarks.Host;

/// <summary>What a host is told so that it reaches people on more ways than their open pages.</summary>
internal static class Ways
{
    private const string Secret = "a-secret-for-benchmarks";

    /// <summary>To stand-ins on this machine, which no host does in Production; nothing else of a host differs by that name.</summary>
    public static string[] Pushing { get; } = ["--environment", "Staging", "--WebPush:Contact", "mailto:benchmark@example.org", "--WebPush:Loopback", "true"];

    /// <param name="gateway">A Kannel, or what answers like one.</param>
    /// <param name="host">Where it reports.</param>
    public static string[] Texting(Uri gateway, IPEndPoint host) =>
    [
        "--Sms:PublicUrl", $"http://{host}", "--Sms:Gateways:kannel:Kind", "Kannel", "--Sms:Gateways:kannel:Url", $"{gateway}", "--Sms:Gateways:kannel:User", RunningKannel.User,
        "--Sms:Gateways:kannel:Password", RunningKannel.Password, "--Sms:Gateways:kannel:Secret", Secret, "--Sms:Routes:223", "kannel",
    ];
}
