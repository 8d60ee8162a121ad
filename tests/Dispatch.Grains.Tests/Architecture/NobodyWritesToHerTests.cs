using System.Reflection;
using Dispatch.Channels.Live;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Survivors;

namespace Dispatch.Grains.Tests.Architecture;

/// <summary>There is no channel to a survivor. Before there is one, the rule of safe contact has to stand in front of it.</summary>
public sealed class NobodyWritesToHerTests
{
    /// <summary>Each kind of notice and who gets it. A new one is a decision.</summary>
    private static readonly Dictionary<NoticeKind, string> Recipients = new()
    {
        [NoticeKind.Offer] = "responder", [NoticeKind.OfferWithdrawn] = "responder", [NoticeKind.AlertChanged] = "responder",
        [NoticeKind.QueueChanged] = "line", [NoticeKind.LineAlertChanged] = "line", [NoticeKind.Untaken] = "dutyOfficer or backup",
        [NoticeKind.BedsChanged] = "staff of the house", [NoticeKind.AreaBedsChanged] = "call-takers of the area", [NoticeKind.HoldWaiting] = "staff of the house on duty",
    };

    [Fact]
    public void Every_kind_of_notice_is_for_staff() => Assert.Equal(Enum.GetValues<NoticeKind>().Order(), Recipients.Keys.Order());

    /// <summary>How she is reached is in her session, and nothing that sends can see it.</summary>
    [Fact]
    public void Nothing_that_sends_knows_how_she_is_reached()
    {
        var types = new[] { typeof(CallGraph).Assembly, typeof(LiveChannel).Assembly }.SelectMany(a => a.GetTypes()).Where(t => t.Namespace != typeof(ISurvivorSessionGrain).Namespace).ToArray();
        Assert.NotEmpty(types);
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        Assert.Empty(types.SelectMany(t => t.GetFields(all).Select(f => (Type: t, Uses: f.FieldType))
            .Concat(t.GetMethods(all).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType).Select(u => (Type: t, Uses: u)))))
            .Where(x => Mentions(x.Uses)).Select(x => $"{x.Type}: {x.Uses}"));
        Assert.True(Mentions(typeof(Task<Domain.Sealing.Sealed<SafeContact>?>)));
    }

    private static bool Mentions(Type type) => type == typeof(SafeContact) || type == typeof(ISurvivorSessionGrain) || type.GetGenericArguments().Any(Mentions);
}
