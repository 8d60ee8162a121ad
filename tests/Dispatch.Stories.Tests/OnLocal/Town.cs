using Dispatch.Domain.Channels;
using Dispatch.TestCity;
using Orleans;

namespace Dispatch.Stories.Tests;

/// <summary>One process on one thread, with a clock that stands still until a story waits.</summary>
public sealed partial class Town
{
    private City _city = null!;

    private DateTimeOffset Now => _city.Now;

    private IEnumerable<Notice> Heard => _city.Phones.Arrived.Select(arrived => arrived.Notice);

    /// <summary>The host that runs this alert dies in the middle, and is started again.</summary>
    public Task ItsHostDies(string alert)
    {
        _city.CrashAndRestart();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _city.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task StartHosts()
    {
        _city = City.Start();
        return Task.CompletedTask;
    }

    private Task<T> Ask<T>(Func<IGrainFactory, Task<T>> call) => Task.FromResult(_city.Host(() => call(_city.Grains)));

    private Task Pass(TimeSpan time)
    {
        _city.Advance(time);
        return Task.CompletedTask;
    }
}
