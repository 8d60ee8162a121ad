using System.Collections.Immutable;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>What is added to an open alert. Additions append; nothing that whoever holds the phone sends can rewrite what is there.</summary>
public sealed record AddToAlert
{
    public ImmutableArray<Need> Needs { get; init; } = [];
    public Sealed<Place>? Place { get; init; }
    public Sealed<Party>? Party { get; init; }

    /// <summary>The party once more, as numbers, or the one that is known where a bed is asked for only now.</summary>
    public Guests? Guests { get; init; }

    /// <summary>The same, sealed, where a call-taker says it: it is kept when the search is over, and the clear one is not.</summary>
    public Sealed<Guests>? Said { get; init; }
    public Sealed<string>? Note { get; init; }
    public Exclusions? Exclusions { get; init; }
    public Consent? Consent { get; init; }

    /// <summary>She no longer agrees. What a human decided in her place stands.</summary>
    public bool WithdrawConsent { get; init; }

    /// <summary>Which of the recorded bases a call-taker takes back: hers, as she says on the line, or what a human decided.</summary>
    public int? TakesBack { get; init; }

    /// <summary>Only women from here on. The phone can ask for it and not take it back.</summary>
    public bool WomenOnly { get; init; }

    /// <summary>How she may be reached, when she has just said so: from her phone, or to a call-taker.</summary>
    public Reach? Reach { get; init; }

    /// <summary>What she wants when the line drops while she talks: said with how she may be reached, to a call-taker.</summary>
    public IfDropped? IfDropped { get; init; }

    /// <summary>
    /// It came with the duress PIN: nothing of it is kept, her screen sees a success, and a supervisor is called. The alert goes on.
    /// </summary>
    public bool UnderDuress { get; init; }

    /// <summary>"Not the one who accepted": she knows nobody's name, only for which need somebody said yes.</summary>
    public Need? NotWhoAccepted { get; init; }

    /// <summary>What staff found out by voice or in person. Never lowered, never from the phone.</summary>
    public Verification? Verification { get; init; }

    /// <summary>The PIN was right, a call-taker acts, or no PIN exists and the alert is still fresh (see <see cref="Adding.FreshFor"/>).</summary>
    public bool Authorised { get; init; }

    /// <summary>It came by another way, and was taken as being about the same: the line sees that two were made one.</summary>
    public IntakeChannel? Joins { get; init; }

    /// <summary>What a call-taker took down about the alert as a whole.</summary>
    public TakenDown? Down { get; init; }

    /// <summary>A human says that what came from a number is not about this alert.</summary>
    public bool Parts { get; init; }

    /// <summary>"survivor", or the account of the call-taker.</summary>
    public required string By { get; init; }

    /// <summary>Keyed MACs of the idempotency key and of the body, where a key came with it.</summary>
    public string? KeyMac { get; init; }
    public string? BodyMac { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool TouchesProtected => Exclusions is not null || Consent is not null || WithdrawConsent || TakesBack is not null || NotWhoAccepted is not null || WomenOnly;
}

public static class Adding
{
    /// <summary>For the phone, and again for staff: whoever holds the phone cannot use up what a call-taker needs.</summary>
    public const int MaxNotes = 20;
    public const int MaxExclusions = 40;

    /// <summary>A page sends one after the other; more than the last few are never repeated.</summary>
    public const int MaxKeyed = 16;

    /// <summary>Given and withdrawn as often as anybody changes her mind; withdrawing needs no room.</summary>
    public const int MaxConsents = 40;

    /// <summary>
    /// Where no PIN was ever set, safe contact, consents and exclusions may be given without one for this long after the raise, in the page
    /// that still holds the token; later only a call-taker may. It lets her press first and choose after.
    /// </summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    public static Decision Add(Alert alert, AddToAlert addition, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(addition);
        // Whoever holds a silenced phone is answered as after a real cancel; staff go on.
        if ((alert.Stage is Stage.Ended && !ClosesAlarm(alert, addition)) || (alert.DeviceSilenced && addition.By == Consent.Survivor)) return Decision.No(Refusal.Ended);
        if (Repeated(alert, addition.KeyMac) is { } before) return before.BodyMac == addition.BodyMac ? new Decision.Unchanged(alert) : Decision.No(Refusal.KeyReused);
        if (addition.UnderDuress)
        {
            // One open call for a supervisor is enough: repeated, it would push the officer and the backup out of reach.
            var called = alert.Ring is { Reason: RingReason.Duress } && !alert.Covered ? alert : alert.RingFor(RingReason.Duress, now);
            return (called with { DuressSaidAt = alert.DuressSaidAt ?? now }).Remember(addition).Changed(now, Note(HistoryKind.DuressSaid, now, who: addition.By));
        }

        if (addition.TouchesProtected && !addition.Authorised) return Decision.No(Refusal.PinRequired);
        var events = ImmutableArray.CreateBuilder<HistoryEvent>();
        var down = alert.TakeDown(addition, now, events);
        // What a child answers before she knows where confidence ends is not written down.
        if (addition is { Note: not null, By: not Consent.Survivor } && down.LimitsToSay) return Decision.No(Refusal.LimitsNotSaid);
        if (addition.Note is not null && alert.Notes.Count(n => n.By == Consent.Survivor == (addition.By == Consent.Survivor)) >= MaxNotes) return Decision.No(Refusal.TooMany);
        if (addition.Exclusions is { } more && TooMany(Union(alert.Exclusions, more))) return Decision.No(Refusal.TooMany);
        if (addition.Consent is not null && alert.Consents.Length >= MaxConsents) return Decision.No(Refusal.TooMany);
        if (addition.Place is not null && alert.LaterPlaces.Length >= MaxNotes) return Decision.No(Refusal.TooMany);
        if (addition.Party is not null && alert.LaterParties.Length >= MaxNotes) return Decision.No(Refusal.TooMany);
        if (Fault(alert, addition) is { } fault) return Decision.No(fault);

        var byStaff = addition.By != Consent.Survivor;
        var next = down with
        {
            Reach = addition.Reach ?? alert.Reach,
            ReachAt = addition.Reach is not null || addition.IfDropped is not null ? now : alert.ReachAt,
            IfDropped = byStaff ? addition.IfDropped ?? alert.IfDropped : alert.IfDropped,
            ContactAnew = alert.ContactAnew || (byStaff && alert.DeviceSilenced && addition.Reach is not null),
            Place = alert.Place ?? addition.Place,
            LaterPlaces = alert.Place is not null && addition.Place is { } place ? alert.LaterPlaces.Add(new Later<Place>(now, addition.By, place)) : alert.LaterPlaces,
            Party = alert.Party ?? addition.Party,
            LaterParties = alert.Party is not null && addition.Party is { } party ? alert.LaterParties.Add(new Later<Party>(now, addition.By, party)) : alert.LaterParties,
            Notes = addition.Note is { } note ? alert.Notes.Add(new SealedNote(now, addition.By, note)) : alert.Notes,
        };
        if (addition.Joins is { } way) events.Add(Note(HistoryKind.Joined, now, who: addition.By, detail: EnumWords.Of(way)));
        if (addition.Parts) events.Add(Note(HistoryKind.Parted, now, who: addition.By));
        if (addition is { Note: not null, By: not Consent.Survivor }) events.Add(Note(HistoryKind.NoteAdded, now, who: addition.By));
        if (addition.Place is not null || addition.Party is not null || addition is { Note: not null, By: Consent.Survivor } || (!byStaff && next.Reach != alert.Reach)) events.Add(Note(HistoryKind.Addition, now, who: addition.By));
        // The number itself lies elsewhere: whoever has the old one open is told, although the channel may be the same.
        if (byStaff && (addition.Reach is not null || addition.IfDropped is not null)) events.Add(Note(HistoryKind.Addition, now, who: addition.By, detail: "safeContact"));
        if (addition is { Verification: { } verified, By: not Consent.Survivor } && verified > alert.Verification)
        {
            next = next with { Verification = verified };
            events.Add(Note(HistoryKind.Addition, now, who: addition.By, detail: EnumWords.Of(verified)));
        }

        next = next.ForWhom(alert, addition, now, events);
        next = GiveConsent(next, addition, now, events);
        next = OpenNeeds(next, addition, now, events);
        next = RingForWhatIsNew(alert, next, now);
        next = ExcludeMore(next, addition, now, events);
        if (events.Count == 0) return new Decision.Unchanged(alert);
        // That it was said once more, and nothing new in it, is for the line alone.
        var onlyAgain = addition.Joins is not null && events.Count == 1;
        var onIt = onlyAgain ? [] : next.Offers.Where(o => o.Assignment is { Active: true }).Select(o => Pending.Responder(o.Responder));
        return next.Remember(addition).Tell(onIt).Changed(now, events.ToArray());
    }

    /// <summary>What came with this key before, or null.</summary>
    public static KeyedAddition? Repeated(Alert alert, string? keyMac)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return keyMac is null ? null : alert.Keyed.FirstOrDefault(k => k.KeyMac == keyMac);
    }

    /// <summary>What rings beside an ended alert is still closed by somebody, with words: whether she who called for help is well.</summary>
    private static bool ClosesAlarm(Alert alert, AddToAlert addition) =>
        !alert.Alarms.IsEmpty
        && addition is { Note: not null, By: not Consent.Survivor, TouchesProtected: false, UnderDuress: false, Needs.IsEmpty: true, Place: null, Party: null, Reach: null, Verification: null, Down: null };

    private static Alert Remember(this Alert alert, AddToAlert addition) => alert.Remember(addition.KeyMac, addition.BodyMac);

    /// <summary>So that the same act sent again after a lost answer happens once.</summary>
    internal static Alert Remember(this Alert alert, string? keyMac, string? bodyMac) =>
        (keyMac, bodyMac) is ({ } key, { } body)
            ? alert with { Keyed = [.. alert.Keyed.TakeLast(MaxKeyed - 1), new KeyedAddition(key, body, alert.Version + 1)] }
            : alert;

    internal static bool TooMany(Exclusions exclusions) =>
        exclusions.Responders.Length + exclusions.Organisations.Length > MaxExclusions || exclusions.InHerWords.Length > MaxNotes;

    /// <summary>Anything but her own consent is a human's act: allowed by the country's protocol, with a reason, and never from the phone.</summary>
    private static Refusal? Fault(Alert alert, AddToAlert addition)
    {
        if (addition.TakesBack is { } no)
        {
            if (addition.By == Consent.Survivor) return Refusal.NotAllowedHere;
            if (no < 0 || no >= alert.Consents.Length) return Refusal.NotFound;
        }

        if (addition.Consent is not { Basis: not DisclosureBasis.Consent } act) return null;
        if (addition.By == Consent.Survivor || alert.Rules?.HumanBases.Contains(act.Basis) is not true) return Refusal.NotAllowedHere;
        return string.IsNullOrWhiteSpace(act.Reason) ? Refusal.ReasonRequired : null;
    }

    private static Alert GiveConsent(Alert alert, AddToAlert addition, DateTimeOffset now, ImmutableArray<HistoryEvent>.Builder events)
    {
        if (addition.Consent is { } consent && !alert.Consents.Any(c => c.WithdrawnAt is null && c.Basis == consent.Basis))
        {
            alert = alert with { Consents = alert.Consents.Add(consent) };
            events.Add(Note(HistoryKind.Consent, now, who: consent.By, detail: EnumWords.Of(consent.Basis)));
            foreach (var closed in alert.Needs.Where(n => n is { Need: Need.Police, Stage: NeedStage.Closed }))
            {
                alert = alert.With(closed with { Stage = NeedStage.Asking, OpenedAt = now });
            }
        }

        if (addition.WithdrawConsent) alert = alert.TakeBack(c => c.Basis is DisclosureBasis.Consent, addition.By, now, events);
        return addition.TakesBack is { } no ? alert.TakeBack(c => ReferenceEquals(c, alert.Consents[no]), addition.By, now, events) : alert;
    }

    /// <summary>Whoever was told on a ground that no longer holds loses access in the same decision.</summary>
    internal static Alert TakeBack(this Alert alert, Func<Consent, bool> which, string by, DateTimeOffset now, ImmutableArray<HistoryEvent>.Builder events)
    {
        bool Holds(Consent c) => c.WithdrawnAt is null && which(c);
        if (!alert.Consents.Any(Holds)) return alert;
        alert = alert with { Consents = [.. alert.Consents.Select(c => Holds(c) ? c with { WithdrawnAt = now } : c)] };
        events.Add(Note(HistoryKind.ConsentWithdrawn, now, who: by));
        if (Disclosure.HasBasis(alert)) return alert;
        alert = alert.Needs.Where(n => n.Need is Need.Police).Aggregate(alert, (a, n) => a.With(n with { Stage = NeedStage.Closed }));
        return alert.Drop(o => o.Organisation.NeedsBasis, WithdrawnFor.ConsentWithdrawn, now, events)
            .Drop(o => o.Need is Need.Police, WithdrawnFor.NeedClosed, now, events)
            .ClearRingWhenFilled();
    }

    private static Alert OpenNeeds(Alert alert, AddToAlert addition, DateTimeOffset now, ImmutableArray<HistoryEvent>.Builder events)
    {
        foreach (var need in addition.Needs.Distinct().Where(n => alert.Needs.All(s => s.Need != n) && !alert.Wished.Contains(n)))
        {
            // Before the protocol is bound, the wish alone is noted; it is opened with the others.
            alert = alert.Rules is null
                ? alert with { Wished = alert.Wished.Add(need) }
                : alert with { Needs = alert.Needs.Add(Asking.NewNeed(alert, need, now)) };
            events.Add(Note(HistoryKind.NeedOpened, now, need, who: addition.By));
        }

        return alert;
    }

    /// <summary>A human who took it earlier has not seen a need that opened since: people are asked for it, and the console rings anew if they stay silent.</summary>
    private static Alert RingForWhatIsNew(Alert before, Alert alert, DateTimeOffset now)
    {
        var opened = alert.Needs.Any(n => n.Stage is NeedStage.Asking && before.Needs.FirstOrDefault(b => b.Need == n.Need)?.Stage is null or NeedStage.Closed);
        return opened && (alert.Ring is null || alert.Covered) && !alert.StandingOff && !alert.Late
            ? alert.RingFor(RingReason.NewAlert, now.AddSeconds(alert.Rules!.HumanAfterSeconds))
            : alert;
    }

    private static Alert ExcludeMore(Alert alert, AddToAlert addition, DateTimeOffset now, ImmutableArray<HistoryEvent>.Builder events)
    {
        if (addition.WomenOnly && !alert.WomenOnly)
        {
            alert = alert with { WomenOnly = true };
            events.Add(Note(HistoryKind.Addition, now, who: addition.By, detail: "womenOnly"));
            alert = alert.Drop(o => !o.Woman, WithdrawnFor.Excluded, now, events);
        }

        var known = addition.NotWhoAccepted is { } need ? alert.Offers.Where(o => o.Need == need && o.Counts).Select(o => o.Responder) : [];
        var unwanted = new Exclusions { Responders = [.. known] };
        if (addition.Exclusions is null && unwanted.Responders.IsEmpty) return alert;
        var more = Union(addition.Exclusions ?? new Exclusions(), unwanted);
        alert = alert with
        {
            Exclusions = Union(alert.Exclusions, more),
        };
        events.Add(Note(HistoryKind.Addition, now, who: addition.By, detail: "exclusions"));
        var excluded = alert;
        return alert.Drop(o => Matching.Excludes(excluded, o.Responder, o.Organisation.Id), WithdrawnFor.Excluded, now, events);
    }

    private static Exclusions Union(Exclusions known, Exclusions more) => new()
    {
        Responders = [.. known.Responders.Union(more.Responders)],
        Organisations = [.. known.Organisations.Union(more.Organisations)],
        InHerWords = [.. known.InHerWords.Union(more.InHerWords)],
    };
}
