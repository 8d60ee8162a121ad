using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;

namespace Dispatch.Domain.Alerts;

/// <summary>Where the alert stands with one house. The house's ledger decides about its beds; this is what was asked of it and what it is known to have said.</summary>
public enum BedState
{
    /// <summary>Written down, and asked for until the house answers.</summary>
    Requested = 1,

    /// <summary>The beds are held; the people of the house have not answered.</summary>
    Held = 2,
    Booked = 3,
    Occupied = 4,

    /// <summary>Given up, and said to the house until it has noted that.</summary>
    Releasing = 5,
    Over = 6,
}

public enum BedOver { Refused = 1, Declined = 2, Expired = 3, GivenUp = 4, NotCome = 5, Left = 6, Unknown = 7, PassedOver = 8 }

/// <summary>One house that was asked for beds. Its number within the alert never changes and is never reused: the hold's id is made of it.</summary>
public sealed record BedRequest
{
    public required int No { get; init; }
    public required string Shelter { get; init; }

    /// <summary>Whose house it is: whoever must not know of her, and whoever may no longer, gets its beds back.</summary>
    public required OrganisationFacts Organisation { get; init; }

    /// <summary>Who worked there when it was asked: should she shut one of them out, its beds go back; null where nobody is known to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Staff { get; init; }

    /// <summary>Part of the hold's identity: every repeat and the release say the same moment.</summary>
    public required DateTimeOffset AskedAt { get; init; }
    public BedState State { get; init; } = BedState.Requested;

    /// <summary>What is known of the way there; null where no hour is closed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WayThere? Way { get; init; }

    /// <summary>The account that asked; null for the machine.</summary>
    public string? By { get; init; }

    /// <summary>Keyed MACs of the command's key and body, so that a repeat asks for nothing more.</summary>
    public string? KeyMac { get; init; }
    public string? BodyMac { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? BookedAt { get; init; }
    public DateTimeOffset? ExpectedAt { get; init; }

    /// <summary>Booked, and not needed: the line was called to release it, once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Surplus { get; init; }

    /// <summary>Given up while it was asked or held, because she had a bed elsewhere or nobody looked for one: should that change, the house may be asked again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unneeded { get; init; }

    /// <summary>The person who gives it up; null for the machine, which may give up what is held and not what is booked.</summary>
    public string? ReleasedBy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NotCome { get; init; }
    public BedOver? Over { get; init; }

    /// <summary>Why the house's ledger said no.</summary>
    public BedRefusal? Refused { get; init; }

    /// <summary>Why a human who rang it goes on to the next one, or why its people said no.</summary>
    public PassedOver? PassedOver { get; init; }

    /// <summary>Its people said yes on the telephone, whatever its old figure says; part of every repeat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ByTelephone { get; init; }

    /// <summary>Asked, and its people may still say yes.</summary>
    [JsonIgnore]
    public bool Open => State is BedState.Requested or BedState.Held;

    /// <summary>The house's ledger said no, also where that has yet to be made sure of because an earlier try may still be on its way.</summary>
    [JsonIgnore]
    public bool SaidNo => Over is BedOver.Refused || this is { State: BedState.Releasing, Refused: not null };

    /// <summary>Given back because nobody needed it so, and not yet acknowledged: as soon as it is, the same house may be asked again, which is mostly the nearest.</summary>
    [JsonIgnore]
    public bool LettingGo => this is { State: BedState.Releasing, Unneeded: true, ReleasedBy: null };

    /// <summary>The house has to be told something, and has not acknowledged it.</summary>
    [JsonIgnore]
    public bool Owed => State is BedState.Requested or BedState.Releasing;

    /// <summary>It is over, and she may yet stand at its door.</summary>
    [JsonIgnore]
    public bool MayStillCome => Over is BedOver.Declined or BedOver.Expired or BedOver.GivenUp or BedOver.NotCome;

    /// <summary>She has a bed there, or had one and left it.</summary>
    [JsonIgnore]
    public bool Counts => State is BedState.Booked or BedState.Occupied || Over is BedOver.Left;
}

/// <summary>The search for a bed: which houses were asked, and what they said.</summary>
public sealed record BedSearch
{
    /// <summary>More houses than there are in any area; beyond it a human goes on by telephone.</summary>
    public const int MaxRequests = 20;

    /// <summary>
    /// For how many and for whom the beds are: numbers, ages and flags, never a name. They stand here unsealed, because a hold whose answer was lost is repeated by a
    /// machine that has no key; and only while a bed is searched. Once she has one they are gone: should it be lost, the line is rung, and who takes it has the party, which stays sealed.
    /// </summary>
    public Guests? Guests { get; init; }

    /// <summary>What a call-taker said of them when she asked for beds.</summary>
    public Sealed<Guests>? Said { get; init; }

    /// <summary>Machines ask the houses of its area.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Machine { get; init; }
    public ImmutableArray<BedRequest> Requests { get; init; } = [];

    /// <summary>What humans asked beside the houses, each place once; null where none was.</summary>
    public ImmutableArray<PlaceAsked>? Places { get; init; }

    /// <summary>What those on the way with her were told last.</summary>
    public BedNews? News { get; init; }

    /// <summary>Nothing was left that a machine could ask, and the line was called; null again once there is a bed.</summary>
    public DateTimeOffset? HumanAt { get; init; }

    /// <summary>A house has to be told something.</summary>
    [JsonIgnore]
    public bool Owes => Requests.Any(r => r.Owed);

    [JsonIgnore]
    public bool HasBed => Beside is not null || Requests.Any(r => r.Counts);

    /// <summary>The place beside the houses where she may sleep.</summary>
    [JsonIgnore]
    public PlaceAsked? Beside => Places?.FirstOrDefault(p => p.Hers);

    /// <summary>The bed that is hers: where she is, otherwise the house that said yes first, unless a place beside them did before it.</summary>
    [JsonIgnore]
    public BedRequest? Hers =>
        Requests.FirstOrDefault(r => r.State is BedState.Occupied)
        ?? Requests.Where(r => r.State is BedState.Booked && !(r.BookedAt > Beside?.AnsweredAt)).OrderBy(r => r.BookedAt).ThenBy(r => r.No).FirstOrDefault();

    /// <summary>Since when somebody has said yes, a house or a place beside them; null while nobody has.</summary>
    [JsonIgnore]
    public DateTimeOffset? YesSince => Hers is { } bed ? bed.BookedAt : Beside?.AnsweredAt;

    /// <summary>She has been there.</summary>
    [JsonIgnore]
    public bool Arrived => Requests.Any(r => r.State is BedState.Occupied || r.Over is BedOver.Left) || Beside is { State: PlaceState.Arrived };

    public BedRequest? Find(int no) => no >= 0 && no < Requests.Length ? Requests[no] : null;

    public PlaceAsked? PlaceOf(string place) => Places?.FirstOrDefault(p => p.Place == place);

    public BedSearch With(PlaceAsked asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return this with { Places = PlaceOf(asked.Place) is { } before ? Places!.Value.Replace(before, asked) : [.. Places ?? [], asked] };
    }

    public BedSearch With(BedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return this with { Requests = request.No == Requests.Length ? Requests.Add(request) : Requests.SetItem(request.No, request) };
    }
}
