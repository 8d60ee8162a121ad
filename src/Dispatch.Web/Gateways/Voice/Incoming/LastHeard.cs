using System.Collections.Concurrent;
using Dispatch.Domain.Contacts;

namespace Dispatch.Web.Gateways.Voice.Incoming;

/// <summary>
/// When each call was last heard on this host: of an end that does not say when it was, this says how long ago it can have been. In memory and for minutes; what is not known makes the
/// machine ring nobody.
/// </summary>
internal sealed class LastHeard(TimeProvider clock)
{
    private const int MaxKnown = 20_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _calls = new(StringComparer.Ordinal);

    public void Note(string call)
    {
        if (_calls.Count >= MaxKnown) Forget();
        if (_calls.Count < MaxKnown) _calls[call] = clock.GetUtcNow();
    }

    public DateTimeOffset? Of(string call) => _calls.TryGetValue(call, out var at) ? at : null;

    private void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var (call, _) in _calls.Where(c => now - c.Value > ContactRinging.CallBackWithin).ToArray()) _calls.TryRemove(call, out _);
    }
}
