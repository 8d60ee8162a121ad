using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Live;

/// <summary>What a page listens for: a person, a line, a house, or the beds of a service area.</summary>
public static class LiveAddress
{
    public static string Responder(string account) => "responder:" + account;

    public static string Line(string line) => "line:" + line;

    /// <summary>Of a house's tablet, by who made it one: nothing is said there, it is only found by it.</summary>
    public static string Tablet(string account) => "tablet:" + account;

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
