namespace Dispatch.Web.Gateways.Texts;

/// <summary>
/// The texts of one number one after the other, and only so many at a time: what a gateway brings at once shares few places, and whoever floods it must not have them all. Numbers do not wait for
/// each other.
/// </summary>
internal sealed class NumberTurns
{
    /// <summary>What a network kept back while a phone was away, all at once. More is a machine.</summary>
    public const int AtOnce = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Here, Task Last)> _numbers = new(StringComparer.Ordinal);

    /// <summary>False, at once and with nothing done, where too many of this number are here already.</summary>
    public async Task<bool> Take(string number, Func<Task> work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_gate)
        {
            var (here, last) = _numbers.TryGetValue(number, out var known) ? known : (0, Task.CompletedTask);
            if (here >= AtOnce) return false;
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
}
