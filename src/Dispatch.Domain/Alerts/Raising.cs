using System.Collections.Immutable;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>The first press. Nothing in it is mandatory but the channel and the time, and those the host supplies.</summary>
public sealed record RaiseAlert
{
    public required string Id { get; init; }
    public required string Tenant { get; init; }
    public required string Organisation { get; init; }
    public required string Area { get; init; }
    public required string Line { get; init; }
    public required string KeyMac { get; init; }
    public required string BodyMac { get; init; }
    public required string WrappedKey { get; init; }
    public DateTimeOffset? ComposedAt { get; init; }
    public ImmutableArray<Need> Needs { get; init; } = [];
    public ImmutableArray<Mode> Modes { get; init; } = [];
    public Consent? PoliceConsent { get; init; }
    public AgeBand? AgeBand { get; init; }
    public string Language { get; init; } = "fr";
    public bool WomenOnly { get; init; }
    public Reach Reach { get; init; } = Reach.Unknown;

    /// <summary>What she wants when the line drops while she talks.</summary>
    public IfDropped? IfDropped { get; init; }
    public Verification Verification { get; init; } = Verification.None;
    public Exclusions Exclusions { get; init; } = new();
    public Sealed<Relay>? Relay { get; init; }
    public ImmutableArray<string> RelayOrganisations { get; init; } = [];

    /// <summary>How she agreed that people are told what she needs, as a call-taker or a relay took it down.</summary>
    public Agreement? Agreed { get; init; }
    public Sealed<Place>? Place { get; init; }
    public Sealed<Party>? Party { get; init; }

    /// <summary>The party once more, as numbers: what a house has to know (see <see cref="BedSearch.Guests"/>).</summary>
    public Guests? Guests { get; init; }
    public Sealed<string>? Note { get; init; }
    public bool Exercise { get; init; }

    /// <summary>Whether staff opened a drill window in this area; without one an exercise is refused, so that it cannot bury a real alert.</summary>
    public bool DrillWindowOpen { get; init; }

    /// <summary>Null in what was raised before this was kept, and where nobody said.</summary>
    public IntakeChannel? Channel { get; init; }

    /// <summary>The call-taker who raised it while talking to her, if one did.</summary>
    public string? By { get; init; }

    /// <summary>Which text about the limits of confidence the call-taker had read to a child before she wrote anything down.</summary>
    public string? LimitsWording { get; init; }
}

public static class Raising
{
    /// <summary>Older on arrival than this: humans only (design §4, late alerts).</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(10);

    /// <summary>Older than this the phone drops it and says so.</summary>
    public static readonly TimeSpan TooOldAfter = TimeSpan.FromHours(12);

    /// <summary>Until the protocol is known the console rings after this; a protocol may say sooner or later.</summary>
    public static readonly TimeSpan HumanAfter = TimeSpan.FromSeconds(60);

    /// <summary>Several organisations may go by one name; more than that is no name.</summary>
    private const int MaxRelayOrganisations = 8;

    public static Decision Raise(Alert? existing, RaiseAlert command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (existing is not null) return Repeat(existing, command);
        if (command.PoliceConsent is { Basis: not DisclosureBasis.Consent }) return Decision.No(Refusal.ConsentMissing);
        if (Relaying.Fault(command) is { } fault) return Decision.No(fault);
        if (command.Exercise && !command.DrillWindowOpen) return Decision.No(Refusal.ExerciseOutsideWindow);
        var age = command.ComposedAt is { } composed ? now - composed : TimeSpan.Zero;
        if (age > TooOldAfter) return Decision.No(Refusal.TooOld);
        // The same as for a later note (see Adding): without the words the alert is raised at once.
        var child = command.AgeBand is not (null or AgeBand.Adult);
        var limits = child && command is { By: { } taker, LimitsWording: { } wording } ? new LimitsSaid(taker, now, wording) : null;
        if (child && command is { By: not null, Note: not null } && limits is null) return Decision.No(Refusal.LimitsNotSaid);

        var late = age > LateAfter;
        var reason = late ? RingReason.Late : RingReason.NewAlert;
        var alert = new Alert
        {
            Id = command.Id,
            Tenant = command.Tenant,
            Organisation = command.Organisation,
            Area = command.Area,
            Line = command.Line,
            RaisedAt = now,
            ComposedAt = command.ComposedAt,
            Late = late,
            Exercise = command.Exercise,
            Verification = command.Verification,
            Language = command.Language,
            AgeBand = command.AgeBand,
            LimitsSaid = limits,
            WomenOnly = command.WomenOnly,
            Reach = command.Reach,
            IfDropped = command.IfDropped,
            WishedModes = [.. command.Modes.Distinct()],
            Wished = [.. command.Needs.Distinct()],
            Chose = !command.Needs.IsEmpty,
            KeyMac = command.KeyMac,
            BodyMac = command.BodyMac,
            WrappedKey = command.WrappedKey,
            Channel = command.Channel,
            Relay = command.Relay,
            RelayOrganisations = [.. command.RelayOrganisations.Take(MaxRelayOrganisations)],
            Agreed = command.Agreed,
            Place = command.Place,
            Party = command.Party,
            Beds = command.Guests is { MakeSense: true } guests ? new BedSearch { Guests = guests } : null,
            Notes = command.Note is { } note ? [new SealedNote(now, command.By ?? Consent.Survivor, note)] : [],
            Consents = command.PoliceConsent is { } consent ? [consent] : [],
            // Too long a list must not cost her the alert; what she said in words is kept whole for a human.
            Exclusions = command.Exclusions with
            {
                Responders = [.. command.Exclusions.Responders.Take(Adding.MaxExclusions / 2)],
                Organisations = [.. command.Exclusions.Organisations.Take(Adding.MaxExclusions / 2)],
            },
            Ring = new Ring(Ringing.ItemId(command.Id, reason, 1), reason, late ? now : now + HumanAfter),
            Rings = 1,
        };
        // Beside the alert's own item: who speaks with the desk has not thereby found her a nurse, and a nurse's yes does not leave the desk waiting.
        if (command is { Agreed: not null, By: Relaying.By }) alert = alert.Sound(RingReason.HandOver, now);
        return alert.Tell(Pending.Queue).Changed(
            now,
            [
                Note(HistoryKind.Raised, now, who: command.By),
                .. late ? [Note(HistoryKind.Late, now)] : Array.Empty<HistoryEvent>(),
                .. limits is null ? [] : new[] { Note(HistoryKind.LimitsSaid, now, who: limits.By) },
            ]);
    }

    private static Decision Repeat(Alert existing, RaiseAlert command)
    {
        if (existing.KeyMac != command.KeyMac) return Decision.No(Refusal.IdTaken);
        return existing.BodyMac == command.BodyMac ? new Decision.Unchanged(existing) : Decision.No(Refusal.KeyReused);
    }
}
