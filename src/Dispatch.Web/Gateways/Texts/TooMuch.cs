using System.Globalization;
using System.Numerics;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Conversations;
using Dispatch.Web.Contacts;

namespace Dispatch.Web.Gateways.Texts;

/// <summary>
/// A number that brings more than anybody writes or types: a human is told so, once an hour, and of what is dropped how much it is, at least. What comes beyond that waits for nothing that is
/// this number's, so that it keeps no place which another number needs.
/// </summary>
internal sealed class TooMuch(ContactDesk contacts, LinesSettings settings, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _told = new(StringComparer.Ordinal);
    private long _hour;

    /// <summary>Said once in the hour.</summary>
    public Task Say(InboundNumber from) => Say(from, ContactEventKind.TextArrived, counts: false);

    /// <summary>One more that is not kept. A hundred of them are written down in seven writes: at the first, the second, the fourth and so on.</summary>
    public Task Drop(InboundNumber from, ContactEventKind kind = ContactEventKind.TextArrived) => Say(from, kind, counts: true);

    private async Task Say(InboundNumber from, ContactEventKind kind, bool counts)
    {
        var (id, hour, count) = (contacts.IdOf(from), clock.GetUtcNow().ToUnixTimeSeconds() / (long)Conversing.CountedFor.TotalSeconds, 0);
        lock (_gate)
        {
            if (hour != _hour) _told.Clear();
            _hour = hour;
            count = _told.GetValueOrDefault(id) + 1;
            if (count > 1 && !counts) return;
            _told[id] = count;
            if (!BitOperations.IsPow2(count)) return;
        }

        try
        {
            // The same event on every host: it is one item, whoever says it.
            await contacts.Receive(from, string.Create(CultureInfo.InvariantCulture, $"flood:{hour}:{count}"), count == 1 ? kind : ContactEventKind.TextArrived, command => command with
            {
                Call = null,
                NeedsHuman = count == 1,
                NotKept = counts ? Math.Max(1, count / 2) : 0,
                Within = settings.Of(from.Line).TextWithin,
            });
        }
        catch
        {
            lock (_gate)
            {
                if (_told.TryGetValue(id, out var known) && known == count) _told[id] = count - 1;
            }

            throw;
        }
    }
}
