using Dispatch.Grains.Hosting;
using Dispatch.Rows.Tests.TableStorage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dispatch.Rows.Tests;

public sealed class AwaitedStoreTests
{
    private readonly ManualTime _clock = new();

    [Fact]
    public async Task A_store_that_comes_up_late_is_waited_for()
    {
        var tries = 0;
        await Start(() => ++tries < 3 ? throw new TimeoutException("starting") : Task.CompletedTask);
        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task A_store_that_does_not_come_up_refuses_the_start_by_its_setting()
    {
        var began = _clock.GetUtcNow();
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => Start(() => throw new TimeoutException("silent")));
        Assert.Equal("The store is not available as Some:Setting names it: silent", refusal.Message);
        Assert.True(_clock.GetUtcNow() - began > TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_is_no_outage_is_not_waited_for()
    {
        var began = _clock.GetUtcNow();
        await Assert.ThrowsAsync<StartRefusedException>(() => Start(() => throw new StartRefusedException("newer")));
        Assert.Equal(began, _clock.GetUtcNow());
    }

    private async Task Start(Func<Task> prepare)
    {
        await using var provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_clock)
            .AwaitAtStart(new("The store", "Some:Setting", (_, _) => prepare(), failure => failure is TimeoutException))
            .BuildServiceProvider();
        var starting = ((IHostedLifecycleService)provider.GetServices<IHostedService>().Single()).StartingAsync(CancellationToken.None);
        while (!starting.IsCompleted)
        {
            _clock.Pass(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await starting;
    }
}
