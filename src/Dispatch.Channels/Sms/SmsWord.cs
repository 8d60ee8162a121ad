using Dispatch.Channels.Devices;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Sms;

/// <summary>
/// Which of the approved texts a notice is, if any. Beyond the text there is nothing: no need, name, place, organisation, time or link. Her reply code names the offer to her
/// and to nobody else. A text costs money and wakes people, so most of what a page shows is none.
/// </summary>
/// <param name="Text">Key of the words.</param>
/// <param name="Once">Whatever has the same is sent once.</param>
/// <param name="Round">Of the offer, where this is one.</param>
internal sealed record SmsWord(string Text, string? Code, string Once, bool Urgent, int? Round = null)
{
    /// <summary>Null for what is no text.</summary>
    public static SmsWord? Of(Notice notice) => notice.Kind switch
    {
        NoticeKind.Offer when notice.Offer is { } offer => new SmsWord(offer.Exercise ? "sms.drill" : "sms.offer", offer.ReplyCode, notice.Id, !offer.Exercise, OfferNotice.RoundOf(notice)),
        NoticeKind.Untaken => new SmsWord("sms.waiting", null, notice.Id, true),
        NoticeKind.HoldWaiting when notice.Code is { } code => new SmsWord("sms.message", code, notice.Id, true),
        NoticeKind.OfferWithdrawn or NoticeKind.AlertChanged when notice.Told is { } told => TakenBack(notice, told),
        _ => null,
    };

    /// <summary>She asked for it herself, and looks at her phone.</summary>
    public static SmsWord Test(string testId) => new("sms.test", null, NumberTest.Key(testId), Urgent: false);

    /// <summary>To whoever waits or is out there because of a text of ours. Whoever declined knows; whoever handed back, too.</summary>
    private static SmsWord? TakenBack(Notice notice, ToldOffer told)
    {
        (string? text, var bed) = told switch
        {
            { State: OfferState.Withdrawn } => ("sms.takenBack", ""),
            { Assignment.State: AssignmentState.CallOff } => ("sms.takenBack", ""),
            { Assignment.State: AssignmentState.StandOff } => ("sms.wait", ""),
            { State: OfferState.Accepted, BedsLost: { } lost } => ("sms.wait", $":{lost}"),
            _ => (default(string), ""),
        };
        // Each later version of the alert says the same again; another bed that is lost does not.
        return text is null ? null : new SmsWord(text, told.ReplyCode, $"{notice.OfferId}.{told.Round}:{text}{bed}", text == "sms.wait");
    }
}
