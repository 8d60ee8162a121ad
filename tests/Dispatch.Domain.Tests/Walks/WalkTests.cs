using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;

namespace Dispatch.Domain.Tests.Walks;

/// <summary>The walks are worth something only while they go everywhere and go the same way every time.</summary>
public sealed class WalkTests
{
    [Fact]
    public void The_same_seed_is_the_same_life_to_the_byte()
    {
        for (var seed = 0; seed < 50; seed++) Assert.Equal(Text(new Walk(seed)), Text(new Walk(seed)));
    }

    [Fact]
    public void The_walks_reach_every_state_there_is()
    {
        var seen = new HashSet<object>();
        for (var seed = 0; seed < Walks.Count; seed++)
        {
            foreach (var step in new Walk(seed).Steps)
            {
                seen.Add(step.After.Stage);
                seen.Add(SurvivorViews.Of(step.After, step.Told, step.Now).Status);
                if (step.After.Ending is { } ending) seen.Add(ending.How);
                if (step.After.Ring is { } ring) seen.UnionWith([ring.Reason, ring.BackupToldAt is null ? "waiting" : "backup told"]);
                foreach (var need in step.After.Needs) seen.Add(need.Stage);
                foreach (var offer in step.After.Offers) seen.UnionWith([offer.State, (object?)offer.Withdrawn ?? "", (object?)offer.Declined ?? "", (object?)offer.Assignment?.State ?? "", offer.Round > 1 ? "twice reopened" : ""]);
                if (step.Decision is Decision.Refused refused) seen.Add(refused.Why);
            }
        }

        // A step fails only where an area does not answer; alarms ring apart; calls, texts and relays ring for contacts; of the endings a line's
        // close gives one and a supervisor another, and an alert is never only advice.
        Missing<OfferState>();
        Missing<RingReason>(RingReason.StepFailed, RingReason.ReviewDue, RingReason.ResponderInDanger, RingReason.NoBed, RingReason.BedBooked, RingReason.LateOnTheWay, RingReason.MeetingRefused, RingReason.PartyChanged, RingReason.CallRinging, RingReason.CallBackOwed, RingReason.TextWaiting, RingReason.HandOver);
        Missing<EndedHow>(EndedHow.Referred, EndedHow.Duplicate, EndedHow.FalseAlarm, EndedHow.Advice);
        Missing<Stage>();
        Missing<NeedStage>();
        Missing<WithdrawnFor>();
        Missing<DeclineReason>();
        Missing<AssignmentState>();
        Missing<SurvivorStatus>();
        Assert.Empty(new HashSet<object> { "backup told", "twice reopened", Refusal.OfferClosed, Refusal.AlreadyFilled, Refusal.WrongProgress, Refusal.PinRequired, Refusal.PairMissing, Refusal.Ended }.Except(seen));

        void Missing<T>(params T[] expected) where T : struct, Enum => Assert.Equal(expected, Enum.GetValues<T>().Where(v => !seen.Contains(v)));
    }

    private static string Text(Walk walk) => System.Text.Json.JsonSerializer.Serialize(walk.Alert, DispatchJson.Options);
}
