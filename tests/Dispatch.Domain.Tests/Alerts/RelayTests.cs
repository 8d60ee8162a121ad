using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>In a small place, who brought an alert says who she is: a relay is sealed, and how an alert came in is hidden from responders.</summary>
public sealed class RelayTests
{
    [Fact]
    public void A_relay_is_kept_sealed_and_is_in_nothing_that_a_responder_gets()
    {
        var story = Story.Of(Relayed(), Rules(), Person("p01"), Person("p02"));
        Assert.Equal("the-relay", story.Alert.Relay!.Box);
        story.Accepts("p01", Mode.ComesToHer);
        story.Accepts("p02", Mode.ComesToHer);
        foreach (var progress in new[] { Progress.NoConflict, Progress.EnRoute, Progress.Arrived })
        {
            story.Reports("p01", progress);
            Assert.DoesNotContain("relay", GivenTo(story, "p01"), StringComparison.OrdinalIgnoreCase);
        }

        Assert.True(Slices.For(story.Alert, 0, "p01")!.Open);
        Assert.DoesNotContain("relay", JsonSerializer.Serialize(WatchRow.Of(story.Alert), DispatchJson.Options), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>By how it came in alone, nothing a responder gets may differ.</summary>
    [Fact]
    public void An_alert_brought_by_a_relay_and_one_taken_by_a_call_taker_look_the_same_to_a_responder()
    {
        var (relayed, called) = (Story.Of(Relayed(), Rules(), Person("p01")), Story.Of(Relayed() with { Relay = null, Verification = Verification.InPerson, By = "fatou" }, Rules(), Person("p01")));
        foreach (var story in new[] { relayed, called })
        {
            story.Accepts("p01", Mode.ComesToHer);
            story.Reports("p01", Progress.NoConflict);
        }

        Assert.Equal(GivenTo(called, "p01"), GivenTo(relayed, "p01"));
    }

    private static RaiseAlert Relayed() => Press(Need.Health) with
    {
        Relay = Box<Relay>("the-relay"), Verification = Verification.Relay, By = "desk", Modes = [Mode.ComesToHer], Place = Box<Place>("place"), Note = Box<string>("note"),
    };

    private static string GivenTo(Story story, string responder)
    {
        var told = Telling.To(story.Alert, responder);
        return JsonSerializer.Serialize(new { told, Summary = Telling.Summary(told, told.Offers[0]), Slice = Slices.For(story.Alert, told.Offers[0].No, responder) }, DispatchJson.Options);
    }
}
