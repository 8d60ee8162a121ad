using System.Globalization;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Conversations;
using Dispatch.Web.Contacts;

namespace Dispatch.Web.Gateways.Texts;

/// <summary>
/// A number that brings more than anybody writes or types: a human is told so, once an hour. What comes beyond that waits for nothing that is this number's, so that it keeps no place which
/// another number needs.
/// </summary>
internal sealed class TooMuch(ContactDesk contacts, LinesSettings settings, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private long _hour;

    public async Task Say(InboundNumber from)
    {
        var (id, hour) = (contacts.IdOf(from), clock.GetUtcNow().ToUnixTimeSeconds() / (long)Conversing.CountedFor.TotalSeconds);
        lock (_gate)
        {
            if (hour != _hour) _told.Clear();
            _hour = hour;
            if (!_told.Add(id)) return;
        }

        try
        {
            // The same event on every host: it is one item, whoever says it.
            await contacts.Receive(from, string.Create(CultureInfo.InvariantCulture, $"flood:{hour}"), ContactEventKind.TextArrived, command => command with { NeedsHuman = true, Within = settings.Of(from.Line).TextWithin });
        }
        catch
        {
            lock (_gate) _told.Remove(id);
            throw;
        }
    }
}
