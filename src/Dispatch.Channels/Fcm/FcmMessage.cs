using Dispatch.Channels.Devices;
using Dispatch.Domain.Channels;
using FirebaseAdmin.Messaging;

namespace Dispatch.Channels.Fcm;

/// <summary>
/// What leaves for Google: <see cref="PushData"/> and how to carry it. High priority, because a phone in Doze gets a normal one when it next wakes; Google demotes
/// an app that shows nothing for it, so the app must. Google keeps four messages that replace each other per phone that is away: of more offers it drops some, and
/// any one that arrives makes the app fetch them all.
/// Written for an Android app: an iPhone is not rung by data alone and is reached by Web Push.
/// </summary>
internal static class FcmMessage
{
    public static Message Of(Notice notice, string token)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return With(PushData.Of(notice), token, PushData.LivesFor(notice.Kind), PushData.Subject(notice));
    }

    public static Message OfTest(string testId, string token) => With(PushData.OfTest(testId), token, PushData.TellWithin, PushData.Test);

    private static Message With(Dictionary<string, string> data, string token, TimeSpan livesFor, string subject) => new()
    {
        Token = token,
        Data = data,
        Android = new AndroidConfig { Priority = Priority.High, TimeToLive = livesFor, CollapseKey = subject },
    };
}
