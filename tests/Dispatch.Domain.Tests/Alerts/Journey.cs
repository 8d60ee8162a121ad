using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>She asked for a driver, a call-taker spoke with her, and Issa said yes at ten seconds.</summary>
internal static class Journey
{
    public const string Issa = "issa";

    public static Story Accepted(int? eta = null, Mode mode = Mode.MeetsAt, params Need[] more)
    {
        var story = Story.Of(Press([Need.Transport, .. more]) with { Verification = Verification.Voice }, Rules(), Person(Issa, Need.Transport));
        story.At(10).Accepts(Issa, mode, eta, Need.Transport).Now();
        return story;
    }

    public static Story UnderWay(int? eta = 12)
    {
        var story = Accepted();
        story.Says(Progress.NoConflict).Now();
        story.Says(Progress.EnRoute, eta).Now();
        return story;
    }

    public static Story PickedUp(int? eta = null)
    {
        var story = UnderWay();
        story.At(600).Says(Progress.PickedUp, eta).Now();
        return story;
    }

    public static Decision Says(this Story story, Progress progress, int? eta = null) => story.Reports(Issa, progress, eta, Need.Transport);

    public static Offer Drive(this Story story) => story.OfferOf(Issa, Need.Transport);

    public static int Called(this Story story, RingReason why) => story.Alert.Alarms.Count(a => a.Ring.Reason == why);

    public static Decision Proposes(this Story story, string box, Need need = Need.Transport, bool agreed = false, string key = "key-1", string body = "body-1") =>
        story.Try((a, now) => Meeting.Propose(a, new ProposeMeeting(need, Box<Place>(box), "fatou", key, body, agreed), now));

    public static Decision Answers(this Story story, int no, bool yes, string by = Consent.Survivor) => story.Try((a, now) => Meeting.Answer(a, new AnswerMeeting(no, yes, by), now));

    /// <summary>A house held beds for her and said yes, and where its people meet her.</summary>
    public static Story Booked(this Story story, HouseCandidate? house = null, string? meetAt = "house-box", int no = 0)
    {
        house ??= Beds.GivenSearch.House("rose");
        story.Try((a, now) => BedAsking.Request(a, new RequestBed("fatou", $"bed-key-{no}", house.House.Shelter, new Guests(1, [])), Beds.GivenSearch.Known(house), now)).Now();
        story.Try((a, now) => BedAnswers.Answered(a, Beds.GivenSearch.SaysYes(no), now)).Now();
        story.Try((a, now) => BedAnswers.Pulled(a, no, Beds.GivenSearch.Hold(HoldStage.Booked) with { MeetAt = meetAt is null ? null : Box<Place>(meetAt) }, now)).Now();
        return story;
    }
}
