using Dispatch.Domain.Contacts;
using Dispatch.Grains.Contacts;
using Dispatch.Web.Contacts;
using Dispatch.Web.Gateways.Texts;
using Orleans;

namespace Dispatch.Web.Gateways.Voice.Incoming;

/// <summary>
/// Calls without a number are one contact each, and none can be told from the next one of the same hand: so all of a line share some places in its queue. Beyond them a call goes on, hears the
/// words of those who wait, and stands in the queue as soon as a place is free; a human is told that there are more. Whoever shows her number waits for none of them. In memory and bounded.
/// </summary>
internal sealed class WithheldCalls(ContactDesk contacts, IncomingLimits limits, TooMuch tooMuch, IGrainFactory grains, TimeProvider clock)
{
    /// <summary>Calls that nobody has taken yet.</summary>
    public const int Places = 12;

    /// <summary>Beside those, for whoever asks for help: calls that only ring keep nobody out who says so.</summary>
    public const int PlacesForHelp = 6;

    /// <summary>More of them in a minute come from no people, however soon each hangs up. Who asks for help is not counted: of those each keeps her place until a human has her.</summary>
    public const int PerMinute = 30;

    private const int LookedAtOnce = 4;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromSeconds(10);

    /// <summary>Shorter than it takes from one step of a waiting call to its next.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Whether this call may stand in the queue, and goes on doing so.</summary>
    public async Task<bool> May(InboundNumber from, IncomingCall call)
    {
        var (id, help) = (contacts.IdOf(from), call.Digits == "9");
        var (begins, ends) = (call is { Fate: CallFate.PickedUp, Step: null }, call.Fate is CallFate.Over or CallFate.Dead);
        // It needs no place any more, or another host gave it one.
        if (IsHere(from.Line, id) || (!begins && await grains.GetGrain<IContactGrain>(id).View() is not null)) return true;
        if (ends) return false;
        if (Take(from.Line, id, help)) return true;
        await Look(from.Line);
        if (Take(from.Line, id, help)) return true;
        if (begins) await tooMuch.Drop(Together(from), ContactEventKind.CallMissed);
        return false;
    }

    /// <summary>She hung up. Where nobody had her call, that is noted with all of the line, and true: nothing of it stays in the queue. What she asked for help by stays for a human of its own.</summary>
    public async Task<bool> Leaves(InboundNumber from, string call)
    {
        if (await grains.GetGrain<IContactGrain>(contacts.IdOf(from)).View() is not { Tie: null } contact || !contact.Items.Any(i => i.Taken is null)) return false;
        await Missed(from, call);
        lock (_gate) LineOf(from.Line).Here.Remove(contact.Id);
        return true;
    }

    /// <summary>Somebody rang whom nobody can ring: one thing of the line, however many they are.</summary>
    public Task Missed(InboundNumber from, string call)
    {
        var together = Together(from);
        return limits.May(contacts.IdOf(together), begins: false) ? contacts.Receive(together, $"{call}:missed", ContactEventKind.CallMissed) : tooMuch.Drop(together, ContactEventKind.CallMissed);
    }

    /// <summary>Where what all of a line left behind is counted.</summary>
    private static InboundNumber Together(InboundNumber one) => one with { Together = true };

    private bool IsHere(string line, string id)
    {
        lock (_gate) return LineOf(line).Here.ContainsKey(id);
    }

    private bool Take(string line, string id, bool help)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var known = LineOf(line);
            if (known.Ends <= now || known.Ends > now + Window) (known.Begun, known.Ends) = (0, now + Window);
            if (known.Here.Count >= Places + (help ? PlacesForHelp : 0) || (known.Begun >= PerMinute && !help)) return false;
            known.Begun++;
            return known.Here.TryAdd(id, now);
        }
    }

    /// <summary>Those that a human has, or that are over, make room.</summary>
    private async Task Look(string line)
    {
        string[] here;
        lock (_gate)
        {
            var (known, now) = (LineOf(line), clock.GetUtcNow());
            if (known.LookedAt <= now && now - known.LookedAt < LookEvery) return;
            known.LookedAt = now;
            // What has just begun may not be written down yet.
            here = [.. known.Here.Where(h => now < h.Value || now - h.Value > BeginsWithin).Select(h => h.Key)];
        }

        foreach (var some in here.Chunk(LookedAtOnce))
        {
            foreach (var id in await Task.WhenAll(some.Select(Left)))
            {
                if (id is null) continue;
                lock (_gate) LineOf(line).Here.Remove(id);
            }
        }
    }

    private async Task<string?> Left(string id) =>
        await grains.GetGrain<IContactGrain>(id).View() is { } contact && contact.Items.Any(i => i.Taken is null) ? null : id;

    private Line LineOf(string line)
    {
        if (_lines.TryGetValue(line, out var known)) return known;
        return _lines[line] = new Line();
    }

    private sealed class Line
    {
        public Dictionary<string, DateTimeOffset> Here { get; } = new(StringComparer.Ordinal);
        public int Begun { get; set; }
        public DateTimeOffset Ends { get; set; }
        public DateTimeOffset LookedAt { get; set; }
    }
}
