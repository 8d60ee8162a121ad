using System.Collections.Immutable;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Sms;

/// <summary>
/// What became of each number of a text, so that a repeat goes to those alone that are still owed it, and what is said again says nothing. In memory and bounded: what is
/// forgotten is sent once more, under the same reference.
/// </summary>
internal sealed class SmsLedger
{
    public const int MaxTexts = 5_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ImmutableDictionary<string, Tried>> _texts = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();

    /// <summary>By device, as registered.</summary>
    public ImmutableDictionary<string, Tried> Of(string text)
    {
        lock (_gate) return _texts.GetValueOrDefault(text, ImmutableDictionary<string, Tried>.Empty);
    }

    public void Keep(string text, ImmutableDictionary<string, Tried> tried)
    {
        lock (_gate)
        {
            if (!_texts.ContainsKey(text)) _oldest.Enqueue(text);
            _texts[text] = tried;
            while (_oldest.Count > MaxTexts) _texts.Remove(_oldest.Dequeue());
        }
    }

    /// <param name="NotBefore">When a send that is owed may be tried again.</param>
    internal sealed record Tried(DeliveryResult Result, DateTimeOffset NotBefore)
    {
        public bool Owed => Result is DeliveryResult.Later;
    }
}
