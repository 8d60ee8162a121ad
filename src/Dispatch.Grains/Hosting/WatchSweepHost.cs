using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Hosting;

/// <summary>
/// Runs the sweep for as long as the host lives. The host is ready once everything that fell due while it was down has been looked at; the
/// alerts that only wait are woken beside it, since none of them has anything to do yet.
/// </summary>
internal sealed class WatchSweepHost(WatchSweep sweep, EngineState state, TimeProvider clock, ILogger<WatchSweepHost> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WatchSweep.Every, clock);
        Task? everything = null;
        do
        {
            try
            {
                await sweep.Due();
                state.Swept = true;
                if (everything is null or { IsFaulted: true }) everything = sweep.Everything();
            }
#pragma warning disable CA1031 // The sweep is the leg that must not break: it tries again in two seconds.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                log.LogError(failure, "A sweep of the watch rows failed");
            }
        }
        while (await Next(timer, stoppingToken));
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

/// <summary>What the parts of the engine report about themselves; set and read by different threads.</summary>
internal sealed class EngineState
{
    private volatile bool _swept;
    private volatile string? _fault;

    public bool Swept { get => _swept; set => _swept = value; }

    public string? Fault { get => _fault; set => _fault = value; }
}
