using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Domain.Protocols;

/// <summary>
/// A tenant's protocols: for each area, and for all the others together, at most one is in force. An open alert carries its own copy of the rules that it
/// started with, so retired ones are only for reading back.
/// </summary>
public sealed record ProtocolBook
{
    public const int CurrentSchema = 2;

    /// <summary>The oldest retired ones go; a book full of drafts and active ones takes no more.</summary>
    public const int Max = 60;

    public int SchemaVersion { get; init; } = CurrentSchema;
    public ImmutableArray<ProtocolDocument> Documents { get; init; } = [];

    /// <summary>Of a book of the first schema: versions in force one after the other for the whole tenant.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<Rules> Versions { get; init; }

    /// <summary>The same book as it is written today.</summary>
    public ProtocolBook Upgraded(DateTimeOffset now)
    {
        if (Versions.IsDefault) return this;
        var last = Versions.Length - 1;
        return new ProtocolBook
        {
            Documents =
            [
                .. Versions.Select((rules, i) => new ProtocolDocument(rules.Version, null, i == last ? ProtocolState.Active : ProtocolState.Retired, rules, null, ProtocolDocument.Settings, now)
                {
                    ActivatedBy = ProtocolDocument.Settings, ActivatedAt = now, RetiredAt = i == last ? null : now,
                }),
                .. Documents,
            ],
        };
    }

    public ProtocolDocument? Find(int version) => Documents.FirstOrDefault(d => d.Version == version);

    /// <summary>What an alert in this area starts with now.</summary>
    public ProtocolDocument? For(string? area) => ActiveOf(area) ?? ActiveOf(null);

    /// <summary>A new draft with the next number.</summary>
    public ProtocolChange Draft(string? area, Rules rules, string? note, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var version = NextVersion;
        var room = Without(Max - 1);
        return room is null
            ? new ProtocolChange(this, Refused: ProtocolRefusal.BookFull)
            : Kept(room, new ProtocolDocument(version, area, ProtocolState.Draft, rules with { Version = version }, note, by, now));
    }

    /// <summary>Other rules for a draft. What was in force is never rewritten.</summary>
    public ProtocolChange Redraft(int version, Rules rules, string? note, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (Find(version) is not { } known) return new ProtocolChange(this, Refused: ProtocolRefusal.NotFound);
        if (known.State is not ProtocolState.Draft) return new ProtocolChange(this, Refused: ProtocolRefusal.NotADraft);
        return Kept(this, known with { Rules = rules with { Version = version }, Note = note, DraftedBy = by, DraftedAt = now });
    }

    public ProtocolChange Discard(int version)
    {
        if (Find(version) is not { } known) return new ProtocolChange(this, Refused: ProtocolRefusal.NotFound);
        return known.State is ProtocolState.Draft
            ? new ProtocolChange(this with { Documents = Documents.Remove(known) }, known)
            : new ProtocolChange(this, Refused: ProtocolRefusal.NotADraft);
    }

    /// <summary>Puts a draft in force; what was in force for the same area is retired. Doing it twice changes nothing.</summary>
    public ProtocolChange Activate(int version, string by, DateTimeOffset now)
    {
        if (Find(version) is not { } draft) return new ProtocolChange(this, Refused: ProtocolRefusal.NotFound);
        if (draft.State is ProtocolState.Active) return new ProtocolChange(this, draft);
        if (draft.State is ProtocolState.Retired) return new ProtocolChange(this, Refused: ProtocolRefusal.NotADraft);
        if (draft.Rules.Fault() is not null) return new ProtocolChange(this, Refused: ProtocolRefusal.Invalid);
        var book = ActiveOf(draft.Area) is { } before ? Kept(this, before with { State = ProtocolState.Retired, RetiredAt = now }).Book : this;
        return Kept(book, draft with { State = ProtocolState.Active, ActivatedBy = by, ActivatedAt = now });
    }

    /// <summary>An area goes back to the tenant's protocol. The tenant's own is only ever replaced: without it nobody could be asked.</summary>
    public ProtocolChange Retire(int version, DateTimeOffset now)
    {
        if (Find(version) is not { } known) return new ProtocolChange(this, Refused: ProtocolRefusal.NotFound);
        if (known.State is ProtocolState.Retired) return new ProtocolChange(this, known);
        if (known is not { State: ProtocolState.Active, Area: not null }) return new ProtocolChange(this, Refused: ProtocolRefusal.StillNeeded);
        return Kept(this, known with { State = ProtocolState.Retired, RetiredAt = now });
    }

    /// <summary>What the installation's settings say, where nobody put a newer version in force.</summary>
    public ProtocolChange Publish(Rules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (Documents.Any(d => d.Version >= rules.Version)) return new ProtocolChange(this);
        var document = new ProtocolDocument(rules.Version, null, ProtocolState.Draft, rules, null, ProtocolDocument.Settings, now);
        return Without(Max - 1) is { } room ? Kept(room, document).Book.Activate(rules.Version, ProtocolDocument.Settings, now) : new ProtocolChange(this, Refused: ProtocolRefusal.BookFull);
    }

    private int NextVersion => Documents.Select(d => d.Version).DefaultIfEmpty().Max() + 1;

    private ProtocolDocument? ActiveOf(string? area) => Documents.FirstOrDefault(d => d.State is ProtocolState.Active && d.Area == area);

    /// <summary>With room for one more than this many, or null where nothing may go.</summary>
    private ProtocolBook? Without(int most)
    {
        var surplus = Documents.Length - most;
        if (surplus <= 0) return this;
        var oldest = Documents.Where(d => d.State is ProtocolState.Retired).Take(surplus).ToArray();
        return oldest.Length < surplus ? null : this with { Documents = Documents.RemoveRange(oldest) };
    }

    private static ProtocolChange Kept(ProtocolBook book, ProtocolDocument document)
    {
        var known = book.Find(document.Version);
        return new ProtocolChange(book with { Documents = known is null ? book.Documents.Add(document) : book.Documents.Replace(known, document) }, document);
    }
}

/// <param name="Book">As it is to be kept; the same one when nothing changed.</param>
/// <param name="Document">The document that it is about.</param>
public sealed record ProtocolChange(ProtocolBook Book, ProtocolDocument? Document = null, ProtocolRefusal? Refused = null);

public enum ProtocolRefusal { NotFound = 1, NotADraft = 2, Invalid = 3, StillNeeded = 4, BookFull = 5 }
