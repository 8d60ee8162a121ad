using System.Collections.Immutable;
using Dispatch.Domain.Protocols;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Grains.Protocols;

[GrainType("protocol")]
internal sealed class ProtocolGrain([PersistentState("protocol")] IPersistentState<Stored<ProtocolBook>> stored, TimeProvider clock) : Grain, IProtocolGrain
{
    public async Task<string?> Publish(Rules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Fault() is { } fault) return fault;
        return (await Decide((book, now) => book.Publish(rules, now))).Refused is null ? null : "book_full";
    }

    public Task<Rules?> Active(string? area) => Task.FromResult(Book.For(area)?.Rules);

    public Task<ImmutableArray<ProtocolDocument>> Documents() => Task.FromResult(Book.Documents);

    public Task<ProtocolResult> Draft(string? area, Rules rules, string? note, string by) => Decide((book, now) => book.Draft(area, rules, note, by, now));

    public Task<ProtocolResult> Redraft(int version, Rules rules, string? note, string by) => Decide((book, now) => book.Redraft(version, rules, note, by, now));

    public Task<ProtocolResult> Discard(int version) => Decide((book, _) => book.Discard(version));

    public Task<ProtocolResult> Activate(int version, string by) => Decide((book, now) => book.Activate(version, by, now));

    public Task<ProtocolResult> Retire(int version) => Decide((book, now) => book.Retire(version, now));

    private ProtocolBook Book => (stored.State.Value ?? new ProtocolBook()).Upgraded(clock.GetUtcNow());

    private async Task<ProtocolResult> Decide(Func<ProtocolBook, DateTimeOffset, ProtocolChange> rule)
    {
        var book = Book;
        var change = rule(book, clock.GetUtcNow());
        if (!ReferenceEquals(change.Book, book)) await stored.Replace(change.Book, DeactivateOnIdle);
        return new ProtocolResult(change.Document, change.Refused);
    }
}
