using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Survivors;
using Dispatch.Domain.Tests.Stored;

namespace Dispatch.Domain.Tests.Walks;

/// <summary>What holds after every decision, whatever came before it.</summary>
public sealed class DecisionWalkTests
{
    [Fact]
    public void A_change_is_one_version_a_refusal_or_repeat_is_none_and_time_never_runs_back() =>
        Walks.Keep(s => s.Decision switch
        {
            Decision.Changed when s.After.Version != s.Before.Version + 1 => $"version {s.Before.Version} → {s.After.Version}",
            Decision.Unchanged or Decision.Refused when !ReferenceEquals(s.Before, s.After) => "changed without saying so",
            _ => s.After.LastNow < s.Before.LastNow ? "LastNow ran back" : null,
        });

    [Fact]
    public void The_end_is_the_end() =>
        Walks.Keep(s => s.Before.Stage is Stage.Ended && (s.After.Stage is not Stage.Ended || s.After.Ending != s.Before.Ending) ? "it went on" : null);

    [Fact]
    public void After_the_end_and_under_duress_nobody_is_asked_or_on_the_way() =>
        Walks.Keep(s => s.After is { Stage: Stage.Open, StandingOff: false } ? null
            : s.After.Offers.Where(o => o.State is OfferState.Open || o.Assignment is { Active: true }).Select(o => $"{o.Responder}, offer {o.No} {o.State} {o.Assignment?.State}").FirstOrDefault());

    [Fact]
    public void A_filled_need_has_its_quorum() =>
        Walks.Keep(s => s.After is not { Stage: Stage.Open, StandingOff: false } ? null
            : s.After.Needs.Where(n => n.Stage is NeedStage.Filled && Enough(s.After, n) < n.Quorum).Select(n => $"{n.Need}").FirstOrDefault());

    [Fact]
    public void A_need_with_its_quorum_is_not_asked_for_any_more() =>
        Walks.Keep(s => s.After is not { Stage: Stage.Open, StandingOff: false } ? null
            : s.After.Needs.Where(n => n.Stage is NeedStage.Asking && Enough(s.After, n) >= n.Quorum).Select(n => $"{n.Need}").FirstOrDefault());

    [Fact]
    public void A_need_that_is_filled_or_closed_has_no_open_offer() =>
        Walks.Keep(s => s.After.Offers.Where(o => o.State is OfferState.Open && s.After.Needs.First(n => n.Need == o.Need).Stage is not NeedStage.Asking)
            .Select(o => $"{o.Responder}, offer {o.No} for {o.Need}").FirstOrDefault());

    [Fact]
    public void While_a_need_is_asked_for_something_rings_or_will() =>
        Walks.Keep(s => s.After is { Stage: Stage.Open, Ring: null } && (s.After.Rules is null || s.After.StandingOff || s.After.Late
            || s.After.Needs.Any(n => n.Stage is NeedStage.Asking)) ? "nobody will ever be called" : null);

    [Fact]
    public void The_watch_row_wakes_the_alert_no_later_than_its_ring() =>
        Walks.Keep(s => s.After is { Stage: Stage.Open, Covered: false, Ring: { Begun: false } ring } && !(WatchRow.Of(s.After).NextDue <= ring.At) ? "the ring would be missed" : null);

    [Fact]
    public void Whoever_has_something_new_to_know_is_told_with_this_version() =>
        Walks.Keep(s => s.After.Offers.Select(o => o.Responder).Distinct()
            .FirstOrDefault(r => Differ(s.Before, s.After, r) && !s.After.Outbox.Any(p => p.ResponderId == r && p.Version == s.After.Version)));

    [Fact]
    public void Whoever_watches_the_queue_is_told_of_every_change_of_the_ring() =>
        Walks.Keep(s => s.Decision is Decision.Changed && (s.Before.Ring?.ItemId, s.Before.Ring?.Begun) != (s.After.Ring?.ItemId, s.After.Ring?.Begun)
            && !s.After.Outbox.Any(p => p.To == Pending.Queue && p.Version == s.After.Version) ? $"{s.Before.Ring} → {s.After.Ring}" : null);

    [Fact]
    public void An_offer_keeps_its_number_its_person_and_its_need_and_nobody_is_asked_twice_for_one_need() =>
        Walks.Keep(s => s.Before.Offers.Zip(s.After.Offers).Any(p => (p.First.No, p.First.Responder, p.First.Need) != (p.Second.No, p.Second.Responder, p.Second.Need))
            || s.After.Offers.Where((o, i) => o.No != i).Any() || s.After.Offers.DistinctBy(o => (o.Need, o.Responder)).Count() != s.After.Offers.Length ? "offers changed places" : null);

    [Fact]
    public void Nobody_comes_to_her_unasked_nobody_meets_her_unverified_and_late_alerts_ask_nobody() =>
        Walks.Keep(s => s.After.Offers.FirstOrDefault(o => s.After.Late
            || (o.Modes.Contains(Mode.ComesToHer) && !s.After.WishedModes.Contains(Mode.ComesToHer))
            || (o.Modes.Contains(Mode.MeetsAt) && s.After.Verification is Verification.None)) is { } o ? $"offer {o.No}" : null);

    [Fact]
    public void History_lines_are_numbered_once() =>
        Walks.Keep(s => s.After.Trail.DistinctBy(e => e.Id).Count() != s.After.Trail.Length ? "two lines with one number" : null);

    /// <summary>Also when the clock goes back, as far as the alert can know: not behind a moment at which something was decided.</summary>
    [Fact]
    public void The_version_of_her_view_never_falls() =>
        Walks.Keep(s => s.Previous is { } p && Latest(s) >= Latest(p) && View(s).Version < View(p).Version ? $"{View(p).Version} → {View(s).Version}" : null);

    [Fact]
    public void One_version_of_her_view_is_always_the_same_to_the_byte() =>
        Walks.Keep(s => s.Previous is { } p && View(s).Version == View(p).Version && Text(p) != Text(s) ? $"{Text(p)} / {Text(s)}" : null);

    [Fact]
    public void She_reads_accepted_only_while_somebody_who_accepted_is_counted_on() =>
        Walks.Keep(s => View(s) is { Status: SurvivorStatus.Accepted } && !s.After.Offers.Any(o => o is { State: OfferState.Accepted, AnsweredAt: not null, Assignment.Silent: false })
            ? "nobody accepted" : null);

    [Fact]
    public void She_reads_that_a_human_has_it_only_when_a_line_s_claim_named_one() =>
        Walks.Keep(s => View(s).HumanAnswered && s.After.Taken is null ? "no human" : null);

    [Fact]
    public void What_every_walk_ends_with_is_stored_without_loss()
    {
        for (var seed = 0; seed < Walks.Count; seed++)
        {
            var alert = new Walk(seed).Alert;
            var text = System.Text.Json.JsonSerializer.Serialize(alert, DispatchJson.Options);
            Assert.Null(Shape.Difference(alert, System.Text.Json.JsonSerializer.Deserialize<Alert>(text, DispatchJson.Options), $"seed {seed}"));
        }
    }

    private static SurvivorView View(Step step) => SurvivorViews.Of(step.After, step.Told, step.Now);

    private static DateTimeOffset Latest(Step s) => s.Now > s.After.LastNow ? s.Now : s.After.LastNow;

    private static string Text(Step step) => System.Text.Json.JsonSerializer.Serialize(View(step), DispatchJson.Options);

    /// <summary>How many count towards the quorum: where somebody makes an unverified journey, only those who make it.</summary>
    private static int Enough(Alert alert, NeedState need)
    {
        var counted = alert.Offers.Where(o => o.Need == need.Need && o.Counts).ToArray();
        var journeys = counted.Count(o => o.Assignment!.Mode is Mode.ComesToHer or Mode.Escorts);
        return alert.Verification is Verification.None && journeys > 0 ? journeys : counted.Length;
    }

    private static bool Differ(Alert before, Alert after, string responder) =>
        Shape.Difference(Known(before, responder), Known(after, responder), "told") is not null;

    private static ToldOffer[] Known(Alert alert, string responder) =>
        [.. Telling.To(alert, responder).Offers.Select(o => o with { ProgressDueAt = null, CheckInDueAt = null, Assignment = o.Assignment is { } a ? a with { ProgressAt = default } : null })];
}
