using Dispatch.Domain.Alerts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>One alert for each state that Amal's offer (number 0) can be in, the rest of the alert consistent with it.</summary>
internal static class OfferStates
{
    public const string Amal = "amal";

    /// <summary>Every state by name, made of the enums: a new word makes a new name, and the tables miss a row.</summary>
    public static IEnumerable<string> Names => Enum.GetValues<OfferState>().SelectMany(state => state switch
    {
        OfferState.Open => [Word(state)],
        OfferState.Accepted => Enum.GetValues<AssignmentState>().Select(a => "accepted." + Word(a)).Concat(["silent.accepted", "silent.noConflict", "silent.enRoute"]),
        OfferState.Declined => Enum.GetValues<DeclineReason>().Select(r => "declined." + Word(r)),
        OfferState.Withdrawn => Enum.GetValues<WithdrawnFor>().Select(w => "withdrawn." + Word(w)).Append("withdrawn.afterAccepting"),
        _ => throw new System.Diagnostics.UnreachableException($"offer {state}"),
    });

    public static Alert AlertWith(string name)
    {
        var alert = Asked();
        var offer = alert.Offers[0];
        var (state, detail) = name.Split('.') is [var s, var d] ? (s, d) : (name, "");
        return state switch
        {
            "open" => alert,
            "accepted" => Accepted(alert, offer, Enum.Parse<AssignmentState>(detail, ignoreCase: true)),
            "silent" => Set(alert, Accept(offer, Enum.Parse<AssignmentState>(detail, ignoreCase: true), silent: true)),
            "declined" => Declined(alert, offer, Enum.Parse<DeclineReason>(detail, ignoreCase: true)),
            "withdrawn" when detail == "afterAccepting" => Excluding(Set(alert, Accept(offer, AssignmentState.CallOff) with { State = OfferState.Withdrawn, Withdrawn = WithdrawnFor.Excluded })),
            "withdrawn" => Withdrawn(alert, offer, Enum.Parse<WithdrawnFor>(detail, ignoreCase: true)),
            _ => throw new System.Diagnostics.UnreachableException(name),
        };
    }

    /// <summary>Amal and Noor were asked for health in step one; nobody has answered and no phone has confirmed.</summary>
    private static Alert Asked()
    {
        var opened = Asking.Open(Raising.Raise(null, Press(Need.Health), Night).Now(), Rules(), Night).Now();
        return Asking.EnterStep(opened, Need.Health, [Person(Amal), Person("noor")], Night).Now();
    }

    private static Alert Accepted(Alert alert, Offer offer, AssignmentState state)
    {
        var next = Set(alert, Accept(offer, state));
        return state switch
        {
            AssignmentState.StandOff => next with { DuressAt = Night },
            AssignmentState.CallOff => next with { Stage = Stage.Ended, Ending = new Ending(EndedHow.Resolved, Night, "fatou") },
            AssignmentState.Released => next,
            _ => Filled(next),
        };
    }

    private static Alert Declined(Alert alert, Offer offer, DeclineReason reason)
    {
        var next = Set(alert, offer with { State = OfferState.Declined, Declined = reason });
        return reason is DeclineReason.Conflict ? Excluding(next) : next;
    }

    private static Alert Withdrawn(Alert alert, Offer offer, WithdrawnFor why)
    {
        var next = Set(alert, offer with { State = OfferState.Withdrawn, Withdrawn = why });
        return why switch
        {
            WithdrawnFor.Filled => Filled(Set(next, Accept(next.Offers[1], AssignmentState.Accepted))),
            WithdrawnFor.Excluded or WithdrawnFor.Conflict => Excluding(next),
            WithdrawnFor.ConsentWithdrawn => Set(next with { Consents = [Yes() with { WithdrawnAt = Night }] }, next.Offers[0] with { Organisation = PoliceClinic }),
            WithdrawnFor.Ended => next with { Stage = Stage.Ended, Ending = new Ending(EndedHow.Resolved, Night, "fatou") },
            WithdrawnFor.NeedClosed => next with { Needs = [next.Needs[0] with { Stage = NeedStage.Closed }] },
            WithdrawnFor.OffDuty or WithdrawnFor.NotVetted => next,
            _ => throw new System.Diagnostics.UnreachableException($"withdrawn for {why}"),
        };
    }

    private static Offer Accept(Offer offer, AssignmentState state, bool silent = false) => offer with
    {
        State = OfferState.Accepted,
        Assignment = new Assignment { Mode = Mode.CallsHer, AcceptedAt = Night, ProgressAt = Night, State = state, Silent = silent },
    };

    private static Alert Filled(Alert alert) => alert with { Needs = [alert.Needs[0] with { Stage = NeedStage.Filled }] };

    private static Alert Excluding(Alert alert) => alert with { Exclusions = alert.Exclusions with { Responders = [Amal] } };

    private static Alert Set(Alert alert, Offer offer) => alert with { Offers = alert.Offers.SetItem(offer.No, offer) };
}
