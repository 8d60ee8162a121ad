using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>Whoever holds the phone cannot rewrite an alert: changes append.</summary>
public sealed class AddingTests
{
    [Fact]
    public void A_keyed_addition_is_added_once_and_only_the_last_few_keys_are_kept()
    {
        var story = Story.Of(Press() with { Place = Box<Place>("first") }, Rules());
        var addition = ByPhone() with { Place = Box<Place>("second"), KeyMac = "k", BodyMac = "b" };
        Assert.Equal("changed", story.Adds(addition).Outcome());
        var version = story.Alert.Version;
        Assert.Equal("same", story.Adds(addition with { Place = Box<Place>("sealed anew") }).Outcome());
        Assert.Equal("keyReused", story.Adds(addition with { BodyMac = "other" }).Outcome());
        Assert.Single(story.Alert.LaterPlaces);
        Assert.Equal(version, Adding.Repeated(story.Alert, "k")!.Version);
        for (var i = 0; i < Adding.MaxKeyed; i++) story.Adds(ByPhone() with { Note = Box<string>("n"), KeyMac = $"k{i}", BodyMac = "b" });
        Assert.Equal(Adding.MaxKeyed, story.Alert.Keyed.Length);
        Assert.Null(Adding.Repeated(story.Alert, "k"));
    }

    [Fact]
    public void Said_under_duress_twice_with_one_key_it_is_said_once()
    {
        var story = Story.Of(Press(), Rules());
        Assert.Equal("changed", story.Adds(ByPhone() with { UnderDuress = true, KeyMac = "k", BodyMac = "b" }).Outcome());
        Assert.Equal("same", story.Adds(ByPhone() with { UnderDuress = true, KeyMac = "k", BodyMac = "b" }).Outcome());
    }

    [Fact]
    public void A_second_place_from_the_phone_does_not_erase_the_first()
    {
        var story = Story.Of(Press() with { Place = Box<Place>("the-first-place") }, Rules());
        story.Adds(ByPhone() with { Place = Box<Place>("the-second-place") });
        Assert.Contains("the-first-place", JsonSerializer.Serialize(story.Alert, DispatchJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_party_from_the_phone_does_not_erase_the_first()
    {
        var story = Story.Of(Press() with { Party = Box<Party>("three-children") }, Rules());
        story.Adds(ByPhone() with { Party = Box<Party>("nobody") });
        Assert.Contains("three-children", JsonSerializer.Serialize(story.Alert, DispatchJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_with_the_duress_pin_is_not_kept_and_calls_a_supervisor_while_her_screen_stays_as_it_was()
    {
        var story = Story.Of(Press() with { Place = Box<Place>("true-place") }, Rules());
        var before = SurvivorViews.Of(story.Alert, 0, At(5));
        story.Adds(ByPhone() with { UnderDuress = true, Place = Box<Place>("his-place"), Reach = Reach.Call });
        Assert.DoesNotContain("his-place", JsonSerializer.Serialize(story.Alert, DispatchJson.Options), StringComparison.Ordinal);
        Assert.Equal(RingReason.Duress, story.Alert.Ring!.Reason);
        Assert.Equal(before.Status, SurvivorViews.Of(story.Alert, 0, At(5)).Status);
        Assert.Null(story.Alert.DuressAt);
    }

    [Fact]
    public void Women_only_said_later_takes_men_off_and_asks_none()
    {
        var story = Story.Of(Press(), Rules(), Person("issa") with { Woman = false }, Person("awa") with { Woman = true }).At(5);
        story.Accepts("issa");
        story.Adds(ByCallTaker() with { WomenOnly = true });
        Assert.Equal(AssignmentState.CallOff, story.OfferOf("issa").Assignment!.State);
        Assert.Equal(OfferState.Open, story.OfferOf("awa").State);
        Assert.DoesNotContain(story.At(300).Alert.Offers, o => !o.Woman && o.State is OfferState.Open);
    }

    [Fact]
    public void Nobody_is_asked_to_call_her_when_she_said_not_to()
    {
        var story = Story.Of(Press() with { Reach = Reach.None }, Rules(), Person("awa")).At(5);
        Assert.DoesNotContain(story.Alert.Offers, o => o.Modes.Contains(Mode.CallsHer));
    }

    [Fact]
    public void Somebody_of_the_line_whom_she_excluded_or_who_belongs_to_the_police_may_not_read_it()
    {
        var police = new OrganisationFacts("post", OrganisationKind.Hotline, PolicePresent: true);
        var line = new OrganisationFacts("line", OrganisationKind.Hotline);
        var alert = Story.Of(Press() with { Exclusions = new Exclusions { Responders = ["bintou"] } }, Rules()).Alert;
        Assert.False(Reading.Allows(alert, "bintou", line));
        Assert.False(Reading.Allows(alert, "awa", police));
        Assert.True(Reading.Allows(alert, "awa", line));
        Assert.False(Dispatch.Domain.Hotline.WatchRow.Of(alert).MayBeSeenBy("bintou", line));
        Assert.False(Dispatch.Domain.Hotline.WatchRow.Of(alert).MayBeSeenBy("awa", police));
    }

    [Fact]
    public void Notes_append_up_to_twenty()
    {
        var story = Story.Of(Press(), Rules());
        for (var i = 0; i < Adding.MaxNotes; i++) Assert.Equal("changed", story.Adds(ByPhone() with { Note = Box<string>($"n{i}") }).Outcome());
        Assert.Equal("tooMany", story.Adds(ByPhone() with { Note = Box<string>("one too many") }).Outcome());
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"n{i}"), story.Alert.Notes.Select(n => n.Text.Box));
    }

    [Fact]
    public void Exclusions_append_and_are_bounded_before_they_are_stored()
    {
        var story = Story.Of(Press(), Rules());
        story.Adds(ByCallTaker() with { Exclusions = new Exclusions { Responders = ["p1"] } });
        story.Adds(ByCallTaker() with { Exclusions = new Exclusions { Responders = ["p2"], Organisations = ["o"] } });
        Assert.Equal(["p1", "p2"], story.Alert.Exclusions.Responders.AsEnumerable());
        var flood = new Exclusions { Responders = [.. Enumerable.Range(0, 10_000).Select(i => $"r{i}")] };
        Assert.Equal("tooMany", story.Adds(ByCallTaker() with { Exclusions = flood }).Outcome());
    }

    [Fact]
    public void With_as_many_exclusions_as_fit_a_place_can_still_be_added()
    {
        var many = new Exclusions { Responders = [.. Enumerable.Range(0, Adding.MaxExclusions + 1).Select(i => $"r{i}")] };
        var raised = Raising.Raise(null, Press() with { Exclusions = many }, Night);
        if (raised is Decision.Refused) return;
        Assert.Equal("changed", Adding.Add(raised.Now(), ByPhone() with { Place = Box<Place>("place") }, At(5)).Outcome());
    }

    [Fact]
    public void What_is_added_reaches_those_who_are_on_it()
    {
        var story = Story.Of(People(3)).At(5);
        story.Accepts("p01");
        story.Alert = Acknowledging.Told(story.Alert, Pending.Responder("p01"), story.Alert.Version);
        story.Adds(ByPhone() with { Note = Box<string>("n") });
        Assert.Contains(story.Alert.Outbox, p => p.ResponderId == "p01" && p.Version == story.Alert.Version);
    }

    [Fact]
    public void A_need_added_before_the_protocol_is_known_does_not_replace_the_default_needs()
    {
        var pressed = Raising.Raise(null, Press(), Night).Now();
        var added = Adding.Add(pressed, ByPhone() with { Needs = [Need.Legal] }, At(1)).Now();
        var opened = Asking.Open(added, Rules(), At(2)).Now();
        Assert.Equal([Need.Health, Need.Psychosocial, Need.Legal], opened.Needs.Select(n => n.Need).Order());
    }

    [Fact]
    public void An_addition_that_adds_nothing_changes_nothing() =>
        Assert.Equal("same", Story.Of(Press(), Rules()).Adds(ByPhone()).Outcome());

    [Fact]
    public void Her_consent_is_recorded_also_where_a_human_acted_before_her()
    {
        var acted = Raising.Raise(null, Press(), Night).Now() with { Consents = [new Consent(DisclosureBasis.LifeThreat, "fatou", Night, "voice", "v1", "fr", "weapon")] };
        var added = Adding.Add(acted, ByPhone() with { Consent = Yes(5), Authorised = true }, At(5)).Or(acted);
        Assert.Contains(added.Consents, c => c is { Basis: DisclosureBasis.Consent, By: Consent.Survivor });
    }
}
