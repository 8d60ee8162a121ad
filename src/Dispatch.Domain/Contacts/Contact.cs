using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Survivors;

namespace Dispatch.Domain.Contacts;

/// <summary>
/// One number on one line: what came from it, how it may be answered, and what a human owes it. It holds no number in the clear, and no need, name or place of whoever it belongs to:
/// those are the alert's.
/// </summary>
public sealed record Contact
{
    public const int CurrentSchema = 1;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required string Id { get; init; }
    public required string Tenant { get; init; }
    public required string Line { get; init; }
    public required string Area { get; init; }

    /// <summary>Hours are hers: local time.</summary>
    public int UtcOffsetMinutes { get; init; }

    /// <summary>Null where the network withheld it: then nobody can call back.</summary>
    public Sealed<string>? Number { get; init; }

    /// <summary>As she chose it; null until then.</summary>
    public string? Language { get; init; }

    /// <summary>What a human wrote down of how this number may be answered; null while nobody asked her.</summary>
    public ContactMark? Mark { get; init; }

    /// <summary>The newest of what came in and was done, oldest first.</summary>
    public ImmutableArray<ContactEvent> Events { get; init; } = [];

    /// <summary>Calls that are going on, or were lately.</summary>
    public ImmutableArray<ContactCall> Calls { get; init; } = [];

    /// <summary>What she wrote, newest last.</summary>
    public ImmutableArray<ContactText> Texts { get; init; } = [];

    /// <summary>How much more came than is kept, at least, since a human last closed what it rang for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int NotKept { get; init; }

    /// <summary>Where a conversation by keys or texts stands; only who leads it reads it.</summary>
    public string? Step { get; init; }
    public DateTimeOffset? StepAt { get; init; }

    /// <summary>What is to be rung back by machine, while it may.</summary>
    public CallBack? CallBack { get; init; }

    /// <summary>
    /// What needs a human, or has one. Of what nobody has taken there is one for each reason; each other one is there because somebody took it, and stays until she closes it or gives it back,
    /// or as many as <see cref="ContactRinging.MaxItems"/> are there.
    /// </summary>
    public ImmutableArray<ContactItem> Items { get; init; } = [];
    public int ItemsEver { get; init; }

    /// <summary>The alert that what comes from this number is about.</summary>
    public AlertTie? Tie { get; init; }

    /// <summary>What it was tied to before, newest last.</summary>
    public ImmutableArray<AlertTie> FormerTies { get; init; } = [];

    /// <summary>Who must not learn of this number, as the alerts that it is or was tied to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ShutOut? ShutOut { get; init; }

    /// <summary>The same of alerts that are no longer known here: it stands beside whatever those of now say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ShutOut? ShutOutBefore { get; init; }

    /// <summary>Alerts that still have to be raised, each with the event that asks for it.</summary>
    public ImmutableArray<OwedRaise> Raises { get; init; } = [];

    /// <summary>Who has still to be told or rung: see <see cref="ContactDebts"/>.</summary>
    public ImmutableArray<Pending> Outbox { get; init; } = [];

    /// <summary>What the line's figures have still to count.</summary>
    public ImmutableArray<ContactFigure> Trail { get; init; } = [];
    public long Version { get; init; }
    public DateTimeOffset LastNow { get; init; }

    [JsonIgnore]
    public TimeSpan LocalOffset => TimeSpan.FromMinutes(UtcOffsetMinutes);

    /// <summary>Nobody waits, and nobody is owed anything.</summary>
    [JsonIgnore]
    public bool Idle => Items.IsEmpty && Outbox.IsEmpty && Raises.IsEmpty && Trail.IsEmpty;

    public ContactItem? Item(string itemId) => Items.FirstOrDefault(i => i.Ring.ItemId == itemId);

    public ContactCall? Call(string call) => Calls.FirstOrDefault(c => c.Id == call);

    /// <summary>What rings for this reason and nobody has taken: there is never more than one.</summary>
    public ContactItem? Untaken(RingReason reason) => Items.FirstOrDefault(i => i.Ring.Reason == reason && i.Taken is null);
}

/// <summary>
/// What happened. CallBackAnswered: she picked up when the machine rang her. PutThrough: whoever has her call is being rung. Connected: that one picked up. NotConnected: did not. Noted: a human did something.
/// </summary>
public enum ContactEventKind
{
    CallArrived = 1,
    CallOver = 2,
    LanguageChosen = 3,
    CallBackAsked = 4,
    HelpAsked = 5,
    CallBackAnswered = 6,
    CallBackFailed = 7,
    TextArrived = 8,
    StepTaken = 9,
    CallMissed = 10,
    Tied = 11,
    Untied = 12,
    Merged = 13,
    Marked = 14,
    Taken = 15,
    HandedBack = 16,
    Closed = 17,
    CalledBack = 18,
    Connected = 19,
    PutThrough = 20,
    NotConnected = 21,
}

/// <param name="Id">A keyed fingerprint of the provider's own, the same in each repeat; for what was decided here, made of the version.</param>
/// <param name="What">An item, a call, an alert or a word of the platform; never anything that she said.</param>
/// <param name="By">The account, where a human did it.</param>
public sealed record ContactEvent(string Id, ContactEventKind Kind, DateTimeOffset At, string? What = null, string? By = null);

/// <summary>One call of hers, or to her.</summary>
/// <param name="Id">A keyed fingerprint of the provider's own.</param>
/// <param name="ToHer">The machine rang her back.</param>
public sealed record ContactCall(string Id, DateTimeOffset At, bool ToHer = false)
{
    public DateTimeOffset? OverAt { get; init; }

    /// <summary>When whoever has it was first rung for her.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? PutThroughAt { get; init; }

    /// <summary>Since when she speaks with a human, or since when that is known.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>She hangs up, and that is no missed call: she asked to be rung, or for help.</summary>
    public bool Settled { get; init; }
}

public sealed record ContactText(DateTimeOffset At, Sealed<string> Text);

/// <summary>How this number may be answered, as a human wrote it down after she said so. Whatever is not marked is not safe.</summary>
/// <param name="From">Local time, as 08:00; null: from the morning on.</param>
/// <param name="Until">Local time; null: until the night.</param>
public sealed record ContactMark(bool MayCall, bool MayText, string? From, string? Until, string By, DateTimeOffset At)
{
    /// <summary>Nothing goes there any more, whatever was said before.</summary>
    public bool Unsafe { get; init; }

    /// <summary>
    /// Unsafe only by an alert that names the number, from wherever that came. Nothing goes there all the same; but whoever typed it may have had no right to, so what the number asks for itself
    /// is asked of others as if nothing was known of it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Hearsay { get; init; }

    /// <summary>When a human last marked the number itself as not unsafe: what was silenced before that is hers again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? HersSince { get; init; }

    /// <summary>What she wants when the line drops while she talks; null where nobody asked her.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IfDropped? IfDropped { get; init; }

    /// <summary>Left of what was forgotten: what it forbade it forbids, and nothing is allowed by it any more. Who holds that phone by now nobody knows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Kept { get; init; }
}

/// <summary>A missed call that the machine may answer by ringing her, within the time in which she still holds the phone; or one that a human decided to answer so, later.</summary>
public sealed record CallBack(DateTimeOffset MissedAt)
{
    /// <summary>Who decided it; null for the machine alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }
    public int Tries { get; init; }
    public DateTimeOffset NextAt { get; init; }

    /// <summary>Until when a call of the machine counts as ringing.</summary>
    public DateTimeOffset? RingsUntil { get; init; }

    /// <summary>A code; set once the machine rings no more.</summary>
    public string? Over { get; init; }
}

/// <summary>One thing of the line's queue.</summary>
/// <param name="DueAt">By when a human should have it: its clock.</param>
public sealed record ContactItem(Ring Ring, DateTimeOffset DueAt)
{
    /// <summary>The call that it is about.</summary>
    public string? Call { get; init; }

    /// <summary>Who has it, and when the first human took it: passed on, it was answered all the same.</summary>
    public Taker? Taken { get; init; }

    /// <summary>A human had it before and gave it back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool GivenBack { get; init; }

    /// <summary>Somebody had taken it, and she hung up before anybody spoke with her: that is no answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HungUp { get; init; }
}

/// <summary>Made by what came from the number itself, or by staff; never by somebody who only says that the number is hers.</summary>
/// <param name="How">The event that tied it, or the word "staff".</param>
public sealed record AlertTie(string AlertId, DateTimeOffset At, string How)
{
    public string? By { get; init; }

    /// <summary>When something of this number was last taken as being about it.</summary>
    public DateTimeOffset LastAt { get; init; } = At;

    /// <summary>The durable alert is there: it was raised, or a human says so.</summary>
    public bool Raised { get; init; }

    /// <summary>How many later events were taken as being about it.</summary>
    public int Merged { get; init; }

    /// <summary>What the number asked for, sealed as it came: it goes along when a human says that it is about another alert.</summary>
    public ImmutableArray<RaiseAlert> Asked { get; init; } = [];
    public DateTimeOffset? UntiedAt { get; init; }
}

/// <param name="Command">Ready to be raised, sealed with a key of its own.</param>
/// <param name="Into">The alert it may be part of; it is raised by itself where that one is over.</param>
public sealed record OwedRaise(RaiseAlert Command, string? Into = null)
{
    /// <summary>It has an alert already, and is brought to another one as well: it is never raised for that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Carried { get; init; }

    /// <summary>Since when; null in what was owed before this was kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? At { get; init; }

    /// <summary>The same may be owed to several alerts.</summary>
    [JsonIgnore]
    public string Key => Into is null ? Command.Id : $"{Command.Id}>{Into}";
}
