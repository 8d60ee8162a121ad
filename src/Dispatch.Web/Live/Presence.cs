using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Dispatch.Web.Live;

/// <summary>Which pages are open on this host, by whom they listen for: a person, or a line.</summary>
internal sealed class Presence
{
    private readonly ConcurrentDictionary<string, ImmutableList<LiveConnection>> _listeners = new();

    public static string Responder(string account) => "responder:" + account;

    public static string Line(string line) => "line:" + line;

    public void Add(LiveConnection page)
    {
        foreach (var address in AddressesOf(page)) _listeners.AddOrUpdate(address, _ => [page], (_, pages) => pages.Add(page));
    }

    public void Remove(LiveConnection page)
    {
        foreach (var address in AddressesOf(page))
        {
            while (_listeners.TryGetValue(address, out var pages))
            {
                var rest = pages.Remove(page);
                if (rest.IsEmpty ? _listeners.TryRemove(new(address, pages)) : _listeners.TryUpdate(address, rest, pages)) break;
            }
        }
    }

    public ImmutableList<LiveConnection> Listening(string address) => _listeners.GetValueOrDefault(address, []);

    /// <summary>Cuts off what a session has open: nothing reaches a page whose person signed out.</summary>
    public void Close(string account, string session)
    {
        foreach (var page in Listening(Responder(account)).Where(p => p.Session == session)) page.Abort();
    }

    /// <summary>Cuts off what all other sessions of a person have open: they ended when she chose a new password.</summary>
    public void CloseOthers(string account, string session)
    {
        foreach (var page in Listening(Responder(account)).Where(p => p.Session != session)) page.Abort();
    }

    /// <summary>Cuts off everything that a person has open: all her sessions ended.</summary>
    public void CloseAll(string account)
    {
        foreach (var page in Listening(Responder(account))) page.Abort();
    }

    private static IEnumerable<string> AddressesOf(LiveConnection page) => page.Lines.Select(Line).Prepend(Responder(page.Account));
}
