using Dispatch.Domain.Conversations;

namespace Dispatch.Web.Gateways.Texts;

/// <summary>
/// The texts of one number one after the other, and only so many at a time: what a gateway brings at once shares few places, and whoever floods it must not have them all. Numbers do not wait for
/// each other. In memory and bounded.
/// </summary>
internal sealed class NumberTurns(TimeProvider clock)
{
    /// <summary>More at once, after as many as a number is listened to in an hour, is a machine. Before that a network kept them back while a phone was away.</summary>
    public const int AtOnce = 8;

    private const int MaxKnown = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Here, Task Last)> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Hour> _hours = new(StringComparer.Ordinal);

    /// <summary>False, at once and with nothing done, where too many of this number are here already.</summary>
    public async Task<bool> Take(string number, Func<Task> work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_gate)
        {
            var (here, last) = _numbers.TryGetValue(number, out var known) ? known : (0, Task.CompletedTask);
            var hour = HourOf(number);
            if (here >= AtOnce && hour.Texts >= Conversing.MaxTexts) return false;
            hour.Texts++;
            _numbers[number] = (here + 1, done.Task);
            before = last;
        }

        try
        {
            await before;
            await work();
            return true;
        }
        finally
        {
            lock (_gate)
            {
                var (here, last) = _numbers[number];
                if (here == 1) _numbers.Remove(number);
                else _numbers[number] = (here - 1, last);
            }

            done.SetResult();
        }
    }

    private Hour HourOf(string number)
    {
        var now = clock.GetUtcNow();
        if (_hours.TryGetValue(number, out var known) && known.Ends > now && known.Ends <= now + Conversing.CountedFor) return known;
        if (_hours.Count >= MaxKnown) Forget(now);
        return _hours[number] = new Hour(now + Conversing.CountedFor);
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var id in _hours.Where(h => h.Value.Ends <= now).Select(h => h.Key).ToArray()) _hours.Remove(id);
        // Invented numbers must not wash away what is known of the others: the hours that end first go first.
        foreach (var id in _hours.OrderBy(h => h.Value.Ends).Take(Math.Max(0, _hours.Count - (MaxKnown * 9 / 10))).Select(h => h.Key).ToArray()) _hours.Remove(id);
    }

    private sealed class Hour(DateTimeOffset ends)
    {
        public DateTimeOffset Ends => ends;

        public int Texts { get; set; }
    }
}
