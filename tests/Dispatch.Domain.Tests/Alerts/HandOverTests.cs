using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>A relay raises by itself: the line rings the desk at once, police are told only on her word, and the relay learns two words afterwards.</summary>
public sealed class HandOverTests
{
    [Fact]
    public void The_call_to_the_desk_rings_at_once_beside_the_alerts_own_item()
    {
        var alert = Relayed(Need.Health);
        var call = Assert.Single(alert.Alarms);
        Assert.Equal((RingReason.HandOver, At(0), "a1:handOver"), (call.Ring.Reason, call.Ring.At, call.Ring.ItemId));
        Assert.Equal((RingReason.NewAlert, At(60)), (alert.Ring!.Reason, alert.Ring.At));
        var row = WatchRow.Of(alert);
        Assert.Equal(QueueState.Ringing, QueueItem.Of(row, row.Items.Single(i => i.Reason is RingReason.HandOver), null, At(0)).State);
        Assert.Empty(Raising.Raise(null, Press(Need.Health), At(0)).Now().Alarms);
        // A call-taker who asked her has her on the line: no desk waits.
        var talking = Press(Need.Health) with { Verification = Verification.Voice, By = "fatou", Agreed = new Agreement(AgreedHow.HerWord, At(0), "v1", "fr") { By = "fatou" } };
        Assert.Empty(Raising.Raise(null, talking, At(0)).Now().Alarms);
    }

    /// <summary>The call-taker who asked her has her on the line: no desk waits, and a bell for nobody teaches people not to pick up.</summary>
    [Fact]
    public void What_a_call_taker_raises_with_her_yes_rings_nothing_beside_the_alert_and_is_no_relays()
    {
        var command = By(Need.Health) with { Relay = null, RelayOrganisations = [], Verification = Verification.Voice, By = "fatou", Agreed = new Agreement(AgreedHow.HerWord, At(0), "v1", "fr") { By = "fatou" } };
        var alert = Raising.Raise(null, command, At(0)).Now();
        Assert.Empty(alert.Alarms);
        Assert.Equal("fatou", alert.Agreed!.By);
        Assert.Null(Relaying.StateFor(alert, At(1)));
    }

    [Fact]
    public void A_nurses_yes_does_not_leave_the_desk_waiting_and_the_call_taken_does_not_stop_the_search()
    {
        var story = Story.Of(By(Need.Health), Rules(), Person("p01"), Person("p02"));
        story.Accepts("p01", Mode.CallsHer);
        Assert.Null(story.Alert.Ring);
        Assert.Contains(story.Alert.Alarms, a => a.Ring.Reason is RingReason.HandOver);

        var taken = HandingOver.Apply(Relayed(Need.Health), Claimed(ClaimState.Taken), At(5)).Now();
        Assert.False(taken.AskingStopped);
        Assert.Null(taken.Taken);
    }

    [Fact]
    public void Nobody_who_takes_it_means_the_duty_officer_and_then_the_backup_are_called()
    {
        var alert = Relayed(Need.Health);
        foreach (var at in new[] { 0.0, 60, 120 })
        {
            while (Silence.Tick(alert, At(at)) is Decision.Changed changed) alert = changed.Alert;
        }

        var ring = alert.Alarms.Single().Ring;
        Assert.Equal((true, At(60), At(120)), (ring.Begun, ring.DutyOfficerToldAt!.Value, ring.BackupToldAt!.Value));
    }

    [Theory]
    [InlineData(AgreedHow.HerWord, true, true, "changed")]
    [InlineData(AgreedHow.HerWord, false, false, "changed")]
    [InlineData(AgreedHow.HerWord, true, false, "consentMissing")]
    [InlineData(AgreedHow.HerWord, false, true, "consentMissing")]
    [InlineData(AgreedHow.CannotSay, true, true, "consentMissing")]
    [InlineData(AgreedHow.CannotSay, false, true, "consentMissing")]
    [InlineData(AgreedHow.CannotSay, false, false, "changed")]
    public void Police_are_asked_for_only_on_her_own_word(AgreedHow how, bool need, bool consent, string outcome)
    {
        var command = By(need ? [Need.Health, Need.Police] : [Need.Health]) with { Agreed = new Agreement(how, At(0), "v1", "bm"), PoliceConsent = consent ? Yes() with { By = Relaying.By } : null };
        Assert.Equal(outcome, Raising.Raise(null, command, At(0)).Outcome());
    }

    /// <summary>That she agreed to be helped allows nobody of the police to learn of it.</summary>
    [Fact]
    public void Her_agreement_is_recorded_and_is_no_basis_for_police()
    {
        var alert = Relayed(Need.Health);
        Assert.Equal(new Agreement(AgreedHow.HerWord, At(0), "v1", "bm"), alert.Agreed);
        Assert.Empty(alert.Consents);
        Assert.False(Disclosure.Allows(alert, PoliceStation));
    }

    [Fact]
    public void A_relay_reads_received_then_taken_and_after_half_an_hour_nothing()
    {
        var alert = Relayed(Need.Health);
        Assert.Equal(RelayState.Received, Relaying.StateFor(alert, At(10)));
        var taken = HandingOver.Apply(alert, Claimed(ClaimState.Taken), At(10)).Now();
        Assert.Equal(RelayState.Taken, Relaying.StateFor(taken, At(11)));
        Assert.Equal(RelayState.Received, Relaying.StateFor(HandingOver.Apply(taken, Claimed(ClaimState.HandedBack), At(12)).Now(), At(12)));
        Assert.Equal(RelayState.Taken, Relaying.StateFor(HandingOver.Apply(taken, Claimed(ClaimState.Closed), At(12)).Now(), At(12)));
        Assert.Equal(RelayState.Taken, Relaying.StateFor(HandingOver.Apply(alert, new Claim("a1:newAlert", ClaimState.Taken, "fatou", At(61)), At(61)).Now(), At(61)));
        Assert.Equal(RelayState.Taken, Relaying.StateFor(taken, At(0) + Relaying.ShownFor));
        Assert.Null(Relaying.StateFor(taken, At(0) + Relaying.ShownFor + TimeSpan.FromTicks(1)));
        Assert.Null(Relaying.StateFor(Raising.Raise(null, Press(Need.Health), At(0)).Now(), At(1)));
    }

    [Fact]
    public void To_her_and_to_responders_it_is_an_alert_like_any_other()
    {
        var story = Story.Of(By(Need.Health), Rules(), Person("p01"));
        story.Accepts("p01", Mode.CallsHer);
        var told = Telling.To(story.Alert, "p01");
        var all = JsonSerializer.Serialize(
            new { told, Summary = Telling.Summary(told, told.Offers[0]), Slice = Slices.For(story.Alert, 0, "p01"), Hers = SurvivorViews.Of(story.Alert, 1, At(40)) }, DispatchJson.Options);
        foreach (var word in new[] { "relay", "handOver", "agreed", "the-desk" }) Assert.DoesNotContain(word, all, StringComparison.OrdinalIgnoreCase);
    }

    private static Alert Relayed(params Need[] needs) => Raising.Raise(null, By(needs), At(0)).Now();

    private static RaiseAlert By(params Need[] needs) => Press(needs) with
    {
        Relay = Box<Relay>("the-desk"), RelayOrganisations = ["mac-1"], Verification = Verification.Relay, By = Relaying.By, Agreed = new Agreement(AgreedHow.HerWord, At(0), "v1", "bm"),
    };

    private static Claim Claimed(ClaimState state) => new("a1:handOver", state, "fatou", At(5));
}
