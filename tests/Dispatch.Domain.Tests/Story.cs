using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.ServiceAreas;

namespace Dispatch.Domain.Tests;

/// <summary>One alert, its people and its time: does what the alert's actor does, exactly when something is due.</summary>
internal sealed class Story
{
    private readonly Rules _rules;

    private Story(Alert alert, Rules rules, DateTimeOffset now, IEnumerable<Candidate> onCall)
    {
        (Alert, _rules, Now) = (alert, rules, now);
        OnCall.AddRange(onCall);
        DoWhatIsDue();
    }

    public Alert Alert { get; set; }
    public DateTimeOffset Now { get; private set; }
    public List<Candidate> OnCall { get; } = [];

    public static Story Of(RaiseAlert press, Rules rules, params Candidate[] onCall) =>
        new(Raising.Raise(null, press, Given.Night).Now(), rules, Given.Night, onCall);

    public static Story Of(params Candidate[] onCall) => Of(Given.Press(Need.Health), Given.Rules(), onCall);

    /// <summary>Lets time pass up to this many seconds after the press, stopping at everything that falls due on the way.</summary>
    public Story At(double seconds)
    {
        var until = Given.At(seconds);
        while (Silence.NextDue(Alert) is { } due && due <= until)
        {
            Now = due > Now ? due : Now;
            DoWhatIsDue();
        }

        Now = until;
        return this;
    }

    /// <summary>The clock is set without anything being done.</summary>
    public Story ClockReads(double seconds)
    {
        Now = Given.At(seconds);
        return this;
    }

    public void DoWhatIsDue()
    {
        for (var i = 0; i < 1000; i++)
        {
            var before = Alert;
            Try((a, now) => Asking.Open(a, _rules, now));
            foreach (var need in Asking.Due(Alert, Now)) Try((a, now) => Asking.EnterStep(a, need, OnCall, now));
            Try(Silence.Tick);
            if (ReferenceEquals(before, Alert)) return;
        }

        Assert.Fail($"still something due at {Now:O} after 1,000 rounds");
    }

    public Decision Try(Func<Alert, DateTimeOffset, Decision> command)
    {
        var decision = command(Alert, Now);
        Alert = decision.Or(Alert);
        return decision;
    }

    public Offer OfferOf(string responder, Need need = Need.Health) => Alert.Offers.Single(o => o.Responder == responder && o.Need == need);

    public Decision Accepts(string who, Mode? mode = null, int? eta = null, Need need = Need.Health) =>
        Try((a, now) => Answering.Accept(a, OfferOf(who, need).No, who, mode, eta, now));

    public Decision Declines(string who, DeclineReason why = DeclineReason.Busy, Need need = Need.Health) =>
        Try((a, now) => Answering.Decline(a, OfferOf(who, need).No, who, why, now));

    public Decision Reports(string who, Progress progress, int? eta = null, Need need = Need.Health) =>
        Try((a, now) => Progressing.Report(a, OfferOf(who, need).No, who, progress, eta, now));

    public Decision Panics(string who, Need need = Need.Health) => Try((a, now) => OnTheWay.Panic(a, OfferOf(who, need).No, who, now));

    public Decision ChecksIn(string who, Need need = Need.Health) => Try((a, now) => OnTheWay.CheckIn(a, OfferOf(who, need).No, who, now));

    public Decision PhoneConfirms(string who, Need need = Need.Health) => Try((a, now) => Asking.Delivered(a, OfferOf(who, need).No, now));

    public Decision Adds(AddToAlert addition) => Try((a, now) => Adding.Add(a, addition, now));

    public Decision Cancels(PinVerdict pin) => Try((a, now) => Cancelling.Cancel(a, pin, now));

    public Decision Takes(string who) => Takes(who, Alert.Ring!.ItemId);

    public Decision Takes(string who, string itemId) => Try((a, now) => HandingOver.Apply(a, new Claim(itemId, ClaimState.Taken, who, now), now));

    public Decision Closes(string who, string itemId, EndedHow how = EndedHow.Resolved) =>
        Try((a, now) => HandingOver.Apply(a, new Claim(itemId, ClaimState.Closed, who, now, how), now));

    public Decision HandsBack(string who, string itemId) => Try((a, now) => HandingOver.Apply(a, new Claim(itemId, ClaimState.HandedBack, who, now), now));

    public Decision LeavesDuty(params string[] who) => Try((a, now) => LeavingDuty.Apply(a, who.ToDictionary(w => w, _ => WithdrawnFor.OffDuty), now));

    public NeedState NeedOf(Need need = Need.Health) => Alert.Needs.Single(n => n.Need == need);

    /// <summary>Who is asked now, in the order of asking.</summary>
    public IEnumerable<string> Asked => Alert.Offers.Where(o => o.State is OfferState.Open).Select(o => o.Responder);

    /// <summary>The seconds after the press at which each step of the need was entered.</summary>
    public double[] StepsAt(Need need = Need.Health) => [.. NeedOf(need).Steps.Select(s => (s.At - Given.Night).TotalSeconds)];
}
