using System.Diagnostics;
using System.Globalization;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Devices;

/// <summary>
/// What a push says, whoever carries it, and all of it:
/// <list type="bullet">
/// <item><c>kind</c>: <c>new</c>, <c>gone</c>, <c>changed</c>, <c>waiting</c>, <c>asked</c> or <c>test</c>;</item>
/// <item><c>id</c>: the notice's id, by which the phone drops a repeat, or the test's;</item>
/// <item><c>ref</c> and <c>version</c>: which offer, and how new. The id is random and opens nothing without her session.</item>
/// </list>
/// <c>waiting</c> (a call that nobody has taken) and <c>asked</c> (a question to the staff of a house) have their kind alone, because that notice's id says why somebody calls.
/// There is no need, name, place, organisation, language, time or reply code in it, and no text: it is data for the phone, which fetches what it
/// may show and writes its own neutral line. So nothing is on a lock screen that the phone did not put there, and what is lost on the way costs time only.
/// </summary>
internal static class PushData
{
    public const string Waiting = "waiting";
    public const string Asked = "asked";
    public const string Test = "test";

    /// <summary>An offer that a phone gets later than this has long gone on to others, and to her by other ways.</summary>
    public static readonly TimeSpan TellWithin = TimeSpan.FromMinutes(2);

    /// <summary>Longer: a phone that took the offer and then lost its network must still learn that nobody waits there any more.</summary>
    public static readonly TimeSpan TakeBackWithin = TimeSpan.FromMinutes(15);

    /// <summary>False for what only an open page shows.</summary>
    public static bool Carries(NoticeKind kind) => kind is not (NoticeKind.QueueChanged or NoticeKind.LineAlertChanged or NoticeKind.BedsChanged or NoticeKind.AreaBedsChanged);

    public static TimeSpan LivesFor(NoticeKind kind) => kind is NoticeKind.Offer or NoticeKind.Untaken ? TellWithin : TakeBackWithin;

    /// <summary>A later message about the same thing replaces one that was not yet delivered.</summary>
    public static string Subject(Notice notice) => KindOf(notice.Kind) is (Waiting or Asked) and var alone ? alone : notice.OfferId ?? notice.Id;

    public static Dictionary<string, string> Of(Notice notice)
    {
        var kind = KindOf(notice.Kind);
        if (kind is Waiting or Asked) return new Dictionary<string, string> { ["kind"] = kind };
        var about = new Dictionary<string, string> { ["kind"] = kind, ["id"] = notice.Id, ["version"] = notice.Version.ToString(CultureInfo.InvariantCulture) };
        if (notice.OfferId is { } offer) about["ref"] = offer;
        return about;
    }

    public static Dictionary<string, string> OfTest(string testId) => new() { ["kind"] = Test, ["id"] = testId };

    private static string KindOf(NoticeKind kind) => kind switch
    {
        NoticeKind.Offer => "new",
        NoticeKind.OfferWithdrawn => "gone",
        NoticeKind.AlertChanged => "changed",
        NoticeKind.Untaken => Waiting,
        NoticeKind.HoldWaiting => Asked,
        _ => throw new UnreachableException($"notice {kind}"),
    };
}
