using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Survivors;

namespace Dispatch.Domain.Alerts;

/// <summary>
/// Everything that was decided about one alert: what was asked for, what she allowed, who was asked and who accepted. One row, replaced
/// on every decision and never mutated. Delivery facts and history are rows of their own; PINs and safe contact belong to her session.
/// </summary>
public sealed record Alert
{
    public const int CurrentSchema = 1;

    /// <summary>Bound on the people one alert asks, over all needs and steps; the row stays small and the line has long rung by then.</summary>
    public const int MaxOffers = 1_000;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required string Id { get; init; }
    public required string Tenant { get; init; }

    /// <summary>The organisation that is the data controller of this alert.</summary>
    public required string Organisation { get; init; }

    /// <summary>The service area that is asked first.</summary>
    public required string Area { get; init; }

    /// <summary>The hotline that answers for this alert.</summary>
    public required string Line { get; init; }

    /// <summary>When the server received it. Every wait counts from here, whatever the phone's clock says.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    public DateTimeOffset? ComposedAt { get; init; }

    /// <summary>Arrived so late that anything sent to her or near her could do harm: humans only.</summary>
    public bool Late { get; init; }

    public bool Exercise { get; init; }
    public Verification Verification { get; init; } = Verification.None;
    public string Language { get; init; } = "fr";
    public AgeBand? AgeBand { get; init; }

    /// <summary>Who told a child where confidence ends, before any question; null until somebody did.</summary>
    public LimitsSaid? LimitsSaid { get; init; }

    /// <summary>Who decided that a child's guardians may be told; null: they must not.</summary>
    public GuardiansDecision? Guardians { get; init; }
    public bool WomenOnly { get; init; }
    public Reach Reach { get; init; } = Reach.Unknown;

    /// <summary>What she wants when the line drops while she talks, as she said it to a call-taker.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IfDropped? IfDropped { get; init; }

    /// <summary>When one of the two was last said; null where it was with the raise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ReachAt { get; init; }

    /// <summary>Modes she chose herself; empty means no choice.</summary>
    public ImmutableArray<Mode> WishedModes { get; init; } = [];

    /// <summary>What she asked for at the press or before the protocol was known.</summary>
    public ImmutableArray<Need> Wished { get; init; } = [];

    /// <summary>She chose at the press; otherwise the protocol's default needs are opened too.</summary>
    public bool Chose { get; init; }

    /// <summary>Keyed MACs of the idempotency key and of the body, so that a repeat is recognised and nothing is stored in clear.</summary>
    public required string KeyMac { get; init; }
    public required string BodyMac { get; init; }

    /// <summary>The alert's own data key, wrapped by the master key. Destroying it makes every sealed field unreadable.</summary>
    public required string WrappedKey { get; init; }

    /// <summary>By which way it came, where that was said: for the line alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IntakeChannel? Channel { get; init; }

    /// <summary>Who brought it for her: for the line alone. In a small place it would say who she is, or who helps her.</summary>
    public Sealed<Relay>? Relay { get; init; }

    /// <summary>Keyed fingerprints of the organisations that go by the name of who brought it: whoever declared a conflict with one of them is not asked.</summary>
    public ImmutableArray<string> RelayOrganisations { get; init; } = [];

    /// <summary>What the relay or the call-taker who raised it took down; null where nobody raised in her place.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Agreement? Agreed { get; init; }

    public Sealed<Place>? Place { get; init; }
    public Sealed<Party>? Party { get; init; }

    /// <summary>
    /// What was sent later from the phone. It stands beside the first and never in its place: whoever holds the phone now could send
    /// those who come to her somewhere else.
    /// </summary>
    public ImmutableArray<Later<Place>> LaterPlaces { get; init; } = [];
    public ImmutableArray<Later<Party>> LaterParties { get; init; } = [];
    public ImmutableArray<SealedNote> Notes { get; init; } = [];

    /// <summary>The last additions that came with a key, so that a repeat after a lost answer adds nothing.</summary>
    public ImmutableArray<KeyedAddition> Keyed { get; init; } = [];

    public ImmutableArray<Consent> Consents { get; init; } = [];
    public Exclusions Exclusions { get; init; } = new();

    /// <summary>The rules of the protocol version this alert started with; null until the first look at the service area.</summary>
    public Rules? Rules { get; init; }

    public ImmutableArray<NeedState> Needs { get; init; } = [];
    public ImmutableArray<Offer> Offers { get; init; } = [];

    /// <summary>Which houses were asked for a bed, and what they said; null while none is wanted of anybody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BedSearch? Beds { get; init; }

    /// <summary>Places where she could be met, oldest first; null while nobody proposed one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<MeetingPoint>? MeetingPoints { get; init; }

    public Stage Stage { get; init; } = Stage.Open;
    public Ending? Ending { get; init; }

    /// <summary>Cancelled with a wrong or duress PIN: her device is told nothing more and a named supervisor decides.</summary>
    public DateTimeOffset? DuressAt { get; init; }

    /// <summary>What a named supervisor decided about it.</summary>
    public DuressDecision? DuressDecided { get; init; }

    /// <summary>An addition came with the duress PIN. Her screen shows a success, and goes on showing what a success would.</summary>
    public DateTimeOffset? DuressSaidAt { get; init; }

    /// <summary>The hotline knows that the phone is in the wrong hands. From here on it shows what a cancelled alert shows.</summary>
    public DateTimeOffset? PhoneUnsafeAt { get; init; }

    /// <summary>A call-taker took down how she may be reached after her phone was silenced: that contact is not the phone's, and is given out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ContactAnew { get; init; }

    /// <summary>The open item in the line's queue; null when nobody needs to take it.</summary>
    public Ring? Ring { get; init; }
    public int Rings { get; init; }
    public Taker? Taken { get; init; }

    /// <summary>What needs a human beside the item above, and goes on doing so after the end.</summary>
    public ImmutableArray<Alarm> Alarms { get; init; } = [];
    public int AlarmsEver { get; init; }

    public ImmutableArray<Pending> Outbox { get; init; } = [];

    /// <summary>Which activation may send what the outbox owes, and until when. Another one waits for it to run out.</summary>
    public Lease? Lease { get; init; }

    /// <summary>History not yet known to be in its own rows.</summary>
    public ImmutableArray<HistoryEvent> Trail { get; init; } = [];

    public long Version { get; init; }

    /// <summary>The latest time any decision was made at. A clock that reads earlier is wrong, and then everything pending is due.</summary>
    public DateTimeOffset LastNow { get; init; }

    /// <summary>Perhaps under duress, and no supervisor has said that help goes on: everybody keeps away.</summary>
    [JsonIgnore]
    public bool StandingOff => DuressAt is not null && DuressDecided is not { Choice: DuressChoice.GoOn };

    /// <summary>A human has taken what rings now, or nothing rings any more since one did.</summary>
    [JsonIgnore]
    public bool Covered => Taken is { } taken && (Ring is null || Ring.ItemId == taken.ItemId);

    /// <summary>Nobody is asked any more by machine: it is ended, under duress, too late, or a human has it.</summary>
    [JsonIgnore]
    public bool AskingStopped => MachinesStopped || (Covered && !Needs.Any(n => n.Widened));

    /// <summary>Whoever has it: nothing more is sent.</summary>
    [JsonIgnore]
    public bool MachinesStopped => Stage is Stage.Ended || StandingOff || Late;

    /// <summary>Nobody is asked for this need any more by machine.</summary>
    public bool AskingStoppedFor(NeedState need)
    {
        ArgumentNullException.ThrowIfNull(need);
        return MachinesStopped || (Covered && !need.Widened);
    }

    /// <summary>Ended, no human owes anything and no house has to give back a bed: nobody has to look at it again.</summary>
    [JsonIgnore]
    public bool Over => Stage is Stage.Ended && Alarms.IsEmpty && Beds is not { Owes: true } && Disclosure.NextReviewAt(this) is null;

    /// <summary>Whoever holds her phone is shown that it is over, whatever is true, and changes nothing any more.</summary>
    [JsonIgnore]
    public bool DeviceSilenced => DuressAt is not null || PhoneUnsafeAt is not null;

    [JsonIgnore]
    public bool Child => AgeBand is not (null or Alerts.AgeBand.Adult);

    /// <summary>Of a child, and nobody recorded a decision that says otherwise.</summary>
    [JsonIgnore]
    public bool GuardiansMustNotBeTold => Child && Guardians is null;

    /// <summary>Before any question the child is told where confidence ends, and nobody has noted that it was.</summary>
    [JsonIgnore]
    public bool LimitsToSay => Child && LimitsSaid is null;

    public Offer? OfferNo(int no) => no >= 0 && no < Offers.Length ? Offers[no] : null;
}

/// <summary>The item that rings in the line's queue from <paramref name="At"/> until a human takes it.</summary>
public sealed record Ring(string ItemId, RingReason Reason, DateTimeOffset At)
{
    /// <summary>Noted when the ringing began, once.</summary>
    public bool Begun { get; init; }
    public DateTimeOffset? DutyOfficerToldAt { get; init; }
    public DateTimeOffset? BackupToldAt { get; init; }
}

/// <summary>
/// One more item in the queue that is not about finding help: taking it does not take the alert, closing it does not end it, and neither a
/// filled need nor the end takes it away.
/// </summary>
/// <param name="Offer">Whom it is about, where it is about somebody on the way.</param>
public sealed record Alarm(Ring Ring, int? Offer = null)
{
    /// <summary>She called for help: only a human ends it, whatever she or her page says afterwards.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Panic { get; init; }

    public Taker? Taken { get; init; }
}

public sealed record Taker(string By, DateTimeOffset At, string ItemId);

public sealed record Lease(string By, DateTimeOffset Until);

public sealed record Ending(EndedHow How, DateTimeOffset At, string By);

/// <summary>Somebody who has to be told the state of this alert as of <paramref name="Version"/> or later. Telling is idempotent; the newest state goes.</summary>
public sealed record Pending(string To, long Version)
{
    public const string Queue = "queue";
    public const string DutyOfficer = "dutyOfficer";
    public const string Backup = "backup";
    public static string Responder(string id) => "r:" + id;
    [JsonIgnore]
    public string? ResponderId => To.StartsWith("r:", StringComparison.Ordinal) ? To[2..] : null;
}

/// <summary>Who must not know: people and organisations by id, and in her own words for a human to read.</summary>
public sealed record Exclusions
{
    public ImmutableArray<string> Responders { get; init; } = [];
    public ImmutableArray<string> Organisations { get; init; } = [];

    /// <summary>Appended, never replaced: whoever holds the phone later cannot erase what she said first.</summary>
    public ImmutableArray<Sealed<ImmutableArray<string>>> InHerWords { get; init; } = [];
}

/// <summary>A place as she gave it. Always sealed.</summary>
public sealed record Place(double? Latitude = null, double? Longitude = null, double? AccuracyMeters = null, string? Landmark = null);

/// <summary>A women's group, a clinic desk, a police desk, a focal point. Always sealed.</summary>
/// <param name="Number">Where the line rings it; for whoever took the item alone.</param>
/// <param name="Account">Where it raised by itself, signed in.</param>
public sealed record Relay(string? Name = null, string? Organisation = null, string? Number = null, string? Account = null);

/// <summary>Who comes with her. Always sealed.</summary>
/// <param name="Boys">The ages of those of the children who are boys; null where nobody said. Houses take boys up to an age.</param>
public sealed record Party(int? Adults = null, ImmutableArray<int> Children = default, bool? Pregnant = null, bool? Wheelchair = null, ImmutableArray<int>? Boys = null)
{
    public ImmutableArray<int> Children { get; init; } = Children.IsDefault ? [] : Children;
}

public sealed record Later<T>(DateTimeOffset At, string By, Sealed<T> What);

/// <summary>Keyed MACs, as of a raise.</summary>
/// <param name="Version">What it was answered with.</param>
public sealed record KeyedAddition(string KeyMac, string BodyMac, long Version);

public sealed record SealedNote(DateTimeOffset At, string By, Sealed<string> Text);
