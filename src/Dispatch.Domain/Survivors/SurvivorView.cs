using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Survivors;

public enum SurvivorStatus { Received = 1, Asking = 2, NobodyYet = 3, Accepted = 4, WithHuman = 5, Ended = 6, Cancelled = 7 }

/// <summary>
/// What she reads: true, in general words, and nothing else. No name, no organisation, no count that was not confirmed by a phone.
/// </summary>
public sealed record SurvivorView
{
    public required string Id { get; init; }
    public required SurvivorStatus Status { get; init; }
    public long Version { get; init; }
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>People whose phone confirmed that it has the offer.</summary>
    public int ToldCount { get; init; }
    public ImmutableArray<SurvivorNeed> Needs { get; init; } = [];
    public bool HumanAnswered { get; init; }

    /// <summary>Somebody said she would call, and she gave no way to be reached.</summary>
    public bool NeedsContact { get; init; }

    /// <summary>Opens the places where she is met; null where there are none.</summary>
    public string? WrappedKey { get; init; }
}

/// <summary>Where she is, once a driver has her. Aboard: in the car. There: arrived.</summary>
public enum SurvivorLeg { Aboard = 1, There = 2 }

public sealed record SurvivorNeed(Need Need, NeedStage State, Mode? Mode = null, int? EtaMinutes = null, DateTimeOffset? EtaAt = null, DateTimeOffset? AcceptedAt = null)
{
    public SurvivorLeg? Leg { get; init; }

    /// <summary>Where she is met: what she agreed to, or else what she is asked.</summary>
    public SeenMeeting? Meeting { get; init; }
}

public static class SurvivorViews
{
    /// <summary>Nobody accepted by now: the page says so, and that we keep on.</summary>
    public static readonly TimeSpan NobodyYetAfter = TimeSpan.FromSeconds(30);

    /// <summary>Nothing comes after a cancel: the largest number that JavaScript reads exactly.</summary>
    public const long LastVersion = (1L << 53) - 1;

    /// <param name="toldCount">Distinct people with a delivery receipt; only ever grows, so the version does too.</param>
    public static SurvivorView Of(Alert alert, int toldCount, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        // What she once read stays true although the clock went back.
        now = now > alert.LastNow ? now : alert.LastNow;

        // The one exception to "she sees what is true": whoever holds the phone now sees what a real cancel shows, to the byte.
        if (alert.DeviceSilenced || alert.Ending is { How: EndedHow.Cancelled })
        {
            return new SurvivorView { Id = alert.Id, Status = SurvivorStatus.Cancelled, Version = LastVersion };
        }

        return new SurvivorView
        {
            Id = alert.Id,
            Status = StatusOf(alert, toldCount, now),
            // The last bit is time's: what she reads changes at "nobody yet" although nothing was decided.
            Version = (2 * (alert.Version + toldCount)) + (now - alert.RaisedAt >= NobodyYetAfter ? 1 : 0),
            ReceivedAt = alert.RaisedAt,
            ToldCount = toldCount,
            Needs = [.. alert.Needs.Select(n => NeedOf(alert, n) with { Meeting = MeetingFor(alert, n.Need) })],
            WrappedKey = alert.MeetingPoints is null ? null : alert.WrappedKey,
            HumanAnswered = alert.Taken is not null,
            NeedsContact = alert is { Reach: Reach.Unknown, DuressSaidAt: null } && alert.Offers.Any(o => o is { Counts: true, Assignment.Mode: Mode.CallsHer }),
        };
    }

    private static SurvivorStatus StatusOf(Alert alert, int toldCount, DateTimeOffset now)
    {
        if (alert.Stage is Stage.Ended) return SurvivorStatus.Ended;
        if (alert.Offers.Any(o => o.Counts) || alert.Beds?.YesSince is not null) return SurvivorStatus.Accepted;
        if (alert.Covered) return SurvivorStatus.WithHuman;
        if (now - alert.RaisedAt >= NobodyYetAfter) return SurvivorStatus.NobodyYet;
        return toldCount > 0 ? SurvivorStatus.Asking : SurvivorStatus.Received;
    }

    /// <summary>While something new is asked, what she agreed to stands; she sees the question.</summary>
    private static SeenMeeting? MeetingFor(Alert alert, Need need) =>
        alert.Stage is Stage.Open && (Meetings.Asked(alert, need) ?? Meetings.Agreed(alert, need)) is { } point ? Meetings.Seen(alert, point) : null;

    private static SurvivorLeg? LegOf(Need need, AssignmentState state) => (need, state) switch
    {
        (Need.Transport, AssignmentState.PickedUp) => SurvivorLeg.Aboard,
        (Need.Transport, AssignmentState.Arrived or AssignmentState.Done) => SurvivorLeg.There,
        _ => null,
    };

    private static SurvivorNeed NeedOf(Alert alert, NeedState need)
    {
        var accepted = alert.Offers.Where(o => o.Need == need.Need && o.Counts).OrderBy(o => o.Assignment!.AcceptedAt).FirstOrDefault();
        if (accepted?.Assignment is { } a) return new SurvivorNeed(need.Need, need.Stage, a.Mode, a.EtaMinutes, a.EtaAt, a.AcceptedAt) { Leg = LegOf(need.Need, a.State) };
        // A house that said yes has accepted as a person does. Unverified, nobody sets a meeting point.
        return need.Need is Need.Shelter && alert.Beds?.YesSince is { } since
            ? new SurvivorNeed(need.Need, need.Stage, alert.Verification is Verification.None ? Mode.ReceivesHer : Mode.MeetsAt, AcceptedAt: since)
            : new SurvivorNeed(need.Need, need.Stage);
    }
}
