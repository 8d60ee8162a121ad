using Dispatch.Domain.Contacts;
using Dispatch.Web.Tests.Harness;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>A line's figures are said by quarters of its day, an hour after each is over.</summary>
internal static class DayParts
{
    /// <summary>So that what a test does lies in one of them.</summary>
    public static void ToABeginning(RunningHost host) => host.Clock.Advance(Now(host).Until - host.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));

    /// <summary>What was done until now may be said.</summary>
    public static void ToTheEnd(RunningHost host) => host.Clock.Advance(Now(host).Until - host.Clock.GetUtcNow() + TimeSpan.FromMinutes(61));

    private static DayPart Now(RunningHost host) => DayPart.Of(host.Clock.GetUtcNow(), TimeSpan.Zero);
}
