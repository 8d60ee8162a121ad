using System.Diagnostics;
using System.Globalization;
using Dispatch.Domain.Channels;
using FirebaseAdmin.Messaging;

namespace Dispatch.Channels.Fcm;

/// <summary>
/// What leaves for Google, and all of it:
/// <list type="bullet">
/// <item><c>kind</c>: <c>new</c>, <c>gone</c>, <c>changed</c> or <c>waiting</c>;</item>
/// <item><c>id</c>: the notice's id, by which the app drops a repeat;</item>
/// <item><c>ref</c> and <c>version</c>: which offer, and how new. The id is random and opens nothing without her session.</item>
/// </list>
/// <c>waiting</c> (a call that nobody has taken) has its kind alone, because that notice's id says why somebody calls.
/// There is no need, name, place, organisation, language, time or reply code in it, and no text: the message is data for the app, which fetches what it
/// may show and writes its own neutral line. So nothing is on a lock screen that the phone did not put there, and what is lost on the way costs time only.
/// <para>
/// High priority, because a phone in Doze gets a normal one when it next wakes; Google demotes an app that shows nothing for it, so the app must.
/// A later message of the same offer replaces one that was not yet delivered. Google keeps four such keys per phone that is away: of more
/// offers it drops some, and any one that arrives makes the app fetch them all.
/// </para>
/// Written for an Android app: an iPhone is not rung by data alone and is reached by Web Push.
/// </summary>
internal static class FcmMessage
{
    private const string Waiting = "waiting";

    /// <summary>An offer that a phone gets later than this has long gone on to others, and to her by other ways.</summary>
    public static readonly TimeSpan TellWithin = TimeSpan.FromMinutes(2);

    /// <summary>Longer: a phone that took the offer and then lost its network must still learn that nobody waits there any more.</summary>
    public static readonly TimeSpan TakeBackWithin = TimeSpan.FromMinutes(15);

    /// <summary>False for what only an open page shows.</summary>
    public static bool Carries(NoticeKind kind) => kind is not (NoticeKind.QueueChanged or NoticeKind.LineAlertChanged);

    public static Message Of(Notice notice, string token)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var kind = KindOf(notice.Kind);
        return new Message
        {
            Token = token,
            Data = kind == Waiting ? new Dictionary<string, string> { ["kind"] = kind } : About(notice, kind),
            Android = new AndroidConfig
            {
                Priority = Priority.High,
                TimeToLive = notice.Kind is NoticeKind.Offer or NoticeKind.Untaken ? TellWithin : TakeBackWithin,
                CollapseKey = kind == Waiting ? Waiting : notice.OfferId ?? notice.Id,
            },
        };
    }

    private static Dictionary<string, string> About(Notice notice, string kind)
    {
        var about = new Dictionary<string, string> { ["kind"] = kind, ["id"] = notice.Id, ["version"] = notice.Version.ToString(CultureInfo.InvariantCulture) };
        if (notice.OfferId is { } offer) about["ref"] = offer;
        return about;
    }

    private static string KindOf(NoticeKind kind) => kind switch
    {
        NoticeKind.Offer => "new",
        NoticeKind.OfferWithdrawn => "gone",
        NoticeKind.AlertChanged => "changed",
        NoticeKind.Untaken => Waiting,
        _ => throw new UnreachableException($"notice {kind}"),
    };
}
