using Dispatch.Domain.Numbers;
using Dispatch.Web.Sealing;

namespace Dispatch.Web.Gateways;

/// <summary>How much one number may make us do, in fixed windows. In memory and bounded; by fingerprint, not by number.</summary>
internal sealed class NumberLimits(Macs macs, TimeProvider clock)
{
    public const int TextsPerMinute = 20;
    public const int RepliesPerWindow = 6;
    public const int MissesPerWindow = 5;
    public static readonly TimeSpan RepliesWindow = TimeSpan.FromMinutes(10);

    private const int MaxNumbers = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Number, Limit What), (int Used, DateTimeOffset Ends)> _used = [];

    /// <summary>How to answer is explained once and not in a loop: whoever answers there may be a machine, too.</summary>
    public bool MayExplain(PhoneNumber number) => Take(number, Limit.Explanation, 1, RepliesWindow);

    public bool MayReply(PhoneNumber number) => Take(number, Limit.Reply, RepliesPerWindow, RepliesWindow);

    /// <summary>Not after too many that named no offer of hers: somebody who forges her number must not try out the codes.</summary>
    public bool MayAnswer(PhoneNumber number) => Used(number, Limit.Miss) < MissesPerWindow && Take(number, Limit.Text, TextsPerMinute, TimeSpan.FromMinutes(1));

    public void Missed(PhoneNumber number) => Take(number, Limit.Miss, MissesPerWindow, RepliesWindow);

    private bool Take(PhoneNumber number, Limit what, int most, TimeSpan window)
    {
        var (key, now) = ((macs.Number(number), what), clock.GetUtcNow());
        lock (_gate)
        {
            if (_used.Count >= MaxNumbers) Forget(now);
            var (used, ends) = _used.GetValueOrDefault(key);
            if (ends <= now || ends > now + window) (used, ends) = (0, now + window);
            if (used >= most) return false;
            _used[key] = (used + 1, ends);
            return true;
        }
    }

    private int Used(PhoneNumber number, Limit what)
    {
        lock (_gate) return _used.TryGetValue((macs.Number(number), what), out var used) && used.Ends > clock.GetUtcNow() ? used.Used : 0;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var key in _used.Where(u => u.Value.Ends <= now).Select(u => u.Key).ToArray()) _used.Remove(key);
        // Invented numbers must not wash away the limits of the others: the windows that end first go first.
        foreach (var key in _used.OrderBy(u => u.Value.Ends).Take(Math.Max(0, _used.Count - (MaxNumbers * 9 / 10))).Select(u => u.Key).ToArray()) _used.Remove(key);
    }

    private enum Limit { Text = 1, Reply = 2, Explanation = 3, Miss = 4 }
}
