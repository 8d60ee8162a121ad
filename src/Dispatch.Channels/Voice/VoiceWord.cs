using Dispatch.Channels.Devices;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Voice;

/// <summary>
/// What a notice means for a phone: something to say, a call about an offer to end, both, or nothing. A call wakes people and can be heard by others in the room, so most of
/// what a page shows is none, and what is said is neutral.
/// </summary>
/// <param name="Text">Key of the words; null where nothing is said.</param>
/// <param name="Once">Whatever has the same is called about once.</param>
/// <param name="Ends">The call about this is ended where it still rings.</param>
/// <param name="Asks">A key is an answer to the offer.</param>
internal sealed record VoiceWord(string? Text, string Once, bool Urgent, string? Ends = null, bool Asks = false)
{
    /// <summary>Null for what no phone rings for.</summary>
    public static VoiceWord? Of(Notice notice) => notice.Kind switch
    {
        NoticeKind.Offer when notice.Offer is { } offer => new VoiceWord(offer.Exercise ? "voice.drill" : "voice.offer", notice.Id, !offer.Exercise, Asks: true),
        NoticeKind.Untaken => new VoiceWord("voice.waiting", notice.Id, true),
        NoticeKind.OfferWithdrawn or NoticeKind.AlertChanged when notice.Told is { State: not OfferState.Open } told => TakenBack(notice, told),
        _ => null,
    };

    /// <summary>She asked for it herself, and looks at her phone.</summary>
    public static VoiceWord Test(string testId) => new("voice.test", NumberTest.Key(testId), Urgent: false);

    /// <summary>Whoever was asked and has answered, here or elsewhere, is no longer rung. Who may be on her way is rung to be told.</summary>
    private static VoiceWord TakenBack(Notice notice, ToldOffer told)
    {
        var text = told.Assignment?.State switch
        {
            AssignmentState.CallOff => "voice.takenBack",
            AssignmentState.StandOff => "voice.wait",
            _ => null,
        };
        return new VoiceWord(text, $"{notice.OfferId}.{told.Round}:{text}", text == "voice.wait", Ends: OfferNotice.IdOf(notice.OfferId!, told.Round, ChannelKind.Voice));
    }
}
