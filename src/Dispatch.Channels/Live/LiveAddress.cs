using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Live;

/// <summary>What a page listens for: a person, or a line.</summary>
public static class LiveAddress
{
    public static string Responder(string account) => "responder:" + account;

    public static string Line(string line) => "line:" + line;

    public static string Of(Notice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.Kind is NoticeKind.QueueChanged or NoticeKind.LineAlertChanged ? Line(notice.Recipient) : Responder(notice.Recipient);
    }
}
