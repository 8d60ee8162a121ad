using System.Collections.Immutable;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.ServiceAreas;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>Opening the needs, and asking people step by step until enough have said yes.</summary>
public static class Asking
{
    /// <summary>Binds the alert to the protocol version it starts with and opens its needs.</summary>
    /// <param name="byMachine">Whether machines ask people in its area. Where they do not, nothing is gained by waiting: the console rings at once.</param>
    /// <param name="houses">Houses serve its area, or places beside them: a bed is searched by machine as well.</param>
    public static Decision Open(Alert alert, Rules rules, DateTimeOffset now, bool byMachine = true, bool houses = false)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(rules);
        if (alert.Rules is not null || alert.Stage is Stage.Ended) return new Decision.Unchanged(alert);

        var wished = alert.Chose ? alert.Wished : [.. rules.DefaultNeeds.Union(alert.Wished)];
        var ring = alert.Ring is { Reason: RingReason.NewAlert, Begun: false } open
            ? open with { At = byMachine ? alert.RaisedAt.AddSeconds(rules.HumanAfterSeconds) : alert.RaisedAt }
            : alert.Ring;
        var next = alert with { Rules = rules, Ring = ring };
        next = next with { Needs = [.. wished.Select(n => NewNeed(next, n, now))], Beds = BedSearching.Begin(next, byMachine && houses) };
        return next.Changed(now, [.. next.Needs.Select(n => Note(n.Stage is NeedStage.Closed ? HistoryKind.NeedClosed : HistoryKind.NeedOpened, now, n.Need))]);
    }

    /// <summary>Police without a recorded basis is kept as a closed need, so that nobody wonders where it went.</summary>
    internal static NeedState NewNeed(Alert alert, Need need, DateTimeOffset now)
    {
        var rules = alert.Rules!;
        var opened = new NeedState
        {
            Need = need,
            OpenedAt = now,
            Night = rules.Rest.IsNight(now),
            Stage = need is Need.Police && !Disclosure.HasBasis(alert) ? NeedStage.Closed : NeedStage.Asking,
        };
        return opened with { Quorum = Math.Max(rules.For(need).Quorum, Pairs.Wished(alert, opened) ? 2 : 1) };
    }

    /// <summary>When the next step of a need begins, or null when its steps are used up or nobody is asked any more.</summary>
    public static DateTimeOffset? NextStepAt(Alert alert, NeedState need)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(need);
        if (alert.AskingStoppedFor(need) || alert.Rules is not { } rules || need.Stage is not NeedStage.Asking) return null;
        var steps = rules.StepsOf(need.Need);
        if (need.NextStep >= steps.Length) return null;
        if (need.Steps.IsEmpty) return Noted(need, need.OpenedAt);

        var last = need.Steps[^1];
        var entered = Noted(need, last.At);
        if (last.Asked == 0 || need.MoveOn) return entered;
        var grace = entered.AddSeconds(rules.DeliveryGraceSeconds);
        var from = last.FirstDeliveredAt is { } delivered && Noted(need, delivered) < grace ? Noted(need, delivered) : grace;
        return from.AddSeconds(steps[need.NextStep].AfterSeconds - steps[last.Step].AfterSeconds);
    }

    /// <summary>By the clock of today: a time that it has yet to reach was noted before it was set back.</summary>
    private static DateTimeOffset Noted(NeedState need, DateTimeOffset at) => need.WaitsFrom < at ? need.WaitsFrom.Value : at;

    /// <summary>The needs whose next step is due now. With a clock that runs behind the last decision everything pending is due.</summary>
    public static ImmutableArray<Need> Due(Alert alert, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var at = Clock.DueUntil(alert, now);
        return [.. alert.Needs.Where(n => NextStepAt(alert, n) <= at).Select(n => n.Need)];
    }

    /// <summary>Enters the next step of one need with the people on call now. An empty step is stored as skipped, and the following one is due at once.</summary>
    public static Decision EnterStep(Alert alert, Need need, IReadOnlyCollection<Candidate> onCall, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var state = alert.Needs.FirstOrDefault(n => n.Need == need);
        return state is null || !Due(alert, now).Contains(need) ? new Decision.Unchanged(alert) : Enter(alert, state, state.NextStep, onCall, now);
    }

    private static Decision Enter(Alert alert, NeedState state, int number, IReadOnlyCollection<Candidate> onCall, DateTimeOffset now)
    {
        var need = state.Need;
        var step = alert.Rules!.StepsOf(need)[number];
        var chosen = Matching.Choose(alert, need, step, onCall, now);
        var offers = chosen.Select((c, i) => new Offer
        {
            No = alert.Offers.Length + i,
            Responder = c.Person.Responder,
            Organisation = c.Person.Organisation,
            Woman = c.Person.Woman,
            Need = need,
            Step = number,
            Modes = c.Modes,
            At = now,
            Because = step.Everybody ? null : c.Because,
        }).ToImmutableArray();
        var entered = state with { Steps = state.Steps.Add(new StepEntered(number, now, offers.Length)), MoveOn = false, WaitsFrom = null };
        var next = (alert with { Offers = alert.Offers.AddRange(offers) }).With(entered)
            .Tell(offers.Select(o => Pending.Responder(o.Responder)));
        return offers.IsEmpty
            ? next.Changed(now, Note(HistoryKind.StepSkipped, now, need, number))
            : next.Changed(now, [Note(HistoryKind.StepEntered, now, need, number), Offered(now, offers)]);
    }

    /// <summary>Longer than an area that is merely busy takes to answer.</summary>
    public static readonly TimeSpan StepFailedAfter = TimeSpan.FromSeconds(10);

    /// <summary>The service area or its protocol could not be asked. Once a step is overdue for that the console rings at once: only a human can help now.</summary>
    public static Decision CouldNotAsk(Alert alert, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.AskingStopped) return new Decision.Unchanged(alert);
        var due = alert.Rules is null ? alert.RaisedAt : alert.Needs.Min(n => NextStepAt(alert, n));
        if (!(due + StepFailedAfter <= now)) return new Decision.Unchanged(alert);
        var rung = alert.RingFor(RingReason.StepFailed, now);
        return ReferenceEquals(rung, alert) ? new Decision.Unchanged(alert) : rung.Changed(now);
    }

    /// <summary>One line however many were asked; who they were stands in the offers, which never go away.</summary>
    private static HistoryEvent Offered(DateTimeOffset now, ImmutableArray<Offer> offers)
    {
        var line = Note(HistoryKind.Offered, now, offers[0].Need, offers[0].Step, offers[0].No);
        return offers.Length == 1 ? line with { Who = offers[0].Responder } : line with { Count = offers.Length };
    }

    /// <summary>Needs whose steps are used up while nobody has filled them or taken the alert: whoever comes on duty from here on is asked.</summary>
    public static ImmutableArray<Need> UsedUp(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert.AskingStopped || alert.Rules is not { } rules
            ? []
            : [.. alert.Needs.Where(n => n.Stage is NeedStage.Asking && !alert.AskingStoppedFor(n) && n.NextStep >= rules.StepsOf(n.Need).Length).Select(n => n.Need)];
    }

    /// <summary>Asks those who came on duty after the last step. Nothing is stored when there is nobody new.</summary>
    public static Decision AskNewcomers(Alert alert, Need need, IReadOnlyCollection<Candidate> onCall, DateTimeOffset now) =>
        UsedUp(alert).Contains(need) && !Matching.Choose(alert, need, alert.Rules!.StepsOf(need)[^1], onCall, now).IsEmpty
            ? Enter(alert, alert.Needs.First(n => n.Need == need), alert.Rules.StepsOf(need).Length - 1, onCall, now)
            : new Decision.Unchanged(alert);

    /// <summary>The first phone of a step that confirmed; the wait for the next step counts from here.</summary>
    public static Decision Delivered(Alert alert, int offerNo, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.OfferNo(offerNo) is not { } offer) return Decision.No(Refusal.NotFound);
        var need = alert.Needs.First(n => n.Need == offer.Need);
        var step = need.Steps.FirstOrDefault(s => s.Step == offer.Step && s.FirstDeliveredAt is null);
        if (step is null) return new Decision.Unchanged(alert);
        return alert.With(need with { Steps = need.Steps.Replace(step, step with { FirstDeliveredAt = Later(step.At, at) }) }).Changed(at);
    }
}
