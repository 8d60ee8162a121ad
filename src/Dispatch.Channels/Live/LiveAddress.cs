using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Live;

/// <summary>What a page listens for: a person, a line, a house, or the beds of a service area.</summary>
public static class LiveAddress
{
    public static string Responder(string account) => "responder:" + account;

    public static string Line(string line) => "line:" + line;

    public static string House(string shelter) => "house:" + shelter;

    public static string Area(string area) => "area:" + area;

    public static string Of(Notice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.Kind switch
        {
            NoticeKind.QueueChanged or NoticeKind.LineAlertChanged => Line(notice.Recipient),
            NoticeKind.BedsChanged => House(notice.Recipient),
            NoticeKind.AreaBedsChanged => Area(notice.Recipient),
            _ => Responder(notice.Recipient),
        };
    }
}
