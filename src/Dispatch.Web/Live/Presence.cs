using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dispatch.Channels.Live;

namespace Dispatch.Web.Live;

/// <summary>Which pages are open on this host, by whom they listen for: a person, a line, a house, or the beds of an area.</summary>
internal sealed class Presence
{
    private readonly ConcurrentDictionary<string, ImmutableList<LiveConnection>> _listeners = new();

    /// <summary>The first page at an address was opened or the last one closed.</summary>
    public event Action<string>? Changed;

    public IReadOnlyCollection<string> Addresses => [.. _listeners.Keys];

    public void Add(LiveConnection page)
    {
        foreach (var address in AddressesOf(page))
        {
            if (_listeners.AddOrUpdate(address, _ => [page], (_, pages) => pages.Add(page)).Count == 1) Changed?.Invoke(address);
        }
    }

    public void Remove(LiveConnection page)
    {
        foreach (var address in AddressesOf(page))
        {
            while (_listeners.TryGetValue(address, out var pages))
            {
                var rest = pages.Remove(page);
                if (!(rest.IsEmpty ? _listeners.TryRemove(new(address, pages)) : _listeners.TryUpdate(address, rest, pages))) continue;
                if (rest.IsEmpty) Changed?.Invoke(address);
                break;
            }
        }
    }

    public ImmutableList<LiveConnection> Listening(string address) => _listeners.GetValueOrDefault(address, []);

    /// <summary>Nothing reaches a page whose person signed out, or whose session ended in another way.</summary>
    public void Cut(CutOff cut)
    {
        foreach (var page in Listening(LiveAddress.Responder(cut.Account)).AddRange(Listening(LiveAddress.Tablet(cut.Account))).Where(p => cut.Session is null || (p.Session == cut.Session) != cut.Others)) page.Abort();
    }

    private static IEnumerable<string> AddressesOf(LiveConnection page) =>
        [page.Tablet ? LiveAddress.Tablet(page.Account) : LiveAddress.Responder(page.Account), .. page.Lines.Select(LiveAddress.Line), .. page.Houses.Select(LiveAddress.House), .. page.Areas.Select(LiveAddress.Area)];
}
